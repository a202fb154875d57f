"""
Everything that changes contacts: Lexware Office first, then the mirror.

A write answers with id and version only, so the contact is read back. If that fails the write has happened all the
same: then the mirror takes what was sent, and the next sync puts it right.
"""

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
from lexweb.contacts import fields, mirror, policies, submissions
from lexweb.contacts.models import Contact, Submission
from lexweb.firm.models import Staff
from lexweb.lexware import errors
from lexweb.lexware.api.contacts import ContactDraft

log = structlog.get_logger(__name__)

Conflict = gateway.Conflict
Rejected = gateway.Rejected
Locked = policies.Locked
Values = Mapping[str, Any]

NOT_CARRIED_OUT = {"rate_limited", "unreachable", "reconnect", "disconnected", "sealed", "plan", "forbidden"}


class Gone(Exception):
    """The contact no longer exists in Lexware Office."""


class Unconfirmed(Exception):
    """Lexware Office broke off, and it could not be found out whether the write was carried out."""


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
    passing = (Conflict, Rejected, gateway.NotFound, gateway.Uncertain)
    try:
        with gateway.open_office(contact.connection, passing=passing) as office:
            payload = _update(office, contact, draft)
    except gateway.NotFound as error:
        _forget(contact)
        raise Gone from error
    with transaction.atomic():
        contact = _store(contact.connection, payload)
        changes = _changes(before, fields.read(mirror.storable(payload)))
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
    try:
        with gateway.open_office(contact.connection, passing=(gateway.NotFound,)) as office:
            payload = office.contacts.get(contact.lexware_id).payload()
    except gateway.NotFound as error:
        _forget(contact)
        raise Gone from error
    return _store(contact.connection, payload)


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
        payload, sent = _create_once(connection, draft, claim)
    except BaseException as error:
        _give_back(claim, error)
        raise
    contact = _keep_new(claim, payload, by)
    if sent.payload() != draft.payload():
        raise CreatedBefore(contact)
    return contact


def _update(office: gateway.Office, contact: Contact, draft: ContactDraft) -> dict[str, Any]:
    try:
        result = office.contacts.update(contact.lexware_id, draft)
    except errors.Uncertain as error:
        return _look_after_update(office, contact, draft, error)
    sent = {**_read_only(contact.raw), **draft.payload()}
    return _read_back(office, contact.lexware_id, fallback=sent, version=result.version)


def _create_once(
    connection: Connection, draft: ContactDraft, claim: submissions.Claim
) -> tuple[dict[str, Any], ContactDraft]:  # fmt: skip
    """Return the new contact, and the draft that made it: of an earlier try perhaps, which is looked for first."""
    since = claim.submission.created_at
    with gateway.open_office(connection, passing=(Rejected, gateway.Uncertain)) as office:
        if claim.doubt is not None:
            earlier = ContactDraft.model_validate(claim.doubt)
            if found := _find_new(office, connection, earlier, since):
                return found, earlier
        try:
            submissions.about_to_send(claim, draft.payload())
            result = office.contacts.create(draft)
        except submissions.Lost:
            raise InFlight from None
        except errors.Uncertain as error:
            log.warning("contact.create_uncertain", submission=str(claim.submission.key), status=error.status)
            if found := _find_new(office, connection, draft, since):
                return found, draft
            raise Unconfirmed from error
        return _read_back(office, result.id, fallback=draft.payload(), version=result.version), draft


def _keep_new(claim: submissions.Claim, payload: dict[str, Any], by: Staff) -> Contact:
    connection = claim.submission.connection
    with transaction.atomic():
        contact = _store(connection, payload)
        if submissions.finish(claim, contact):
            activity.record(
                Kind.CONTACT_CREATED, client=connection.client, by=by, target=contact.target, name=contact.name
            )
    return contact


def _made_by_twin(submission: Submission, draft: ContactDraft) -> Contact:
    """Return what the same form, sent before, has made."""
    submissions.wait(submission)
    if submission.state != Submission.State.DONE:
        raise InFlight
    contact = Contact.objects.select_related("connection__client").filter(submission=submission).first()
    if contact is None or submission.sent != draft.payload():
        raise Spent(contact)
    return contact


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


def _give_back(claim: submissions.Claim, error: BaseException) -> None:
    """Note how far it got, unless the process is dying: then the claim runs out by itself."""
    if isinstance(error, Exception):
        not_sent = isinstance(error, troubles.Trouble) and error.code in NOT_CARRIED_OUT
        submissions.give_back(claim, refused=isinstance(error, Rejected) or not_sent)


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


def _read_back(office: gateway.Office, contact_id: UUID, *, fallback: dict[str, Any], version: int) -> dict[str, Any]:
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


def _store(connection: Connection, payload: dict[str, Any]) -> Contact:
    """
    Put what Lexware Office has just shown into the mirror.

    :raises Gone: the connection belongs to another organization by now
    """
    try:
        return mirror.store(connection, payload, seen_at=timezone.now())
    except mirror.Foreign as error:
        raise Gone from error


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
