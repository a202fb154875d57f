"""
Everything that changes contacts: Lexware Office first, then the mirror.

A write answers with id and version only, so the contact is read back. If that fails the write has happened all the
same: then the mirror takes what was sent, and the next sync puts it right.
"""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients import gateway, troubles
from lexweb.clients.models import Client, Connection
from lexweb.contacts import fields, mirror, policies
from lexweb.contacts.models import IN_FLIGHT, Contact, Submission
from lexweb.firm.models import Staff
from lexweb.lexware import contact_lookup, errors
from lexweb.lexware import contacts as lexware
from lexweb.lexware.contacts import ContactDraft

log = structlog.get_logger(__name__)

Conflict = gateway.Conflict
Rejected = gateway.Rejected
Locked = policies.Locked
Values = Mapping[str, Any]

NOT_CARRIED_OUT = {"rate_limited", "unreachable", "reconnect", "disconnected", "plan", "forbidden"}
TWIN_WAIT = 12.0  # seconds to wait for the same form, sent a moment before


class Gone(Exception):
    """The contact no longer exists in Lexware Office."""


class Unconfirmed(Exception):
    """Lexware Office broke off, and it could not be found out whether the write was carried out."""


class Spent(Exception):
    """The form has already created a contact, and what it says now is something else."""

    def __init__(self, contact: Contact) -> None:
        super().__init__()
        self.contact = contact


class InFlight(Exception):
    """The same form is being saved at this moment."""


def update(contact: Contact, *, values: Values, version: int, by: Staff) -> Contact:
    """
    Change the contact in Lexware Office, then in the mirror.

    :param values: fields by name, see `fields.FIELDS`
    :param version: the version the person saw
    :raises Conflict: someone saved it there first
    :raises Rejected: Lexware Office refuses the values; `issues` says which
    :raises Locked: the API cannot update this contact
    :raises Gone: it was deleted there
    :raises Unconfirmed: nobody knows whether it was saved; saving again is safe, as the version protects it
    """
    policies.check_editable(contact)
    before = fields.read(contact.raw)
    draft = _draft(contact.raw, values, version)
    with gateway.open_office(contact.connection) as office:
        try:
            result = office.contacts.update(contact.lexware_id, draft)
            sent = {**_read_only(contact.raw), **draft.payload()}
            payload = _read_back(office, contact.lexware_id, fallback=sent, version=result.version)
        except errors.NotFound as error:
            _forget(contact)
            raise Gone from error
        except errors.Uncertain as error:
            payload = _look_after_update(office, contact, values, version, error)
    with transaction.atomic():
        contact = mirror.store(contact.connection, payload, seen_at=timezone.now())
        changes = _changes(before, fields.read(payload))
        if changes:
            activity.record(
                Kind.CONTACT_CHANGED,
                client=contact.connection.client,
                by=by,
                target=contact.target,
                name=contact.name,
                changes=changes,
            )
    return contact


def refresh(contact: Contact) -> Contact:
    """
    Read the contact anew from Lexware Office.

    :raises Gone: it was deleted there
    """
    with gateway.open_office(contact.connection) as office:
        try:
            payload = office.contacts.get(contact.lexware_id).payload()
        except errors.NotFound as error:
            _forget(contact)
            raise Gone from error
    return mirror.store(contact.connection, payload, seen_at=timezone.now())


def create(client: Client, *, values: Values, key: UUID, by: Staff) -> Contact:
    """
    Create a contact, once for each `key`, however often and by whatever accident this is called.

    :param key: made with the form, and sent along with it
    :raises Rejected: Lexware Office refuses the values; `issues` says which
    :raises Unconfirmed: it may have been created but cannot be found; calling again looks first, then sends
    :raises InFlight: the same form is being sent right now
    :raises Spent: the form was sent before, with other values: somebody went back and typed the next contact
    """
    connection = client.connection
    draft = ContactDraft.model_validate(fields.apply({"version": 0}, values))
    submission, _ = Submission.objects.get_or_create(key=key, connection=connection, defaults={"staff": by})
    claimed, look_first = _claim(submission)
    if not claimed:
        contact = _wait_for_twin(submission)
        if not contact_lookup.holds(lexware.Contact.model_validate(contact.raw), draft):
            raise Spent(contact)
        return contact
    try:
        payload = _create_once(connection, draft, submission, look_first=look_first)
    except BaseException as error:
        _release(submission, error)
        raise
    with transaction.atomic():
        contact = mirror.store(connection, payload, seen_at=timezone.now())
        Submission.objects.filter(pk=submission.pk).update(state=Submission.State.DONE, contact=contact)
        activity.record(Kind.CONTACT_CREATED, client=client, by=by, target=contact.target, name=contact.name)
    return contact


