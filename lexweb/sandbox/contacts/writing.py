"""Creating, replacing and editing contacts."""

import uuid
from typing import Any

from lexweb.sandbox.contacts.book import Book, Record
from lexweb.sandbox.web import Json


def create(book: Book, draft: Json, *, organization_id: str, now: str) -> Record:
    """Add a contact; new ones start at version 1 and get a number for each role."""
    head = {"id": str(uuid.uuid4()), "organizationId": organization_id, "version": 1, "archived": False}
    record = Record(_stored(book, draft, {}) | head, now, now)
    book.put(record)
    return record


def replace(book: Book, record: Record, draft: Json, *, now: str) -> Record:
    """Replace a contact: what the draft does not say is gone; roles it keeps hold on to their numbers."""
    read_only = {name: record.contact[name] for name in ("id", "organizationId", "archived")}
    changed = record.changed(_stored(book, draft, record.contact["roles"]) | read_only, now)
    book.put(changed)
    return changed


def edit(book: Book, record: Record, changes: dict[str, Any], *, now: str) -> Record:
    """Change a contact the way people in the web application do: any member, several entries, no rules."""
    merged = merge(record.contact, changes) | {
        "id": record.contact["id"],
        "version": record.contact["version"],
    }
    changed = record.changed(merged, now)
    book.put(changed)
    return changed


def merge(value: Any, changes: Any) -> Any:
    """JSON merge patch (RFC 7396): objects merge, null deletes, everything else replaces."""
    if not isinstance(changes, dict):
        return changes
    merged = dict(value) if isinstance(value, dict) else {}
    for name, change in changes.items():
        if change is None:
            merged.pop(name, None)
        else:
            merged[name] = merge(merged.get(name), change)
    return merged


def _stored(book: Book, draft: Json, roles: Json) -> Json:
    contact = {name: value for name, value in draft.items() if name != "version"}
    contact["roles"] = {role: roles.get(role) or {"number": book.new_number(role)} for role in draft["roles"]}
    if "company" in contact:
        contact["company"] = {"allowTaxFreeInvoices": False} | contact["company"]
        persons = [{"primary": False} | person for person in contact["company"].get("contactPersons", [])]
        if persons:
            contact["company"]["contactPersons"] = persons
    return contact
