"""
Periodic work that runs once however many workers there are.

Time is cut into periods since 1970; whoever moves `due_at` to the beginning of the next one, by a conditional update,
does the work of this one. So it neither drifts nor depends on clocks that agree: a worker whose clock is slow finds
the period taken.
"""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from lexweb.sync.models import Chore

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def once(name: str, every: timedelta) -> bool:
    """Say whether the chore is ours in this period; the first time it is asked for, it is due at once."""
    now = timezone.now()
    next_period = now + every - (now - EPOCH) % every
    if Chore.objects.filter(name=name, due_at__lte=now).update(due_at=next_period):
        return True
    _, made = Chore.objects.get_or_create(name=name, defaults={"due_at": next_period})
    return made


def done(name: str) -> None:
    """Note that the chore came to its end."""
    Chore.objects.filter(name=name).update(done_at=timezone.now())
