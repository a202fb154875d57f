"""
Who may send or look up an item: conditional updates, of which one succeeds.

`due_at` is the proof: whoever claims an item moves it, and whoever finds it moved has lost the item.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from lexweb.outbox.models import Item

State = Item.State

# After that, whoever was sending is dead. It counts from right before the request: renewing the token may take 60 s,
# the answer another 60 s, waiting out a rate limit 20 s.
IN_FLIGHT = timedelta(seconds=180)


class Lost(Exception):
    """Somebody else has the item by now, or a person cancelled it."""


def take(item: Item, state: str, **values: Any) -> None:
    """
    Claim the item as it was read.

    :raises Lost: it is not like that any more
    """
    _move(item, state=state, due_at=timezone.now() + IN_FLIGHT, **values)


def note(item: Item, sent: Any) -> None:
    """
    Note what is about to go out, and renew the claim: from here on the time of the request counts.

    :raises Lost: nothing may be sent
    """
    now = timezone.now()
    _move(item, sent=sent, sent_at=now, due_at=now + IN_FLIGHT)


def later(item: Item, state: str, *, due_at: datetime, **values: Any) -> None:
    """Give the item back until it is due."""
    _move(item, state=state, due_at=due_at, **values)


def finish(item: Item, state: str, **values: Any) -> None:
    """End the item."""
    _move(item, state=state, due_at=None, finished_at=timezone.now(), **values)


def _move(item: Item, **values: Any) -> None:
    same: QuerySet[Item] = Item.objects.filter(pk=item.pk, state=item.state, due_at=item.due_at)
    if not same.update(**values):
        raise Lost
    for name, value in values.items():
        setattr(item, name, value)
