"""Contacts that a whole pass did not show: deleted over there, or slipped through while the pages moved."""

from datetime import datetime

from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.contacts import mirror
from lexweb.contacts.models import Contact
from lexweb.lexware import errors
from lexweb.lexware.office import Office

AT_ONCE = 50  # asking for each costs a request; the rest waits for the next pass


def missing(office: Office, connection: Connection, since: datetime) -> None:
    """Ask for each contact that was not seen since; remove it only when Lexware Office says that it is gone."""
    unseen = Contact.objects.filter(connection=connection, seen_at__lt=since).order_by("seen_at")
    for contact in unseen.only("lexware_id")[:AT_ONCE]:
        try:
            payload = office.contacts.get(contact.lexware_id).payload()
        except errors.NotFound:
            contact.delete()
        else:
            mirror.store(connection, payload, seen_at=timezone.now())
