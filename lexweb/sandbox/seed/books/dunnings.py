"""Reminders of invoices that are overdue."""

from lexweb.sandbox.seed.books import days
from lexweb.sandbox.seed.books.deals import Deal, Step
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json

STAGES = ((12, "Zahlungserinnerung"), (30, "1. Mahnung"), (52, "2. Mahnung"))  # days after the due date
COPIED = ("language", "lineItems", "totalPrice", "taxAmounts", "taxConditions", "shippingConditions", "address")


def of(ledger: Ledger, deal: Deal, step: Step, invoice: Record) -> None:
    """The reminders of an invoice. They are drafts without a number; the invoice names them, and they name it."""
    if step.status != "open" or not ledger.chance(0.7):
        return
    due = days.after(step.day, invoice.document["paymentConditions"]["paymentTermDuration"])
    for stage, (delay, title) in enumerate(STAGES):
        day = days.workday(days.after(due, delay))
        if day > ledger.today or day < step.day:
            return
        dunning = _dunning(ledger, invoice.document, title, ledger.head(_id(ledger, step, stage), day, day, 1))
        dunning["voucherDate"] = days.midnight(day)
        ledger.put("dunnings", dunning)
        invoice.document["relatedVouchers"].append({"id": dunning["id"], "voucherType": "dunning"})


def _id(ledger: Ledger, step: Step, stage: int) -> str:
    return ledger.id(f"dunning-{step.id}-{stage}")


def _dunning(ledger: Ledger, invoice: Json, title: str, head: Json) -> Json:
    related = {"id": invoice["id"], "voucherNumber": invoice["voucherNumber"], "voucherType": "invoice"}
    return (
        head
        | {name: invoice[name] for name in COPIED}
        | {
            "archived": False,
            "voucherStatus": "draft",
            "electronicDocumentProfile": "NONE",
            "relatedVouchers": [related],
            "printLayoutId": ledger.layout,
            "title": title,
            "introduction": f"Zur Rechnung {invoice['voucherNumber']} haben wir noch keinen Zahlungseingang.",
            "remark": "Sollten Sie inzwischen gezahlt haben, betrachten Sie dieses Schreiben als gegenstandslos.",
        }
    )
