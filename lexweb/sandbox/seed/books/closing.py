"""Down payment invoices, and the final invoice that takes them into account."""

from lexweb.sandbox.sales import sums
from lexweb.sandbox.seed.books import days, documents, settling
from lexweb.sandbox.seed.books.deals import Deal, Step
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.seed.books.settling import Bill
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json

PART = 0.25  # of the deal, with each of at most three down payments


def down_payment(ledger: Ledger, deal: Deal, step: Step) -> Record:
    """A down payment invoice; paid, once there is a final one."""
    item, total, taxes = _part(deal)
    final = next((each for each in deal.after(step) if each.letter == "F"), None)
    due = days.after(step.day, 14)
    cents = round(total["totalGrossAmount"] * 100)
    by_then = min(due, final.day) if final else due
    payments = settling.paid(cents, by_then, settling.BY_BANK) if final else _paid(ledger, step, cents)
    step.status = "paid" if settling.settled(payments, cents) else "open"
    document = documents.base(ledger, deal, step, settling.last_day(payments, step.day), item)
    document |= {"totalPrice": total, "taxAmounts": taxes, "dueDate": days.midnight(due), "title": _title(deal, step)}
    document |= {"shippingConditions": {"shippingType": "none"}, "closingInvoiceId": final.id if final else None}
    document["paymentConditions"] = documents.usual_terms(ledger)
    return ledger.put("down-payment-invoices", document, {"payments": payments} if payments else {})


def final(ledger: Ledger, deal: Deal, step: Step) -> Record:
    """The final invoice: everything, less what was paid down."""
    parts = [each for each in deal.before(step) if each.letter == "P"]
    paid = len(parts) * round(_part(deal)[1]["totalGrossAmount"] * 100)
    claimed = round(deal.total["totalGrossAmount"] * 100) - paid
    terms = documents.terms(ledger, deal)
    due = days.after(step.day, terms["paymentTermDuration"])
    payments = settling.payments(ledger.random, Bill(claimed, step.day, due), ledger.today)
    step.status = "paid" if settling.settled(payments, claimed) else "open"
    document = documents.base(ledger, deal, step, settling.last_day(payments, step.day), deal.items)
    document |= {"totalPrice": deal.total, "taxAmounts": deal.taxes, "paymentConditions": terms}
    document |= {"shippingConditions": documents.shipping(deal, step), "dueDate": days.midnight(due)}
    document |= {"closingInvoice": True, "claimedGrossAmount": claimed / 100, "title": "Schlussrechnung"}
    document["downPaymentDeductions"] = [_deduction(deal, each) for each in parts]
    if ledger.pro and deal.party.buyer_reference:
        document["xRechnung"] = {"buyerReference": deal.party.buyer_reference}
    return ledger.put("invoices", document, {"payments": payments} if payments else {})


def _part(deal: Deal) -> tuple[list[Json], Json, list[Json]]:
    """The one line item of each down payment, at the rate of the first line."""
    gross = deal.tax.type == "gross"
    amount = deal.total["totalGrossAmount" if gross else "totalNetAmount"] * PART
    rate = next(each["unitPrice"]["taxRatePercentage"] for each in deal.items if "unitPrice" in each)
    price = {"currency": "EUR", "grossAmount" if gross else "netAmount": round(amount, 2), "taxRatePercentage": rate}
    item = {"type": "custom", "name": "Pauschaler Abschlag", "quantity": 1, "unitPrice": price}
    return sums.priced([item], deal.tax.type, {"currency": "EUR"})


def _title(deal: Deal, step: Step) -> str:
    parts = [each for each in deal.steps if each.letter == "P"]
    return f"{parts.index(step) + 1}. Abschlag"


def _deduction(deal: Deal, part: Step) -> Json:
    _, total, taxes = _part(deal)
    return {
        "id": part.id,
        "voucherType": "downpaymentinvoice",
        "title": _title(deal, part),
        "voucherNumber": part.number,
        "voucherDate": days.midnight(part.day),
        "receivedGrossAmount": total["totalGrossAmount"],
        "receivedNetAmount": total["totalNetAmount"],
        "receivedTaxAmount": total["totalTaxAmount"],
        "taxRatePercentage": taxes[0]["taxRatePercentage"],
    }


def _paid(ledger: Ledger, step: Step, cents: int) -> list[Json]:
    return settling.payments(ledger.random, Bill(cents, step.day, days.after(step.day, 14)), ledger.today)
