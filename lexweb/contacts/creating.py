"""Creating a contact once, however often and by whatever accident it is asked for (behaviour.md, chapter 2)."""

from datetime import datetime
from typing import Any

import structlog

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients import gateway
from lexweb.clients.models import Connection
from lexweb.contacts import writing
from lexweb.contacts.models import Contact, Submission
from lexweb.firm.models import Staff
from lexweb.lexware import errors
from lexweb.lexware.api.contacts import ContactDraft
from lexweb.outbox import submissions

log = structlog.get_logger(__name__)

Payload = dict[str, Any]
Claim = submissions.Claim[Submission]


class Unconfirmed(Exception):
    """Lexware Office broke off, and it could not be found out whether the write was carried out."""


class InFlight(Exception):
    """The same contact is being sent at this moment."""


def once(office: gateway.Office, draft: ContactDraft, claim: Claim) -> tuple[Payload, ContactDraft]:
    """
    Return the new contact, and the draft that made it: of an earlier try perhaps, which is looked for first.

    :raises Unconfirmed: it may exist and cannot be found
    :raises InFlight: the claim is somebody else's by now; nothing was sent
    """
    if found := find_earlier(office, claim):
        return found
    try:
        submissions.about_to_send(claim, draft.payload())
        result = office.contacts.create(draft)
    except submissions.Lost:
        raise InFlight from None
    except errors.Uncertain as error:
        log.warning("contact.create_uncertain", submission=str(claim.submission.key), status=error.status)
        if new := _find_new(office, claim.submission, draft):
            return new, draft
        raise Unconfirmed from error
    return writing.read_back(office, result.id, fallback=draft.payload(), version=result.version), draft


def find_earlier(office: gateway.Office, claim: Claim) -> tuple[Payload, ContactDraft] | None:
    """
    Return what an earlier try, of which nobody knows whether it was carried out, has created, and its draft.

    :raises Unconfirmed: it cannot be found out now
    """
    if claim.doubt is None:
        return None
    earlier = ContactDraft.model_validate(claim.doubt)
    found = _find_new(office, claim.submission, earlier)
    return (found, earlier) if found else None


def keep(claim: Claim, payload: Payload, *, by: Staff | None) -> Contact:
    """Store the new contact and tell of it, once; inside the caller's transaction."""
    connection = claim.submission.connection
    contact = writing.store(connection, payload)
    if submissions.finish(claim, contact=contact):
        activity.record(Kind.CONTACT_CREATED, client=connection.client, by=by, target=contact.target, name=contact.name)
    return contact


def give_back(claim: Claim, error: BaseException) -> None:
    """Note how far it got, unless the process is dying: then the claim runs out by itself."""
    if isinstance(error, Exception):
        submissions.give_back(claim, refused=submissions.surely_not(error))


def _find_new(office: gateway.Office, submission: Submission, draft: ContactDraft) -> Payload | None:
    """Return the contact that holds what was sent and was not known before it was sent."""
    try:
        found = office.contacts.find(draft)
    except errors.LexwareError as error:
        raise Unconfirmed from error
    ids = [contact.id for contact in found]
    taken = _taken(submission.connection, ids, submission.created_at)
    new = [contact for contact in found if contact.id not in taken]
    return new[0].payload() if new else None


def _taken(connection: Connection, ids: list[Any], since: datetime) -> set[Any]:
    known = Contact.objects.filter(connection=connection, lexware_id__in=ids)
    taken = set(known.filter(first_seen_at__lt=since).values_list("lexware_id", flat=True))
    return taken | set(Submission.objects.filter(contact__in=known).values_list("contact__lexware_id", flat=True))
