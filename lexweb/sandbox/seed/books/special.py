"""Documents that careless code stumbles over: 300 lines, nothing to pay, more than a million."""

from collections.abc import Callable
from datetime import date

from lexweb.sandbox.seed.books import days, deals, lines, taxing
from lexweb.sandbox.seed.books.catalog import Ware
from lexweb.sandbox.seed.books.deals import Deal, Step
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.web import Json

MOST_LINES = 300  # behaviour.md, chapter 8
MILLION_NET = 1_037_452.01  # with 19 % tax: 1,234,567.89
Items = Callable[[Ledger, list[Ware], taxing.Tax], list[Json]]


def every(ledger: Ledger, wares: list[Ware]) -> list[Deal]:
    """The organization's special invoices."""
    return [_deal(ledger, wares, ago, items) for ago, items in SPECIAL.get(ledger.company.slug, ())]


def _deal(ledger: Ledger, wares: list[Ware], ago: int, items: Items) -> Deal:
    day: date = days.workday(days.after(ledger.today, -ago))
    party = ledger.customers.trading(ledger.random, "GmbH", "AG")
    tax = taxing.Tax({"taxType": "net"})
    step = Step("I", ledger.id(f"special-{items.__name__}"), day)
    return deals.priced(party, tax, items(ledger, wares, tax), [step], {"currency": "EUR"})


def _long(ledger: Ledger, wares: list[Ware], tax: taxing.Tax) -> list[Json]:
    return [lines.item(ledger, wares[index % len(wares)], tax) for index in range(MOST_LINES)]


def _million(ledger: Ledger, wares: list[Ware], tax: taxing.Tax) -> list[Json]:
    return [_lump("Badausstattung Klinikneubau, 412 Zimmer, laut Anlage", MILLION_NET, 0)]


def _free(ledger: Ledger, wares: list[Ware], tax: taxing.Tax) -> list[Json]:
    return [_lump("Nacharbeit auf Kulanz", 180.0, 100)]


def _lump(name: str, net: float, discount: int) -> Json:
    price = {"currency": "EUR", "netAmount": net, "taxRatePercentage": 19}
    line: Json = {"type": "custom", "name": name, "quantity": 1, "unitName": "Pauschale", "unitPrice": price}
    return line | {"discountPercentage": discount}


SPECIAL: dict[str, tuple[tuple[int, Items], ...]] = {
    "hanse-sanitaer": ((40, _long), (75, _million)),
    "lindenblatt": ((60, _free),),
}
