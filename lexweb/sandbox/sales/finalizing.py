"""What happens when a draft is issued (behaviour.md, chapters 8 and 9)."""

from lexweb.sandbox import dates
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.sales import layouts, papers, paying
from lexweb.sandbox.sales.kinds import BY_PATH, Kind
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Json


def finalize(state: State, organization: Organization, path: str, record: Record) -> Record:
    """
    Issue a draft, as ``?finalize=true`` does while creating, and people later.

    It gets its due date, layout, e-invoice profile and file. A credit note tied to an invoice is settled at once.
    Dunnings, and what is issued already, stay as they are.

    :param path: the kind as in addresses, such as "credit-notes"
    """
    kind = BY_PATH[path]
    if not kind.finalizes or record.document["voucherStatus"] != "draft":
        return record
    changes = _issued(organization, kind, record)
    record = organization.shelf(path).put(record.changed(changes, state.clock.stamp()))
    state.publish(organization, f"{kind.event}.status.changed", record.id)
    if kind.payable:
        state.publish(organization, "payment.changed", record.id)
    return paying.credit(state, organization, record) if path == "credit-notes" else record


def _issued(organization: Organization, kind: Kind, record: Record) -> Json:
    document = record.document
    changes: Json = {
        "voucherStatus": "open",
        "electronicDocumentProfile": _profile(organization, kind, document),
        "printLayoutId": record.hidden.get("print_layout") or layouts.default(organization),
        "files": {"documentFileId": papers.file_id(record.id)},
    }
    if kind.path in ("invoices", "down-payment-invoices"):
        days = document.get("paymentConditions", {}).get("paymentTermDuration", 0)
        changes["dueDate"] = dates.later(document["voucherDate"], days)
    return changes


def _profile(organization: Organization, kind: Kind, document: Json) -> str:
    """XRechnung for who asks for it, ZUGFeRD (EN16931) for other companies, nothing for consumers (our choice)."""
    if kind.path != "invoices":
        return "NONE"
    if document.get("xRechnung", {}).get("buyerReference"):
        return "XRechnung"
    contact = organization.contacts.get(document["address"].get("contactId") or "")
    return "EN16931" if contact and "company" in contact.contact else "NONE"
