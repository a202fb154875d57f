"""Bookkeeping vouchers: what they consist of, whatever they are for (behaviour.md, chapter 12)."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from lexweb.sandbox import categories
from lexweb.sandbox.seed.books import days, settling
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.seed.books.receipts import Supplier
from lexweb.sandbox.web import Json

Part = tuple[str, int, int, int]  # categoryId, rate, cents net, cents of tax


@cache
def category(kind: str, name: str) -> str:
    """
    The id of a posting category.

    :param kind: "income" or "outgo"
    :raises StopIteration: there is none of this name
    """
    return next(str(each["id"]) for each in categories.every() if each["type"] == kind and each["name"] == name)


def taxed(category_id: str, rate: int, net: int) -> Part:
    """A part of a voucher with its tax, half cents up."""
    return category_id, rate, net, (2 * net * rate + 100) // 200


def from_gross(category_id: str, rate: int, gross: int) -> Part:
    """A part of a voucher of which the gross amount is known."""
    tax = (2 * gross * rate + 100 + rate) // (2 * (100 + rate))
    return category_id, rate, gross - tax, tax


def gross(parts: Iterable[Part]) -> int:
    """The total in cents."""
    return sum(net + tax for _, _, net, tax in parts)


def money(ledger: Ledger, parts: list[Part], tax_type: str) -> Json:
    """Totals and items. Organizations that pay no tax deduct none, either: all is cost."""
    if ledger.company.tax_type == "vatfree":
        tax_type = "vatfree"
    items = [_item(part, tax_type) for part in parts]
    tax = sum(round(each["taxAmount"] * 100) for each in items)
    totals = {"totalGrossAmount": gross(parts) / 100, "totalTaxAmount": tax / 100}
    return totals | {"taxType": tax_type, "voucherItems": items}


def contact(supplier: Supplier | None, collective: str) -> Json:
    """A stored contact, else the collective one."""
    if supplier and supplier.contact_id:
        return {"useCollectiveContact": False, "contactName": supplier.name, "contactId": supplier.contact_id}
    return {"useCollectiveContact": True, "contactName": collective}


def document(ledger: Ledger, voucher_id: str, made: date, changed: date, members: Json) -> Json:
    """A voucher in the order of the contract; ``members`` are all but the head."""
    version = 1 + (changed > made) + (members["voucherStatus"] in ("paid", "paidoff"))
    head = ledger.head(voucher_id, made, changed, version)
    first = {name: head[name] for name in ("id", "organizationId")}
    return first | members | {name: head[name] for name in ("createdDate", "updatedDate", "version")}


def dates(day: date, due: date, *, shipped: bool = False) -> Json:
    """The days of a voucher."""
    shown = {"voucherDate": days.midnight(day), "dueDate": days.midnight(due)}
    return shown | ({"shippingDate": days.midnight(day)} if shipped else {})


def hidden(payments: list[Json], *, archived: bool = False) -> Json:
    """What the API does not show."""
    return ({"payments": payments} if payments else {}) | ({"archived": True} if archived else {})


def status(kind: str, payments: list[Json], cents: int) -> str:
    """Paid, paid off or open."""
    if not payments or not settling.settled(payments, cents):
        return "open"
    return "paidoff" if kind.endswith("creditnote") else "paid"


def _item(part: Part, tax_type: str) -> Json:
    category_id, rate, net, tax = part
    if tax_type == "vatfree":
        return {"amount": (net + tax) / 100, "taxAmount": 0.0, "taxRatePercent": 0, "categoryId": category_id}
    amount = net + tax if tax_type == "gross" else net
    return {"amount": amount / 100, "taxAmount": tax / 100, "taxRatePercent": rate, "categoryId": category_id}
