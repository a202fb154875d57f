"""Contacts that a whole pass did not show: deleted over there, or slipped through while the pages moved."""

from collections.abc import Iterator
from datetime import datetime

import structlog
from django.utils import timezone

from lexweb.clients import gateway
from lexweb.clients.models import Connection
from lexweb.contacts import mirror
from lexweb.contacts.models import Contact
from lexweb.lexware import errors

log = structlog.get_logger(__name__)

AT_ONCE = 50  # asking for each costs a request; the rest waits for the next pass


def missing(office: gateway.Office, connection: Connection, since: datetime) -> Iterator[None]:
    """
    Ask for each contact that was not seen since; remove it only when Lexware Office says that it is gone.

    A contact that is answered in an odd way is left as it is: it must not keep a pass from its end. What concerns
    the whole connection does end it.

    Yields after each, so that the caller can renew its lease: all together they take longer than that.
    """
    unseen = Contact.objects.filter(connection=connection, seen_at__lt=since).order_by("seen_at")
    for contact in unseen.only("lexware_id")[:AT_ONCE]:
        try:
            _ask(office, connection, contact)
        except (errors.Rejected, errors.Unexpected) as error:
            log.warning("sync.contact_skipped", kind=type(error).__name__)
        yield


def _ask(office: gateway.Office, connection: Connection, contact: Contact) -> None:
    try:
        payload = office.contacts.get(contact.lexware_id).payload()
        mirror.store(connection, payload, seen_at=timezone.now())
    except (errors.NotFound, mirror.Foreign):
        contact.delete()
    except errors.Forbidden:
        # What belongs to another organization may be answered so (oauth-and-partner.md, chapter 5). A lost right is,
        # too: then no page can be read either, and this ends the pass.
        office.contacts.page(size=1)
        contact.delete()
