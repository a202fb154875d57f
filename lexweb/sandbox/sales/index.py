"""The rows that sales documents have in the voucher list (behaviour.md, chapter 11)."""

from datetime import date

from lexweb.sandbox.sales.kinds import BY_PATH
from lexweb.sandbox.sales.payments import open_amount
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json

# Dunnings and recurring templates are never listed.
LISTED = tuple(path for path in BY_PATH if path != "dunnings")


def row(path: str, record: Record, today: date) -> Json:
    """
    The row of a document, with the status as stored: ``overdue`` is for the list to find out by ``dueDate``.

    :param path: the kind as in addresses, such as "credit-notes"; one of ``LISTED``
    """
    kind, document = BY_PATH[path], record.document
    get = document.get
    address, total = document["address"], get("totalPrice")
    return {
        "id": document["id"],
        "voucherType": kind.type,
        "voucherStatus": document["voucherStatus"],
        "voucherNumber": get("voucherNumber"),
        "voucherDate": document["voucherDate"],
        "createdDate": document["createdDate"],
        "updatedDate": document["updatedDate"],
        "dueDate": get("dueDate"),
        "contactId": address.get("contactId"),
        "contactName": address.get("name"),
        "totalAmount": total["totalGrossAmount"] if total else None,
        "openAmount": open_amount(kind, record),
        "currency": "EUR",
        "archived": document["archived"],
    }
