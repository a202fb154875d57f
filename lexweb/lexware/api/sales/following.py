"""
The draft of a document that follows another one (behaviour.md, chapter 8: "Pursue").

Lexware takes nothing over from the preceding document, so everything has to be sent once more, in the way drafts
are written: without what can only be read, and with one of the two amounts of each price.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar, get_args

from lexweb.lexware.api.sales.documents import SalesDocument, SalesDraft
from lexweb.lexware.api.sales.line_items import DeliveredItem, UnitPrice

Draft = TypeVar("Draft", bound=SalesDraft)

TAKEN = ("language", "address", "total_price", "tax_conditions", "payment_conditions", "shipping_conditions")
DECIMALS = 4  # of unit prices
READ_ONLY = {
    "lineItemAmount",
    "paymentTermLabelTemplate",
    "totalNetAmount",
    "totalGrossAmount",
    "totalTaxAmount",
    "contactPerson",
}


def draft(kind: type[Draft], document: SalesDocument, *, voucher_date: datetime, **members: Any) -> Draft:
    """
    Return a draft of the given kind with the contents of a document, to be created with `preceding=document.id`.

    Title, texts and layout belong to a kind and are not taken over; the contact's address is the one it has then.

    :param members: of the draft, by their Python names; they win over what is taken over
    :raises ValueError: the document lacks what this kind needs, such as `shipping_conditions`; give it as a member
    """
    read = document.payload()
    taken = {name: _written(read[alias]) for name in TAKEN if (alias := _alias(document, name)) in read}
    if document.address.contact_id:
        taken["address"] = {"contactId": str(document.address.contact_id)}
    gross = document.tax_conditions.tax_type == "gross"
    taken["line_items"] = [_item(each, _item_kind(kind), gross=gross) for each in document.line_items]
    wanted = {name: value for name, value in taken.items() if name in kind.model_fields}
    return kind.model_validate(wanted | {"voucher_date": voucher_date} | members)


def _alias(document: SalesDocument, name: str) -> str | None:
    field = type(document).model_fields.get(name)
    return field.alias if field else None


def _written(value: Any) -> Any:
    """Leave out, at every level, what can only be read."""
    if isinstance(value, list):
        return [_written(each) for each in value]
    if isinstance(value, dict):
        return {name: _written(each) for name, each in value.items() if name not in READ_ONLY}
    return value


def _item_kind(kind: type[SalesDraft]) -> type[DeliveredItem]:
    found: type[DeliveredItem] = get_args(kind.model_fields["line_items"].annotation)[0]
    return found


def _item(item: DeliveredItem, kind: type[DeliveredItem], *, gross: bool) -> dict[str, Any]:
    """Keep the members that this kind of position has: only quotations know alternatives."""
    known = {field.alias for field in kind.model_fields.values()}
    kept = {name: value for name, value in _written(item.payload()).items() if name in known}
    if item.unit_price:
        discount = Decimal(0) if "discountPercentage" in known else getattr(item, "discount_percentage", None)
        kept["unitPrice"] = _price(item.unit_price, discount or Decimal(0), gross=gross).payload()
    return kept


def _price(price: UnitPrice, discount: Decimal, *, gross: bool) -> UnitPrice:
    """
    Return the price with the amount that counts, less a discount in percent that the position cannot hold itself.

    Else a credit note would give back more than was charged.
    """
    amount = price.gross_amount if gross else price.net_amount
    if amount is None:
        return price
    reduced = round(amount * (100 - discount) / 100, DECIMALS) if discount else amount
    return (UnitPrice.gross if gross else UnitPrice.net)(reduced, price.tax_rate_percentage)
