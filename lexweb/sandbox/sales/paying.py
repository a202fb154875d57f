"""
What people do with issued documents in Lexware Office: pay, void, accept, reject.

The API cannot do any of it (behaviour.md, chapters 5 and 8), it only shows the outcome.
"""

from datetime import date

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.sales.kinds import BY_PATH, Kind
from lexweb.sandbox.sales.payments import open_amount
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State


def pay(
    state: State,
    organization: Organization,
    path: str,
    record: Record,
    amount: float,
    on: date,
    type: str = "manualPayment",
) -> Record:
    """
    Note a payment in euros. With nothing left to pay the document is paid, a credit note paidoff.

    :param path: the kind as in addresses, such as "invoices"
    :param type: a PaymentItemType, such as "cashDiscount"
    :raises ValueError: nothing is open, or the amount is not positive
    """
    kind = BY_PATH[path]
    if not open_amount(kind, record):
        raise ValueError("nothing is open")
    if amount <= 0:
        raise ValueError("an amount has to be positive")
    payment = {"amount": round(amount, 2), "date": on.isoformat(), "type": type}
    paid = record.with_hidden(payments=[*record.hidden.get("payments", ()), payment])
    return _settled(state, organization, kind, paid)


def credit(state: State, organization: Organization, note: Record) -> Record:
    """Settle an issued credit note that is tied to an invoice: paidoff at once, and so much less is open there."""
    related = note.document.get("relatedVouchers") or ()
    invoices = organization.shelf("invoices")
    found = (invoices.get(each["id"]) for each in related if each["voucherType"] == "invoice")
    invoice = next((each for each in found if each), None)
    if invoice is None:
        return note
    credited = invoice.hidden.get("credited", 0) + note.document["totalPrice"]["totalGrossAmount"]
    lowered = invoice.with_hidden(credited=round(credited, 2), credited_on=note.document["voucherDate"][:10])
    _settled(state, organization, BY_PATH["invoices"], lowered)
    return _moved(state, organization, BY_PATH["credit-notes"], note, "paidoff")


def void(state: State, organization: Organization, path: str, record: Record) -> Record:
    """
    Void an issued invoice or credit note.

    :raises ValueError: it is a draft, settled, or of a kind that is not payable
    """
    kind = BY_PATH[path]
    if not kind.payable or record.document["voucherStatus"] != "open":
        raise ValueError("only open documents can be voided")
    voided = _moved(state, organization, kind, record, "voided")
    state.publish(organization, "payment.changed", record.id)
    return voided


def decide(state: State, organization: Organization, quotation: Record, *, accepted: bool) -> Record:
    """
    Note a customer's yes or no to a quotation; both can be taken back by the other.

    :raises ValueError: it is a draft
    """
    if quotation.document["voucherStatus"] == "draft":
        raise ValueError("a draft cannot be accepted or rejected")
    status = "accepted" if accepted else "rejected"
    return _moved(state, organization, BY_PATH["quotations"], quotation, status)


def _settled(state: State, organization: Organization, kind: Kind, record: Record) -> Record:
    """Keep a record whose payments changed."""
    if record.document["voucherStatus"] == "open" and open_amount(kind, record) == 0:
        record = _moved(state, organization, kind, record, kind.settled)
    else:
        record = organization.shelf(kind.path).put(record.changed({}, state.clock.stamp()))
    state.publish(organization, "payment.changed", record.id)
    return record


def _moved(state: State, organization: Organization, kind: Kind, record: Record, status: str) -> Record:
    moved = organization.shelf(kind.path).put(record.changed({"voucherStatus": status}, state.clock.stamp()))
    state.publish(organization, f"{kind.event}.status.changed", record.id)
    return moved
