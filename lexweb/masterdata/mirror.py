"""Whole lists of an account, as they come."""

from datetime import datetime

from django.db import transaction

from lexweb.clients import mirroring
from lexweb.clients.mirroring import Payload, Stored
from lexweb.clients.models import Connection
from lexweb.masterdata.models import Listing


def store(connection: Connection, name: str, entries: list[Payload], *, asked_at: datetime) -> Stored:
    """
    Store a list that Lexware Office has just shown, unless a newer one is here.

    :param name: of `Listing.Name`
    """
    with transaction.atomic():
        if mirroring.lock(connection) != connection.organization_id:
            return Stored()  # the list of another organization, to which the connection belonged when it was asked
        own = mirroring.own(connection, [mirroring.storable(entry) for entry in entries])
        listing = Listing.objects.filter(connection=connection, name=name).first()
        if listing and listing.seen_at > asked_at:
            return Stored(len(own))
        before = {} if listing is None else {entry.get("id"): entry for entry in listing.entries}
        Listing.objects.update_or_create(
            connection=connection, name=name, defaults={"entries": own, "seen_at": asked_at}
        )  # fmt: skip
    new = sum(entry.get("id") not in before for entry in own)
    same = sum(before.get(entry.get("id")) == entry for entry in own)
    return Stored(len(own), new, len(own) - new - same)


def forget(connection: Connection, name: str) -> bool:
    """Remove a list; say whether it was there."""
    return bool(Listing.objects.filter(connection=connection, name=name).delete()[0])
