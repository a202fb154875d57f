"""
After an older database was put back: what it believes is still to be done may have been done meanwhile.

The mirror mends itself, as Lexware Office holds the truth. What waits in the outbox must not go out a second time.
"""

from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from lexweb.outbox.models import Item
from lexweb.sync.models import Hook, Pass, State, Worker


@dataclass(frozen=True)
class Done:
    """How many changes will not be sent, and how many connections are read anew."""

    cancelled: int
    connections: int


def settle() -> Done:
    """Cancel what may have been sent already, and make everything due; while no worker runs. Twice does no harm."""
    now = timezone.now()
    # What has gone out stays: it is looked up over there before anything else.
    unsent = Q(state=Item.State.WAITING) | Q(sent__isnull=True)
    still = Item.objects.filter(unsent, due_at__isnull=False)
    cancelled = still.update(state=Item.State.CANCELLED, due_at=None, finished_at=now)
    Worker.objects.all().delete()
    Hook.objects.update(due_at=now)
    Pass.objects.update(due_at=now, started_at=None, cursor={})
    connections = State.objects.update(due_at=now, wakes=F("wakes") + 1, lease_owner="", lease_until=None)
    return Done(cancelled, connections)
