"""What is paid and what is open, and how the API tells it (behaviour.md, chapter 13)."""

from lexweb.sandbox.sales.kinds import BY_PATH, Kind
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json

MIDNIGHT = "T00:00:00.000+01:00"  # the sandbox's one offset, see clock


def open_amount(kind: Kind, record: Record) -> float | None:
    """
    What is left to pay, in either direction never below zero; None for drafts and kinds without payment.

    Of closing invoices that is the claimed amount less payments; a tied credit note has nothing open.
    """
    document, hidden = record.document, record.hidden
    status = document["voucherStatus"]
    if not kind.payable or status == "draft":
        return None
    if status != "open":
        return 0.0
    due = document.get("claimedGrossAmount")
    if due is None:
        due = document["totalPrice"]["totalGrossAmount"]
    if hidden:
        due -= hidden.get("credited", 0)
        for payment in hidden.get("payments", ()):
            due -= payment["amount"]
    return max(round(float(due), 2), 0.0)


def payment(path: str, record: Record) -> Json | None:
    """
    The body of GET /v1/payments/{id} for a sales document; None where the API has no payment data (406).

    That is for drafts, kinds without payment, and credit notes tied to an invoice.

    :param path: the kind as in addresses, such as "credit-notes"
    """
    kind = BY_PATH[path]
    left = open_amount(kind, record)
    if left is None or tied(kind, record):
        return None
    document = record.document
    status = document["voucherStatus"]
    body = {
        "openAmount": left,
        "currency": "EUR",
        "paymentStatus": "openRevenue" if left else "balanced",
        "voucherType": kind.type,
        "voucherStatus": status,
        "paymentItems": _items(record),
    }
    if status == kind.settled:
        body["paidDate"] = max((item["postingDate"] for item in body["paymentItems"]), default=document["updatedDate"])
    return body


def tied(kind: Kind, record: Record) -> bool:
    """Is it a credit note that corrects an invoice?"""
    related = record.document.get("relatedVouchers") or ()
    return kind.path == "credit-notes" and any(each["voucherType"] == "invoice" for each in related)


def _items(record: Record) -> list[Json]:
    items = [
        {
            "paymentItemType": each.get("type", "manualPayment"),
            "postingDate": each["date"] + MIDNIGHT,
            "amount": each["amount"],
            "currency": "EUR",
        }
        for each in record.hidden.get("payments", ())
    ]
    if credited := record.hidden.get("credited"):
        day = record.hidden.get("credited_on") or record.document["updatedDate"][:10]
        head = {"paymentItemType": "partPaymentCreditNote", "postingDate": day + MIDNIGHT}
        items.append({**head, "amount": credited, "currency": "EUR"})
    return items
