"""
One sync per connection at a time, on however many workers.

Taking and renewing are conditional updates; whoever lost the lease finds out with the next page, before storing it.

Whoever writes the State together with anything else locks the Connection first, as connecting does: two who began at
different ends would wait for each other.
"""

import contextlib
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Q, QuerySet
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.sync.models import State

HELD: dict[str, int] = {}  # of this process: owner → State


class Lost(Exception):
    """Somebody else works on this connection now."""


def due() -> QuerySet[State]:
    """Return what should run and nobody works on, the longest waiting first."""
    now = timezone.now()
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    # A subquery, not a join: an UPDATE over a join would look for a free lease in a copy of the row, and on PostgreSQL
    # let a second worker take what a first one has just taken.
    connected = Connection.objects.filter(state=Connection.State.CONNECTED)
    return State.objects.filter(free, due_at__lte=now, connection__in=connected).order_by("due_at")


def until() -> datetime:
    """Return the moment until which a lease taken or renewed now holds."""
    return timezone.now() + timedelta(seconds=settings.SYNC_LEASE)


def lock(connection_id: int) -> None:
    """Lock the connection until the transaction ends; to be done before anything is written."""
    Connection.objects.select_for_update().filter(pk=connection_id).values_list("pk").first()


def take(connection_id: int) -> State | None:
    """Take the lease if the sync is due and free."""
    owner = uuid.uuid4().hex
    if not due().filter(connection_id=connection_id).update(lease_owner=owner, lease_until=until()):
        return None
    state = State.objects.select_related("connection__client").get(connection_id=connection_id)
    HELD[owner] = state.pk
    return state


def advance(state: State, **values: object) -> None:
    """
    Store progress and renew the lease, in one conditional update.

    :raises Lost: the lease is somebody else's; nothing was stored
    """
    mine = State.objects.filter(pk=state.pk, lease_owner=state.lease_owner)
    if not mine.update(lease_until=until(), **values):
        HELD.pop(state.lease_owner, None)
        raise Lost
    for name, value in values.items():
        setattr(state, name, value)


def release(state: State, **values: object) -> None:
    """Give the lease back; nothing happens if it is somebody else's by now."""
    mine = State.objects.filter(pk=state.pk, lease_owner=state.lease_owner)
    mine.update(lease_owner="", lease_until=None, **values)
    HELD.pop(state.lease_owner, None)


def release_all() -> None:
    """Give back what this process holds, so that the next worker need not wait until it runs out."""
    with contextlib.suppress(DatabaseError):  # gone before us: then the leases run out by themselves
        for owner, pk in list(HELD.items()):
            State.objects.filter(pk=pk, lease_owner=owner).update(lease_owner="", lease_until=None)
            HELD.pop(owner, None)
