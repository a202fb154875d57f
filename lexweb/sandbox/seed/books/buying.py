"""What an organization buys in 14 months, and from whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from lexweb.sandbox.sales import tax_rates
from lexweb.sandbox.seed import trades
from lexweb.sandbox.seed.books import days, receipts
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.seed.books.parties import Party
from lexweb.sandbox.seed.books.receipts import Line, Supplier
from lexweb.sandbox.seed.trades.tables import Cost

MONTHLY_PART = 0.4  # at most, of all purchases
LANDLORDS = {"Miete/Pacht": ("Immobilien", "Hausverwaltung"), "Internet": ("Elektrotechnik", "Solartechnik")}
FRESH = 25  # days in which receipts come in that nobody has looked at


@dataclass(frozen=True, slots=True)
class Purchase:
    """Something bought; ``category`` is the name of the posting category, ``fresh`` if it is unchecked yet."""

    day: date
    supplier: Supplier
    lines: list[Line]
    category: str
    over_the_counter: bool
    fresh: bool = False


def purchases(ledger: Ledger, count: int) -> list[Purchase]:
    """So many purchases, by day; those that nobody has checked come from the last weeks."""
    fresh = min(ledger.plan.unchecked, count)
    monthly = list(islice(_monthly(ledger), int((count - fresh) * MONTHLY_PART)))
    others = [_one(ledger, ledger.day(), False) for _ in range(count - fresh - len(monthly))]
    since = days.after(ledger.today, -FRESH)
    found = monthly + others
    found += [_one(ledger, days.some(ledger.random, since, ledger.today), True) for _ in range(fresh)]
    return sorted(found, key=lambda each: each.day)


def _monthly(ledger: Ledger) -> Iterator[Purchase]:
    """What is paid each month, always to the same."""
    for index, cost in enumerate(trades.monthly()):
        party = ledger.vendors.trading(ledger.random, *LANDLORDS.get(cost.category[1], ("Ingenieurbüro", "AG")))
        quantity = 1 + int(ledger.random.random() * cost.most)
        line = Line(cost.name, quantity, cost.unit, cost.cents, cost.rate)
        for back in range(14):
            day = days.workday(days.after(ledger.today, -(back * 30 + 2 + index * 3)))
            yield Purchase(day, supplier(party), [line], cost.category[1], False)


def _one(ledger: Ledger, day: date, fresh: bool) -> Purchase:
    random = ledger.random
    costs = trades.bought(ledger.company.slug)
    cost = costs[int(len(costs) * random.random())]
    if cost.shop:
        return Purchase(day, receipts.shop(cost.shop), [_line(ledger, cost)], cost.category[1], True, fresh)
    seller = supplier(ledger.vendors.at(random, day))
    lines = [_line(ledger, cost)]
    more = [each for each in costs if each.category == cost.category and each is not cost and not each.shop]
    if more and random.random() < 0.4:
        lines.append(_line(ledger, random.choice(more)))
    if seller.country != "DE":
        lines = [Line(each.text, each.quantity, each.unit, each.cents, 0) for each in lines]
    return Purchase(day, seller, lines, _category(seller, cost), False, fresh)


def supplier(party: Party) -> Supplier:
    """A contact as somebody who sells."""
    place = party.address
    where = (place["street"], place["zip"], place["city"])
    return Supplier(party.name, *where, party.vat_id, party.contact_id, party.country)


def _line(ledger: Ledger, cost: Cost) -> Line:
    """Some of it; prices move a little."""
    random = ledger.random
    quantity = 1 + int(random.random() ** 2 * cost.most)
    cents = max(1, cost.cents * (94 + int(random.random() * 13)) // 100)
    return Line(cost.name, quantity, cost.unit, cents, cost.rate)


def _category(seller: Supplier, cost: Cost) -> str:
    """From abroad the buyer owes the tax (§ 13b); goods and services have categories of their own."""
    if seller.country == "DE":
        return cost.category[1]
    goods = cost.category[0] == "Material/Waren"
    if seller.country in tax_rates.ABROAD:
        return "Innergemeinschaftlicher Erwerb" if goods else "Fremdleistungen §13b"
    return "Wareneinfuhr aus Drittländern" if goods else "Fremdleistungen §13b Drittland"
