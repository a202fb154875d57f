"""
One sync per connection at a time, on however many workers.

Taking and renewing are conditional updates; whoever lost the lease finds out before storing anything.

Whoever writes the State together with anything else locks the Connection first, as connecting does: two who began at
different ends would wait for each other.
"""

import contextlib
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
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
    # Not its key: a webhook that is being stored, and has woken the state already, still has to name the connection.
    Connection.objects.select_for_update(no_key=True).filter(pk=connection_id).values_list("pk").first()


def take(connection_id: int) -> State | None:
    """Take the lease if the connection is due and free."""
    owner = uuid.uuid4().hex
    if not due().filter(connection_id=connection_id).update(lease_owner=owner, lease_until=until()):
        return None
    state = State.objects.select_related("connection__client").get(connection_id=connection_id)
    if state.lease_owner != owner:  # it ran out at once: this process was asleep
        return None
    HELD[owner] = state.pk
    return state


def look(state: State) -> State:
    """
    Return the state as it is now.

    :raises Lost: the lease is somebody else's, or the connection was given to another organization
    """
    now = State.objects.select_related("connection__client").filter(pk=state.pk, lease_owner=state.lease_owner).first()
    if now is None:
        raise _lost(state)
    return now


@contextlib.contextmanager
def storing(state: State) -> Iterator[None]:
    """
    Open the transaction in which a step stores what it read, and renew the lease in it.

    :raises Lost: the lease is somebody else's; nothing was stored
    """
    with transaction.atomic():
        lock(state.connection_id)
        advance(state)
        yield


def advance(state: State, **values: object) -> None:
    """
    Store values of the state and renew the lease, in one conditional update.

    :raises Lost: the lease is somebody else's; nothing was stored
    """
    if not _mine(state).update(lease_until=until(), **values):
        raise _lost(state)
    for name, value in values.items():
        setattr(state, name, value)


def rest(state: State, due_at: datetime | None, **values: object) -> bool:
    """Give the lease back until `due_at`; return False, and keep it, if something came in since `state` was read."""
    done = _mine(state).filter(wakes=state.wakes).update(lease_owner="", lease_until=None, due_at=due_at, **values)
    if done:
        HELD.pop(state.lease_owner, None)
    return bool(done)


def release(state: State, **values: object) -> None:
    """Give the lease back whatever came in; nothing happens if it is somebody else's by now."""
    _mine(state).update(lease_owner="", lease_until=None, **values)
    HELD.pop(state.lease_owner, None)


def release_all() -> None:
    """Give back what this process holds, so that the next worker need not wait until it runs out."""
    with contextlib.suppress(DatabaseError):  # gone before us: then the leases run out by themselves
        for owner, pk in list(HELD.items()):
            State.objects.filter(pk=pk, lease_owner=owner).update(lease_owner="", lease_until=None)
            HELD.pop(owner, None)


def _mine(state: State) -> QuerySet[State]:
    return State.objects.filter(pk=state.pk, lease_owner=state.lease_owner)


def _lost(state: State) -> Lost:
    HELD.pop(state.lease_owner, None)
    return Lost()
