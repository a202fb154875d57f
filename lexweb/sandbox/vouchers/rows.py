"""The line of a bookkeeping voucher in the voucher list (behaviour.md, chapter 11)."""

from lexweb.sandbox.shelf import Record
from lexweb.sandbox.vouchers import paying
from lexweb.sandbox.web import Json


def row(record: Record) -> Json:
    """What the voucher list shows of a voucher, with the status as stored; the list finds out what is overdue."""
    document = record.document
    left = paying.open_amount(record)
    return {
        "id": document["id"],
        "voucherType": document["type"],
        "voucherStatus": document["voucherStatus"],
        "voucherNumber": document.get("voucherNumber"),
        "voucherDate": document.get("voucherDate"),
        "createdDate": document["createdDate"],
        "updatedDate": document["updatedDate"],
        "dueDate": document.get("dueDate"),
        "contactId": document.get("contactId"),
        "contactName": document.get("contactName"),
        "totalAmount": document.get("totalGrossAmount"),
        "openAmount": None if left is None else float(left),
        "currency": "EUR",
        "archived": record.hidden.get("archived", False),
    }
