"""A written voucher's body, brought into shape."""

from typing import Any

from lexweb.sandbox import shaping
from lexweb.sandbox.shaping import flag, integer, items, members, number, text
from lexweb.sandbox.web import Json

DAYS = ("voucherDate", "shippingDate", "dueDate")
_ITEM = members({"amount": number, "taxAmount": number, "taxRatePercent": number, "categoryId": text}, keep_empty=True)
_VOUCHER = members(
    {
        "type": text,
        "voucherStatus": text,
        "voucherNumber": text,
        **dict.fromkeys(DAYS, text),
        "totalGrossAmount": number,
        "totalTaxAmount": number,
        "taxType": text,
        "useCollectiveContact": flag,
        "contactName": text,
        "contactId": text,
        "remark": text,
        "voucherItems": items(_ITEM),
        "files": items(text),
        "version": integer,
    },
    keep_empty=True,
)


def shaped(body: Any) -> Json:
    """
    The writable part of a body; may still break every rule of ``rules``.

    :raises shaping.Malformed: a member, or the body itself, has the wrong JSON type
    """
    return shaping.body(_VOUCHER, body)
