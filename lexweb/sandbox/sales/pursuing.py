"""
Documents that follow documents (behaviour.md, chapter 8).

A successor is created with ``precedingSalesVoucherId`` and a full body: nothing is copied from the predecessor,
both only name each other in ``relatedVouchers``.
"""

from collections.abc import Iterator

from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.findings import missing, wrong
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.sales.draft import Draft, Predecessor
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json

FIELD = "precedingSalesVoucherId"


def findings(draft: Draft) -> Iterator[Detail]:
    """Why this document may not follow that one."""
    if draft.predecessor is None:
        if draft.preceding:
            yield wrong(FIELD, "Vorgänger nicht gefunden")  # the real answer is not known, 406 is our choice
        elif draft.kind.must_follow:
            yield missing(FIELD)
        return
    kind, document = draft.predecessor.kind, draft.predecessor.record.document
    if kind.path not in draft.kind.follows:
        yield wrong(FIELD, f"{kind.type} kann nicht in {draft.kind.type} überführt werden")
    elif document["voucherStatus"] == "draft" and kind.path in draft.kind.no_drafts:
        yield wrong(FIELD, "Entwürfe können nicht weitergeführt werden")
    elif any(_optional(item) for item in document["lineItems"]):
        yield wrong(FIELD, "Angebote mit optionalen oder alternativen Positionen können nicht weitergeführt werden")
    elif draft.kind.path == "credit-notes":
        yield from _credit(document)
    elif draft.kind.path == "dunnings":
        yield from _dunning(draft, document)


def _optional(item: Json) -> bool:
    return bool(item.get("optional") or item.get("alternative") or item.get("subItems"))


def _credit(invoice: Json) -> Iterator[Detail]:
    if invoice.get("closingInvoice"):
        yield wrong(FIELD, "Schlussrechnungen können nicht korrigiert werden")
    if any(each["voucherType"] == "creditnote" for each in invoice.get("relatedVouchers") or ()):
        yield wrong(FIELD, "Zu dieser Rechnung gibt es schon eine Rechnungskorrektur")


def _dunning(draft: Draft, invoice: Json) -> Iterator[Detail]:
    contact = draft.body.get("address", {}).get("contactId", "").lower()
    if contact != (invoice["address"].get("contactId") or ""):
        yield wrong("address.contactId", "muss mit der Rechnung übereinstimmen")
    for name in ("taxType", "taxSubType"):
        if draft.body.get("taxConditions", {}).get(name) != invoice["taxConditions"].get(name):
            yield wrong(f"taxConditions.{name}", "muss mit der Rechnung übereinstimmen")


def link(organization: Organization, before: Predecessor, successor: Json, now: str) -> Record:
    """Let the predecessor name its successor, too. It counts as a change of it."""
    related = [*(before.record.document.get("relatedVouchers") or ()), successor]
    changed = before.record.changed({"relatedVouchers": related}, now)
    return organization.shelf(before.kind.path).put(changed)


def reference(type: str, document: Json) -> Json:
    """How another document names this one; dunnings have no number."""
    named = {"id": document["id"], "voucherNumber": document.get("voucherNumber"), "voucherType": type}
    return {name: value for name, value in named.items() if value is not None}
