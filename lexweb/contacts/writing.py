"""What every write of a contact needs: the draft before it, the answer after it, and the line in the history."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import structlog
from django.utils import timezone

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients import gateway
from lexweb.clients.models import Connection
from lexweb.contacts import fields, mirror
from lexweb.contacts.models import Contact
from lexweb.firm.models import Staff
from lexweb.lexware import errors
from lexweb.lexware.api.contacts import ContactDraft

log = structlog.get_logger(__name__)

Payload = dict[str, Any]
Values = Mapping[str, Any]


class Gone(Exception):
    """The contact no longer exists in Lexware Office."""


def draft(raw: Payload, values: Values, version: int) -> ContactDraft:
    """Return the contact with the values put in; what no field knows is kept."""
    shown = read_only(raw)
    writable = {name: part for name, part in raw.items() if name not in shown}
    return ContactDraft.model_validate({**fields.apply(writable, values), "version": version})


def put(office: gateway.Office, contact_id: UUID, sent: ContactDraft, *, raw: Payload) -> Payload:
    """Send the draft; return the contact as it is then."""
    result = office.contacts.update(contact_id, sent)
    return read_back(office, contact_id, fallback={**read_only(raw), **sent.payload()}, version=result.version)


def read_back(office: gateway.Office, contact_id: UUID, *, fallback: Payload, version: int) -> Payload:
    """Return the contact as it is after a write; a read that fails, or shows it as it was before, is no help."""
    written = {"archived": False, **fallback, "id": str(contact_id), "version": version}
    try:
        payload = office.contacts.get(contact_id).payload()
    except errors.LexwareError as error:
        log.warning("contact.read_back_failed", kind=type(error).__name__)
        return written
    if payload["version"] < version:
        log.warning("contact.read_back_stale", versions=version - payload["version"])
        return written
    return payload


def store(connection: Connection, payload: Payload) -> Contact:
    """
    Put what Lexware Office has just shown into the mirror.

    :raises Gone: the connection belongs to another organization by now
    """
    try:
        return mirror.store(connection, payload, asked_at=timezone.now())
    except mirror.Foreign as error:
        raise Gone from error


def tell(contact: Contact, *, before: Values, by: Staff | None) -> None:
    """Write into the history how the contact differs from `before`, if it does."""
    after = fields.read(contact.raw)
    changes = [
        {"label": field.label, "before": before[field.name], "after": after[field.name]}
        for field in fields.FIELDS
        if field.name in before and before[field.name] != after[field.name]
    ]
    if changes:
        activity.record(
            Kind.CONTACT_CHANGED,
            client=contact.connection.client,
            by=by,
            target=contact.target,
            name=contact.name,
            changes=changes,
        )


def read_only(raw: Payload) -> Payload:
    """Return what the API shows but does not take."""
    return {name: raw[name] for name in ("id", "organizationId", "archived") if name in raw}
