"""Deals: who buys what, and the documents that come of it, without numbers as yet."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from lexweb.sandbox.sales import kinds, sums
from lexweb.sandbox.seed.books import days, lines, taxing
from lexweb.sandbox.seed.books.catalog import Ware
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.seed.books.parties import Party
from lexweb.sandbox.seed.books.taxing import Tax
from lexweb.sandbox.web import Json

KINDS = {
    "Q": kinds.QUOTATIONS,
    "A": kinds.ORDER_CONFIRMATIONS,
    "D": kinds.DELIVERY_NOTES,
    "I": kinds.INVOICES,
    "C": kinds.CREDIT_NOTES,
    "P": kinds.DOWN_PAYMENT_INVOICES,
    "F": kinds.INVOICES,
}
GAPS = {"Q": (0, 0), "A": (2, 16), "D": (2, 20), "I": (0, 9), "C": (3, 24), "P": (5, 25), "F": (14, 35)}  # days
LUMP = 5.0  # euros taken off as a whole


@dataclass(eq=False)
class Step:
    """One document of a deal; ``number`` and ``status`` come later."""

    letter: str
    id: str
    day: date
    number: str = ""
    status: str = "open"

    @property
    def kind(self) -> kinds.Kind:
        """The kind of document."""
        return KINDS[self.letter]

    @cached_property
    def reference(self) -> Json:
        """How other documents name this one."""
        named = {"id": self.id, "voucherNumber": self.number, "voucherType": self.kind.type}
        return named if self.number else {"id": self.id, "voucherType": self.kind.type}


@dataclass(eq=False)
class Deal:
    """A customer, line items with their sums, and the documents in order."""

    party: Party
    tax: Tax
    items: list[Json]
    total: Json
    taxes: list[Json]
    steps: list[Step]
    template_id: str | None = None
    shipped: list[date] = field(default_factory=list)

    def before(self, step: Step) -> list[Step]:
        """The documents a document follows: the last before it; down payments stand beside the chain."""
        earlier = self.steps[: self.steps.index(step)]
        main = [each for each in earlier if each.letter != "P"][-1:]
        return main + [each for each in earlier if each.letter == "P"] if step.letter == "F" else main

    def after(self, step: Step) -> list[Step]:
        """The documents that follow a document."""
        return [each for each in self.steps if step in self.before(each)]


def every(ledger: Ledger, wares: list[Ware], count: int) -> Iterator[Deal]:
    """Deals with ``count`` documents in all."""
    shapes, weights = zip(*ledger.plan.shapes, strict=True)
    made = index = 0
    while made < count:
        shape = ledger.random.choices(shapes, weights)[0]
        steps = _steps(ledger, f"deal-{index}", shape, ledger.day())[: count - made]
        size = 1 + int(ledger.random.random() ** 1.5 * ledger.plan.lines)
        yield deal(ledger, wares, steps, size)
        made += len(steps)
        index += 1


def deal(ledger: Ledger, wares: list[Ware], steps: list[Step], size: int) -> Deal:
    """A deal of some size with whoever is a customer at the time."""
    party = ledger.customers.at(ledger.random, steps[0].day)
    tax = taxing.of(ledger, party)
    items = lines.items(ledger, wares, tax, size)
    if [each.letter for each in steps] == ["Q"] and ledger.chance(0.2):
        items = lines.with_choices(items)
    return priced(party, tax, items, steps, _discount(ledger, items))


def priced(party: Party, tax: Tax, items: list[Json], steps: list[Step], discount: Json) -> Deal:
    """A deal with its sums."""
    found, total, taxes = sums.priced(items, tax.type, discount)
    return Deal(party, tax, found, total, taxes, steps)


def _discount(ledger: Ledger, items: list[Json]) -> Json:
    """Few documents have a total discount, and none more than they cost."""
    chance = ledger.random.random()
    if chance < 0.03:
        return {"currency": "EUR", "totalDiscountPercentage": ledger.random.choice((2, 3, 5))}
    if chance < 0.045 and lines.worth(items) > 10 * LUMP:
        return {"currency": "EUR", "totalDiscountAbsolute": LUMP}
    return {"currency": "EUR"}


def _steps(ledger: Ledger, name: str, shape: str, day: date) -> list[Step]:
    """What has happened until today; there is always a first document."""
    found: list[Step] = []
    for place, letter in enumerate(shape):
        low, high = GAPS[letter] if place else (0, 0)
        day = days.workday(days.after(day, low + int(ledger.random.random() * (high - low + 1))))
        if day > ledger.today:
            break
        day = max(day, found[-1].day) if found else day
        found.append(Step(letter, ledger.id(f"{name}-{place}"), day))
    return found
