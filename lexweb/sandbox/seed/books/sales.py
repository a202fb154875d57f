"""The sales documents of an organization, from its deals."""

from operator import attrgetter

from lexweb.sandbox.seed.books import closing, deals, documents, dunnings, invoicing, recurring, special
from lexweb.sandbox.seed.books.catalog import Ware
from lexweb.sandbox.seed.books.deals import Deal, Step
from lexweb.sandbox.seed.books.ledger import Ledger

WIDTH = 4


def write(ledger: Ledger, wares: list[Ware]) -> None:
    """Write all sales documents that are planned: numbers first, for documents name each other by them."""
    fixed = [*special.every(ledger, wares), *recurring.every(ledger, wares)]
    rest = ledger.plan.sales - sum(len(each.steps) for each in fixed)
    found = [*fixed, *deals.every(ledger, wares, rest)]
    _number(found)
    for deal in found:
        for step in deal.steps:
            _document(ledger, deal, step)


def _number(found: list[Deal]) -> None:
    """Give numbers in the order of days, from one range for each prefix, without gaps."""
    counters: dict[str | None, int] = {}
    steps = [step for deal in found for step in deal.steps]
    for step in sorted(steps, key=attrgetter("day")):
        prefix = step.kind.range
        counters[prefix] = counters.get(prefix, 0) + 1
        step.number = f"{prefix}{counters[prefix]:0{WIDTH}d}"


def _document(ledger: Ledger, deal: Deal, step: Step) -> None:
    if step.letter == "P":
        closing.down_payment(ledger, deal, step)
    elif step.letter == "F":
        closing.final(ledger, deal, step)
    elif step.letter == "I":
        dunnings.of(ledger, deal, step, invoicing.invoice(ledger, deal, step))
    elif step.letter == "C":
        invoicing.credit_note(ledger, deal, step)
    else:
        documents.offer(ledger, deal, step)