def _create_once(
    connection: Connection, draft: ContactDraft, submission: Submission, *, look_first: bool
) -> dict[str, Any]:  # fmt: skip
    with gateway.open_office(connection) as office:
        if look_first and (found := _find_new(office, connection, draft, submission.created_at)):
            return found
        try:
            result = office.contacts.create(draft)
        except errors.Uncertain as error:
            log.warning("contact.create_uncertain", submission=str(submission.pk), status=error.status)
            if found := _find_new(office, connection, draft, submission.created_at):
                return found
            raise Unconfirmed from error
        return _read_back(office, result.id, fallback=draft.payload(), version=result.version)


def _find_new(
    office: gateway.Office, connection: Connection, draft: ContactDraft, since: datetime
) -> dict[str, Any] | None:  # fmt: skip
    """Return the contact that holds what was sent and was not known before it was sent."""
    try:
        found = office.contacts.find(draft)
    except errors.LexwareError as error:
        raise Unconfirmed from error
    ids = [contact.id for contact in found]
    known = Contact.objects.filter(connection=connection, lexware_id__in=ids)
    taken = set(known.filter(first_seen_at__lt=since).values_list("lexware_id", flat=True))
    taken |= set(Submission.objects.filter(contact__in=known).values_list("contact__lexware_id", flat=True))
    new = [contact for contact in found if contact.id not in taken]
    return new[0].payload() if new else None


def _claim(submission: Submission) -> tuple[bool, bool]:
    """Return whether the submission is ours to send, and whether an earlier try may have got through."""
    now = timezone.now()
    state = Submission.State
    for before, look_first in ((state.RELEASED, False), (state.UNCERTAIN, True)):
        if Submission.objects.filter(pk=submission.pk, state=before).update(state=state.SENDING, claimed_at=now):
            return True, look_first
    stale = Submission.objects.filter(pk=submission.pk, state=state.SENDING, claimed_at__lt=now - IN_FLIGHT)
    return bool(stale.update(claimed_at=now)), True


def _wait_for_twin(submission: Submission) -> Contact:
    """Return what the same form, sent a moment before, has made."""
    deadline = time.monotonic() + TWIN_WAIT
    while time.monotonic() < deadline:
        submission.refresh_from_db()
        if submission.state == Submission.State.DONE and submission.contact_id:
            return Contact.objects.select_related("connection__client").get(pk=submission.contact_id)
        if submission.state != Submission.State.SENDING:
            break
        time.sleep(0.2)
    raise InFlight


def _release(submission: Submission, error: BaseException) -> None:
    """Note how far it got, unless the process is dying: then the claim runs out by itself."""
    if not isinstance(error, Exception):
        return
    refused = isinstance(error, Rejected) or (isinstance(error, troubles.Trouble) and error.code in NOT_CARRIED_OUT)
    state = Submission.State.RELEASED if refused else Submission.State.UNCERTAIN
    Submission.objects.filter(pk=submission.pk).update(state=state)


def _look_after_update(
    office: gateway.Office, contact: Contact, values: Values, version: int, error: errors.Uncertain
) -> dict[str, Any]:  # fmt: skip
    """Find out what became of an uncertain update: done, not done, or somebody else's newer version."""
    log.warning("contact.update_uncertain", status=error.status)
    try:
        payload = office.contacts.get(contact.lexware_id).payload()
    except errors.LexwareError as problem:
        raise Unconfirmed from problem
    now = fields.read(payload)
    if not any(fields.differing(dict(values), {name: now[name] for name in values})):
        return payload
    if payload["version"] == version:
        raise Unconfirmed from error
    raise errors.Conflict("changed meanwhile", method="PUT", path=error.path) from error


def _read_back(office: gateway.Office, contact_id: UUID, *, fallback: dict[str, Any], version: int) -> dict[str, Any]:
    try:
        return office.contacts.get(contact_id).payload()
    except errors.LexwareError as error:
        log.warning("contact.read_back_failed", kind=type(error).__name__)
        return {"archived": False, **fallback, "id": str(contact_id), "version": version}


def _draft(raw: dict[str, Any], values: Values, version: int) -> ContactDraft:
    read_only = _read_only(raw)
    writable = {name: part for name, part in raw.items() if name not in read_only}
    return ContactDraft.model_validate({**fields.apply(writable, values), "version": version})


def _read_only(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: raw[name] for name in ("id", "organizationId", "archived") if name in raw}


def _changes(before: Values, after: Values) -> list[dict[str, Any]]:
    return [
        {"label": field.label, "before": before[field.name], "after": after[field.name]}
        for field in fields.differing(before, after)
    ]


def _forget(contact: Contact) -> None:
    contact.delete()
