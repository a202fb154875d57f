"""What is chosen in the list of contacts of one client."""

from typing import Any

from django.db.models import QuerySet

from lexweb.clients.models import Connection
from lexweb.contacts import selectors
from lexweb.contacts.models import Contact
from lexweb.outbox.selection import Selection


def scope(connection: Connection) -> list[Any]:
    """Return whose contacts the selection is made of: another organization's are others."""
    return ["contacts", connection.pk, str(connection.organization_id)]


def contacts(connection: Connection, selection: Selection[selectors.Query]) -> QuerySet[Contact]:
    """Return what is chosen, as it is now."""
    if selection.query is not None:
        return selectors.matching(connection, selection.query)
    chosen = Contact.objects.filter(connection=connection, lexware_id__in=selection.ids)
    return chosen.order_by("sort_name", "pk")
