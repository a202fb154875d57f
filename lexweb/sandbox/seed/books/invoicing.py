"""Invoices and credit notes."""

from datetime import date

from lexweb.sandbox.sales import sums
from lexweb.sandbox.seed.books import days, documents, settling
from lexweb.sandbox.seed.books.deals import Deal, Step
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.seed.books.settling import Bill
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json


def invoice(ledger: Ledger, deal: Deal, step: Step) -> Record:
    """An invoice, with what was paid and credited until today."""
    note = next((each for each in deal.after(step) if each.letter == "C"), None)
    credited = _credited(ledger, deal) if note else 0
    terms = documents.terms(ledger, deal)
    due = days.after(step.day, terms["paymentTermDuration"])
    cents = round(deal.total["totalGrossAmount"] * 100)
    payments = _paid(ledger, step, cents - credited, due, terms)
    step.status = _status(ledger, deal, step, settling.settled(payments, cents - credited))
    if step.status in ("draft", "voided"):
        payments = []
    changed = max(settling.last_day(payments, step.day), note.day if note else step.day)
    document = documents.base(ledger, deal, step, changed, deal.items)
    document |= {"totalPrice": deal.total, "taxAmounts": deal.taxes, "paymentConditions": terms}
    document |= {"shippingConditions": documents.shipping(deal, step), "closingInvoice": False}
    if ledger.pro and deal.party.buyer_reference:
        document["xRechnung"] = {"buyerReference": deal.party.buyer_reference}
    if deal.template_id:
        document["recurringTemplateId"] = deal.template_id
    if step.status != "draft":
        document["dueDate"] = days.midnight(due)
    hidden: Json = {"payments": payments} if payments else {}
    if note:
        hidden |= {"credited": credited / 100, "credited_on": note.day.isoformat()}
    return ledger.put("invoices", document, hidden)


def credit_note(ledger: Ledger, deal: Deal, step: Step) -> Record:
    """A credit note: tied to an invoice it is settled at once; without one it is open until it is paid out."""
    tied = deal.before(step)
    items, total, taxes = _credit(ledger, deal)
    cents = round(total["totalGrossAmount"] * 100)
    payments = [] if tied else _paid(ledger, step, cents, step.day, {})
    step.status = "paidoff" if tied or settling.settled(payments, cents) else "open"
    document = documents.base(ledger, deal, step, settling.last_day(payments, step.day), items)
    document |= {"totalPrice": total, "taxAmounts": taxes}
    if tied:
        document["introduction"] = f"Korrektur zur Rechnung {tied[0].number}"
    return ledger.put("credit-notes", document, {"payments": payments} if payments else {})


def _credited(ledger: Ledger, deal: Deal) -> int:
    total: float = _credit(ledger, deal)[1]["totalGrossAmount"]
    return round(total * 100)


def _credit(ledger: Ledger, deal: Deal) -> tuple[list[Json], Json, list[Json]]:
    """All of a deal, or a part of it; credit notes have no discounts, so a lump sum where the deal has one."""
    whole = documents.hash_of(deal.steps[0].id) % 3 == 0
    if whole and not _discounted(deal):
        dropped = [{name: each[name] for name in each if name != "discountPercentage"} for each in deal.items]
        return dropped, deal.total, deal.taxes
    gross = deal.tax.type == "gross"
    largest = max(deal.taxes, key=lambda tax: float(tax["netAmount"]), default=None)
    net = largest["netAmount"] if largest else 0.0
    full = net + largest["taxAmount"] if gross and largest else net
    price = {"grossAmount" if gross else "netAmount": round(full * 0.2, 2), "currency": "EUR"}
    rate = largest["taxRatePercentage"] if largest else 0
    line = {"type": "custom", "name": "Gutschrift wegen Reklamation", "quantity": 1, "unitName": "Pauschale"}
    return sums.priced([line | {"unitPrice": price | {"taxRatePercentage": rate}}], deal.tax.type, {"currency": "EUR"})


def _discounted(deal: Deal) -> bool:
    return len(deal.total) > 4 or any(each.get("discountPercentage") for each in deal.items)


def _paid(ledger: Ledger, step: Step, cents: int, due: date, terms: Json) -> list[Json]:
    discount = terms.get("paymentDiscountConditions")
    early = days.after(step.day, discount["discountRange"]) if discount else None
    return settling.payments(ledger.random, Bill(cents, step.day, due, early), ledger.today)


def _status(ledger: Ledger, deal: Deal, step: Step, settled: bool) -> str:
    if settled:
        return "paid"
    if deal.after(step) or deal.template_id:
        return "open"
    if (ledger.today - step.day).days <= documents.RECENT and ledger.chance(0.2):
        return "draft"
    return "voided" if ledger.chance(0.08) else "open"
