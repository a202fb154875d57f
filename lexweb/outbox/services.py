"""What people do with the outbox: put in, take back, try again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lexweb.clients import signals
from lexweb.clients.models import Connection
from lexweb.firm.models import Staff
from lexweb.outbox import policies
from lexweb.outbox.models import Batch, Item

log = structlog.get_logger(__name__)

State = Item.State
HOLD = timedelta(seconds=10)  # in which everything can be taken back
KEPT = timedelta(days=30)
AT_ONCE = 1000


class TooLate(Exception):
    """It is under way or over; nothing was changed."""


@dataclass(frozen=True)
class Wanted:
    """One item to put in; `wish` None: that of the batch."""

    target: str
    label: str
    wish: Any = None


@dataclass(frozen=True)
class Undone:
    """How many items were taken back, and for how many it was too late."""

    cancelled: int
    sent: int


def put(
    connection: Connection, act: str, wanted: Iterable[Wanted], *, wish: Any, by: Staff, batch_id: UUID,
    hold: timedelta = HOLD, group: UUID | None = None,
) -> Batch:  # fmt: skip
    """
    Put a batch in, all of it or nothing; it is sent when the hold is over.

    :param batch_id: made with the form: a batch that is there already is left as it is
    :param group: of batches of several clients that were asked for in one go
    """
    due_at = timezone.now() + hold
    with transaction.atomic():
        request = structlog.contextvars.get_contextvars().get("request", "")
        batch, made = Batch.objects.get_or_create(
            pk=batch_id,
            defaults={
                "connection": connection, "act": act, "wish": wish, "staff": by, "staff_name": by.name,
                "request": request, "group": group,
            },
        )  # fmt: skip
        if not made:
            return batch
        Item.objects.bulk_create(
            (
                Item(
                    batch=batch, number=number, connection=connection, target=each.target, label=each.label[:250],
                    own_wish=each.wish, due_at=due_at,
                )
                for number, each in enumerate(wanted)
            ),
            batch_size=AT_ONCE,
        )  # fmt: skip
        _wake(connection.pk, due_at)
    log.info("outbox.put", batch=str(batch.pk), act=act)
    return batch


def undo(batches: Iterable[Batch], *, by: Staff) -> Undone:
    """Take back what was not sent yet."""
    found = list(batches)
    items = Item.objects.filter(batch__in=found)
    with transaction.atomic():
        cancelled = _end(items.filter(state=State.WAITING), "")
        sent = items.filter(state__in=[State.SENDING, State.UNCERTAIN, State.DONE]).count()
    batch = ", ".join(str(batch.pk) for batch in found)
    log.info("outbox.undone", batch=batch, staff=by.pk, cancelled=cancelled, sent=sent)
    return Undone(cancelled, sent)


def cancel(item: Item) -> None:
    """
    Take back one item that waits, or put aside one that was refused.

    :raises TooLate: it is being sent, or over
    """
    if not _end(Item.objects.filter(pk=item.pk, state__in=[State.WAITING, State.REFUSED]), item.reason):
        raise TooLate


def retry(item: Item, *, by: Staff) -> None:
    """
    Send a refused item again; do at once what waits for a later try, or a later look.

    :param by: who answers for it from now on if whoever asked for it may not do that any more
    :raises TooLate: it is being sent, or over
    """
    now = timezone.now()
    with transaction.atomic():
        again = _again(Item.objects.filter(pk=item.pk, state=State.REFUSED), now)
        hurried = Item.objects.filter(pk=item.pk, state__in=[State.WAITING, State.UNCERTAIN], due_at__gt=now)
        if not again and not hurried.update(due_at=now):
            raise TooLate
        _take_over(item.batch, by)
        _wake(item.connection_id, now)


def retry_refused(batches: Iterable[Batch], *, by: Staff) -> int:
    """Send all refused items of the batches again; return how many."""
    now, count = timezone.now(), 0
    with transaction.atomic():
        for batch in batches:
            if again := _again(batch.items.filter(state=State.REFUSED), now):
                _take_over(batch, by)
                _wake(batch.connection_id, now)
            count += again
    return count


def pause(batch: Batch) -> None:
    """Send nothing more of the batch until somebody says so; what is under way comes to its end."""
    Batch.objects.filter(pk=batch.pk, paused_at__isnull=True).update(paused_at=timezone.now())


def resume(batch: Batch) -> None:
    """Go on with a batch that was paused."""
    with transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(paused_at=None)
        _wake(batch.connection_id, timezone.now())


def give_up(connection: Connection) -> None:
    """Cancel all that is open: the connection belongs to another organization now, which it was not meant for."""
    _end(Item.objects.filter(connection=connection, due_at__isnull=False), "moved")


def forget_old(now: datetime | None = None) -> int:
    """Remove what has long been done or cancelled; return how many items."""
    old = (now or timezone.now()) - KEPT
    over = Item.objects.filter(state__in=[State.DONE, State.CANCELLED], finished_at__lt=old)
    count = over.delete()[0]
    Batch.objects.filter(items__isnull=True, created_at__lt=old).delete()
    return count


def _end(items: QuerySet[Item], reason: str) -> int:
    return items.update(state=State.CANCELLED, reason=reason, due_at=None, finished_at=timezone.now())


def _again(items: QuerySet[Item], now: datetime) -> int:
    return items.update(
        state=State.WAITING, reason="", issues=[], due_at=now, attempts=0, doubts=0, finished_at=None
    )  # fmt: skip


def _take_over(batch: Batch, by: Staff) -> None:
    if not policies.may_send(batch):
        batch.staff, batch.staff_name = by, by.name
        batch.save(update_fields=["staff", "staff_name"])
        log.info("outbox.taken_over", batch=str(batch.pk), staff=by.pk)


def _wake(connection_id: int, at: datetime) -> None:
    transaction.on_commit(lambda: signals.work_came.send(Connection, connection_id=connection_id, at=at))
