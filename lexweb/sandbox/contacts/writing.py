"""Creating, replacing and editing contacts."""

import uuid
from typing import Any

from lexweb.sandbox.contacts import rules, shape
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
    """
    Change a contact the way people in the web application do: several entries in a list, archived or not.

    :param changes: JSON merge patch; null deletes
    :raises ValueError: the result would be no contact: a wrong type, or something mandatory is missing
    """
    merged = merge(record.contact, changes)
    draft = shape.shaped(merged)
    if missing := [str(issue.source) for issue in rules.issues(draft) if issue.key == "missing_entity"]:
        raise ValueError(f"missing: {', '.join(missing)}")
    read_only = {name: record.contact[name] for name in ("id", "organizationId")}
    contact = _stored(book, draft, record.contact["roles"]) | read_only | {"archived": merged.get("archived") is True}
    changed = record.changed(contact, now)
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
