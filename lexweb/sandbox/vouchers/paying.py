"""Payments of bookkeeping vouchers (behaviour.md, chapter 13)."""

from datetime import date
from decimal import Decimal

from lexweb.sandbox.amounts import ZERO, decimal
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.vouchers import days, kinds
from lexweb.sandbox.web import Json

UNPAYABLE = {"blank", "unchecked"}
SETTLED = {"paid", "paidoff"}


def open_amount(record: Record) -> Decimal | None:
    """What is still to be paid, never below zero; None while nobody knows the total."""
    total = record.document.get("totalGrossAmount")
    if total is None:
        return None
    if record.document["voucherStatus"] in SETTLED | {"voided"}:
        return ZERO
    return max(ZERO, decimal(total) - paid(record))


def paid(record: Record) -> Decimal:
    """The sum of all payments."""
    return sum((decimal(each["amount"]) for each in record.hidden.get("payments", [])), ZERO)


def status(kind: str, total: Decimal, already: Decimal) -> str:
    """The status of a booked voucher: credit notes are paid off, invoices paid."""
    if total > already or not already:
        return "open"
    return "paidoff" if kind in kinds.CREDIT_NOTES else "paid"


def with_payment(record: Record, amount: Decimal, day: date, kind: str, now: str) -> Record:
    """The voucher with one more payment, which is a change of it (our choice), so its version moves."""
    payments = [
        *record.hidden.get("payments", []),
        {"amount": float(amount), "date": day.isoformat(), "type": kind},
    ]
    record = record.with_hidden(payments=payments)
    total = decimal(record.document["totalGrossAmount"])
    new = status(record.document["type"], total, paid(record))
    return record.changed({"voucherStatus": new}, now)


def payment(record: Record) -> Json | None:
    """The answer of ``GET /payments/{id}``; None for what is not booked, which is answered with 406."""
    document = record.document
    left = open_amount(record)
    if document["voucherStatus"] in UNPAYABLE or left is None:
        return None
    entries = record.hidden.get("payments", [])
    shown: Json = {
        "openAmount": float(left),
        "currency": "EUR",
        "paymentStatus": _direction(document["type"], left),
        "voucherType": document["type"],
        "voucherStatus": document["voucherStatus"],
    }
    if document["voucherStatus"] in SETTLED and entries:
        shown["paidDate"] = days.shown(max(date.fromisoformat(each["date"]) for each in entries))
    return shown | {"paymentItems": [_item(each) for each in entries]}


def _direction(kind: str, left: Decimal) -> str:
    """A credit note keeps the direction of its side, though the money flows the other way."""
    if not left:
        return "balanced"
    return "openRevenue" if kind in kinds.SALES else "openExpense"


def _item(entry: Json) -> Json:
    return {
        "paymentItemType": entry["type"],
        "postingDate": days.shown(date.fromisoformat(entry["date"])),
        "amount": entry["amount"],
        "currency": "EUR",
    }
