"""A written sales document, brought into shape. Sums, numbers and states are not among the writable members."""

from typing import Any

from lexweb.sandbox.sales.kinds import ALL, Kind
from lexweb.sandbox.shaping import Shaper, flag, integer, items, members, number, text


def printed(value: Any, source: str) -> str | None:
    """Text for which empty is not absent: it keeps a default away."""
    if value == "":
        return ""
    return text(value, source)


def _object(**known: Shaper) -> Shaper:
    return members(known, keep_empty=True)


def _texts(*names: str) -> dict[str, Shaper]:
    return dict.fromkeys(names, text)


_UNIT_PRICE = _object(currency=text, netAmount=number, grossAmount=number, taxRatePercentage=number)
_ITEM: dict[str, Shaper] = {
    **_texts("id", "type", "name", "description"),
    "quantity": number,
    "unitName": text,
    "unitPrice": _UNIT_PRICE,
}
_DISCOUNT: dict[str, Shaper] = {"discountPercentage": number}
_CHOICE: dict[str, Shaper] = {"alternative": flag, "optional": flag}
_EVERYWHERE = ("language", "printLayoutId", "title", "introduction", "remark")
_TOTAL: dict[str, Shaper] = {"currency": text}
_MEMBERS: dict[str, Shaper] = {
    **_texts("language", "voucherDate", "expirationDate", "printLayoutId"),
    "address": _object(**_texts("contactId", "name", "supplement", "street", "city", "zip", "countryCode")),
    "totalPrice": _object(**_TOTAL, totalDiscountAbsolute=number, totalDiscountPercentage=number),
    "taxConditions": _object(**_texts("taxType", "taxSubType", "taxTypeNote")),
    "paymentConditions": _object(
        paymentTermLabel=text,
        paymentTermDuration=integer,
        paymentDiscountConditions=_object(discountPercentage=number, discountRange=integer),
    ),
    "shippingConditions": _object(**_texts("shippingType", "shippingDate", "shippingEndDate")),
    **dict.fromkeys(("title", "introduction", "remark", "deliveryTerms"), printed),
    "xRechnung": _object(buyerReference=printed),
}


def _of(kind: Kind) -> Shaper:
    item = _ITEM | (_DISCOUNT if kind.discounts else {})
    if kind.alternatives:
        item = item | _CHOICE | {"subItems": items(_object(**item, **_CHOICE))}
    known = {name: _MEMBERS[name] for name in _MEMBERS if name in kind.members or name in _EVERYWHERE}
    if not kind.discounts and "totalPrice" in known:
        known["totalPrice"] = _object(**_TOTAL)
    return _object(**known, lineItems=items(_object(**item)))


SHAPES = {kind.path: _of(kind) for kind in ALL}
