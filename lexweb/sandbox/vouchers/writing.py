"""Creating and replacing vouchers. Drafts have passed ``rules`` before."""

import uuid
from typing import Any

from lexweb.sandbox.amounts import decimal
from lexweb.sandbox.contacts.book import display_name
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.vouchers import days, kinds, paying, rules, sums
from lexweb.sandbox.vouchers.shape import DAYS
from lexweb.sandbox.web import Json

PLAIN = ("voucherNumber", "remark", "taxType")
ORDER = (
    *("id", "organizationId", "type", "voucherStatus", "voucherNumber", *DAYS, "totalGrossAmount", "totalTaxAmount"),
    *("taxType", "useCollectiveContact", "contactName", "contactId", "remark", "voucherItems", "files"),
    *("createdDate", "updatedDate", "version"),
)


def create(organization: Organization, draft: Json, status: str, now: str) -> Record:
    """Add a voucher; new ones start at version 1 (behaviour.md, chapter 5)."""
    head = {"id": str(uuid.uuid4()), "organizationId": organization.id, "createdDate": now, "version": 1}
    document = _written(organization, draft, status) | head | {"updatedDate": now, "files": []}
    return organization.shelf("vouchers").put(Record(_ordered(document)))


def replace(organization: Organization, record: Record, draft: Json, status: str, now: str) -> Record:
    """Replace a voucher: what the draft does not say is gone, files included, and those for good."""
    before = record.document
    kept = [file_id for file_id in before["files"] if file_id in _ids(draft.get("files", []))]
    for file_id in set(before["files"]) - set(kept):
        organization.shelf("files").remove(file_id)
    head: Json = {name: before[name] for name in ("id", "organizationId", "createdDate")}
    head |= {"version": before["version"] + 1, "updatedDate": now, "files": kept}
    document = _written(organization, draft, _paid_status(record, draft, status)) | head
    return organization.shelf("vouchers").put(Record(_ordered(document), record.hidden))


def blank(organization: Organization, file_id: str, due: float, now: str) -> Record:
    """Add the voucher of an upload; ``due`` is when its text will be recognised, in seconds since the epoch."""
    draft = {"type": "purchaseinvoice", "taxType": "gross", "useCollectiveContact": True}
    record = create(organization, draft, "blank", now).with_hidden(recognized_at=due)
    return organization.shelf("vouchers").put(Record(record.document | {"files": [file_id]}, record.hidden))


def with_file(organization: Organization, record: Record, file_id: str, now: str) -> Record:
    """One more file. This counts as a change of the voucher (our choice), so its version moves."""
    changes = {"files": [*record.document["files"], file_id]}
    return organization.shelf("vouchers").put(record.changed(changes, now))


def _written(organization: Organization, draft: Json, status: str) -> Json:
    document: Json = {"type": draft["type"], "voucherStatus": status}
    document |= {name: draft[name] for name in PLAIN if name in draft}
    document |= {name: days.shown(days.parsed(draft[name])) for name in DAYS if name in draft}
    if status not in {"blank", "unchecked"}:
        document.setdefault("dueDate", document["voucherDate"])
    document |= {name: _cents(draft[name]) for name in ("totalGrossAmount", "totalTaxAmount") if name in draft}
    document |= _contact(organization, draft)
    return document | {"voucherItems": [_item(item) for item in draft.get("voucherItems", [])]}


def _contact(organization: Organization, draft: Json) -> Json:
    """The collective contact may have a name of its own; a stored contact has its own."""
    if draft.get("useCollectiveContact"):
        name = draft.get("contactName") or kinds.collective_contact(draft["type"])
        return {"useCollectiveContact": True, "contactName": name}
    record = organization.contacts.get(rules.canonical_id(draft["contactId"]) or "")
    assert record is not None  # noqa: S101  (the rules have looked)
    return {
        "useCollectiveContact": False,
        "contactId": record.contact["id"],
        "contactName": display_name(record.contact),
    }


def _item(item: Json) -> Json:
    shaped: Json = {name: _cents(item[name]) for name in ("amount", "taxAmount") if name in item}
    if "taxRatePercent" in item:
        shaped["taxRatePercent"] = item["taxRatePercent"]
    return shaped | ({"categoryId": rules.canonical_id(item["categoryId"])} if "categoryId" in item else {})


def _paid_status(record: Record, draft: Json, status: str) -> str:
    """A booked voucher whose total has changed may be paid by now, or no longer."""
    if status not in {"open", "paid", "paidoff"}:
        return status
    return paying.status(draft["type"], decimal(draft["totalGrossAmount"]), paying.paid(record))


def _ids(texts: list[str]) -> set[str | None]:
    return {rules.canonical_id(text) for text in texts}


def _cents(value: Any) -> float:
    return float(sums.amount(value))


def _ordered(document: Json) -> Json:
    return {name: document[name] for name in ORDER if name in document}
