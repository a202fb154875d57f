"""
One sync per connection at a time, on however many workers.

Taking and renewing are conditional updates; whoever lost the lease finds out with the next page, before storing it.
"""

import uuid
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.sync.models import State

LENGTH = timedelta(seconds=75)  # longer than one page can take: 35 s time-out, 20 s of repeats, and storing


class Lost(Exception):
    """Somebody else works on this connection now."""


def due() -> QuerySet[State]:
    """Return what should run and nobody works on, the longest waiting first."""
    now = timezone.now()
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    connected = State.objects.filter(connection__state=Connection.State.CONNECTED)
    return connected.filter(free, due_at__lte=now).order_by("due_at")


def take(connection_id: int) -> State | None:
    """Take the lease if the sync is due and free."""
    owner = uuid.uuid4().hex
    if not due().filter(connection_id=connection_id).update(lease_owner=owner, lease_until=timezone.now() + LENGTH):
        return None
    return State.objects.select_related("connection__client").get(connection_id=connection_id)


def advance(state: State, **values: object) -> None:
    """
    Store progress and renew the lease, in one conditional update.

    :raises Lost: the lease is somebody else's; nothing was stored
    """
    mine = State.objects.filter(pk=state.pk, lease_owner=state.lease_owner)
    if not mine.update(lease_until=timezone.now() + LENGTH, **values):
        raise Lost
    for name, value in values.items():
        setattr(state, name, value)


def release(state: State, **values: object) -> None:
    """Give the lease back; nothing happens if it is somebody else's by now."""
    mine = State.objects.filter(pk=state.pk, lease_owner=state.lease_owner)
    mine.update(lease_owner="", lease_until=None, **values)
