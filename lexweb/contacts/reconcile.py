"""Contacts that a whole pass did not show: deleted over there, or slipped through while the pages moved."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from lexweb.clients import gateway
from lexweb.clients.models import Connection
from lexweb.contacts import mirror
from lexweb.contacts.models import Contact
from lexweb.lexware import errors

AT_ONCE = 50  # asking for each costs a request; the rest waits for the next pass


def missing(office: gateway.Office, connection: Connection, since: datetime) -> Iterator[None]:
    """
    Ask for each contact that was not seen since; remove it only when Lexware Office says that it is gone.

    Yields after each, so that the caller can renew its lease: all together they take longer than that.
    """
    unseen = Contact.objects.filter(connection=connection, seen_at__lt=since).order_by("seen_at")
    for contact in unseen.only("lexware_id")[:AT_ONCE]:
        try:
            payload = office.contacts.get(contact.lexware_id).payload()
        except errors.NotFound:
            contact.delete()
        else:
            mirror.store(connection, payload, seen_at=timezone.now())
        yield
