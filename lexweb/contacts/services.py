"""
Everything that changes contacts: Lexware Office first, then the mirror.

A write answers with id and version only, so the contact is read back. If that fails the write has happened all the
same: then the mirror takes what was sent, and the next sync puts it right.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from lexweb.clients import gateway
from lexweb.clients.models import Client
from lexweb.contacts import creating, fields, policies, writing
from lexweb.contacts.models import Contact, Submission
from lexweb.firm.models import Staff
from lexweb.lexware import errors
from lexweb.lexware.api.contacts import ContactDraft
from lexweb.outbox import submissions

log = structlog.get_logger(__name__)

Conflict = gateway.Conflict
Rejected = gateway.Rejected
Locked = policies.Locked
Values = Mapping[str, Any]
Gone = writing.Gone
Unconfirmed = creating.Unconfirmed
InFlight = creating.InFlight


class Spent(Exception):
    """
    The form has already created a contact, and what it says now is something else.

    `contact` is None if it has been deleted since.
    """

    def __init__(self, contact: Contact | None) -> None:
        super().__init__()
        self.contact = contact


class CreatedBefore(Exception):
    """An earlier try did create the contact, with what the form said then; what it says now was not sent."""

    def __init__(self, contact: Contact) -> None:
        super().__init__()
        self.contact = contact


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
    draft = writing.draft(contact.raw, values, version)
    passing = (Conflict, Rejected, gateway.NotFound, gateway.Uncertain)
    try:
        with gateway.open_office(contact.connection, passing=passing) as office:
            payload = _update(office, contact, draft)
    except gateway.NotFound as error:
        _forget(contact)
        raise Gone from error
    with transaction.atomic():
        contact = writing.store(contact.connection, payload)
        writing.tell(contact, before=before, by=by)
    return contact


def refresh(contact: Contact) -> Contact:
    """
    Read the contact anew from Lexware Office.

    :raises Gone: it was deleted there
    """
    try:
        with gateway.open_office(contact.connection, passing=(gateway.NotFound,)) as office:
            payload = office.contacts.get(contact.lexware_id).payload()
    except gateway.NotFound as error:
        _forget(contact)
        raise Gone from error
    return writing.store(contact.connection, payload)


def create(client: Client, *, values: Values, key: UUID, by: Staff) -> Contact:
    """
    Create a contact, once for each `key`, however often and by whatever accident this is called.

    :param key: made with the form, and sent along with it
    :raises Rejected: Lexware Office refuses the values; `issues` says which
    :raises Unconfirmed: it may have been created but cannot be found; calling again looks first, then sends
    :raises InFlight: the same form is being sent right now
    :raises Spent: the form was sent before, with other values: somebody went back and typed the next contact
    :raises CreatedBefore: an earlier try, of which nobody knew whether it was carried out, has created it
    """
    connection = client.connection
    draft = ContactDraft.model_validate(fields.apply({"version": 0}, values))
    submission, _ = Submission.objects.get_or_create(key=key, connection=connection, defaults={"staff": by})
    claim = submissions.take(submission, draft.payload())
    if claim is None:
        return _made_by_twin(submission, draft)
    try:
        with gateway.open_office(connection, passing=(Rejected, gateway.Uncertain)) as office:
            payload, sent = creating.once(office, draft, claim)
    except BaseException as error:
        creating.give_back(claim, error)
        raise
    with transaction.atomic():
        contact = creating.keep(claim, payload, by=by)
    if sent.payload() != draft.payload():
        raise CreatedBefore(contact)
    return contact


def _update(office: gateway.Office, contact: Contact, draft: ContactDraft) -> dict[str, Any]:
    try:
        return writing.put(office, contact.lexware_id, draft, raw=contact.raw)
    except errors.Uncertain as error:
        return _look_after_update(office, contact, draft, error)


def _made_by_twin(submission: Submission, draft: ContactDraft) -> Contact:
    """Return what the same form, sent before, has made."""
    submissions.wait(submission)
    if submission.state != Submission.State.DONE:
        raise InFlight
    contact = Contact.objects.select_related("connection__client").filter(submission=submission).first()
    if contact is None or submission.sent != draft.payload():
        raise Spent(contact)
    return contact


def _look_after_update(
    office: gateway.Office, contact: Contact, draft: ContactDraft, error: errors.Uncertain
) -> dict[str, Any]:  # fmt: skip
    """Find out what became of an uncertain update: done, not done, or somebody else's newer version."""
    log.warning("contact.update_uncertain", status=error.status)
    try:
        payload = office.contacts.get(contact.lexware_id).payload()
    except errors.NotFound:
        raise
    except errors.LexwareError as problem:
        raise Unconfirmed from problem
    if not any(fields.differing(fields.read(draft.payload()), fields.read(payload))):
        return payload
    if payload["version"] == draft.version:
        raise Unconfirmed from error
    raise errors.Conflict("changed meanwhile", method="PUT", path=error.path) from error


def _forget(contact: Contact) -> None:
    contact.delete()
