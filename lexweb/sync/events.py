"""
What Lexware Office told us, dealt with one record at a time: the oldest first, and all that came about it at once.

An event is put off before anything is asked, and closed together with what the answer changed. So one that fails, or
takes the whole process with it, comes again later and keeps no other from its turn.
"""

from datetime import datetime, timedelta
from functools import partial

import structlog
from django.db.models import F, QuerySet
from django.utils import timezone

from lexweb.clients import waits
from lexweb.clients.gateway import Office
from lexweb.clients.steps import Step, Storing
from lexweb.lexware import errors
from lexweb.sync import event_effects, event_lists
from lexweb.sync.models import Event, State
from lexweb.ui import logs

log = structlog.get_logger(__name__)

FIRST_RETRY = timedelta(seconds=15)
LONGEST_RETRY = timedelta(minutes=15)
MOST_ODD_ANSWERS = 5
KEPT = timedelta(days=7)  # longer than any replay is taken for new: receiving.TOO_OLD
AT_ONCE = 1000
ODD = (errors.Rejected, errors.Unexpected, errors.Forbidden, errors.PlanRequired, errors.Conflict, errors.NotReady)


def next_step(state: State) -> Step | None:
    """Return what to do about the oldest event that is due, if there is any."""
    due = _open(state).filter(due_at__lte=timezone.now())
    oldest = due.order_by("due_at", "pk").first()
    if oldest is None:
        return None
    return event_lists.instead(state, oldest.event_type, due) or partial(_deal, state, oldest)


def due_at(state: State) -> datetime | None:
    """Return when the next event is due."""
    return _open(state).order_by("due_at").values_list("due_at", flat=True).first()


def forget_old() -> int:
    """Remove events so old that they cannot come again; return how many. A page at a time, as others write, too."""
    old, count = Event.objects.filter(received_at__lt=timezone.now() - KEPT), 0
    if left := old.filter(due_at__isnull=False).count():
        log.warning("events.never_dealt_with", count=left)
    while pks := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        count += Event.objects.filter(pk__in=pks).delete()[0]
    return count


def _open(state: State) -> QuerySet[Event]:
    return Event.objects.filter(connection=state.connection_id, due_at__isnull=False)


def _deal(state: State, oldest: Event, office: Office, storing: Storing) -> None:
    """Read what the events of a record are about, and close those that were there before it was asked for."""
    known = list(_open(state).filter(resource_id=oldest.resource_id))
    events = Event.objects.filter(pk__in=[each.pk for each in known])
    effect = event_effects.of({each.event_type for each in known})
    if effect is None:
        log.info("event.unknown", type=oldest.event_type)
        return _close(events, storing)
    with storing():
        later = timezone.now() + waits.doubled(FIRST_RETRY, oldest.attempts, LONGEST_RETRY)
        events.update(attempts=F("attempts") + 1, due_at=later)
    try:
        with logs.bound_request(oldest.request):
            store = effect(office, state.connection, oldest.resource_id)
    except ODD as error:
        if oldest.attempts + 1 >= MOST_ODD_ANSWERS:
            log.error("event.given_up", type=oldest.event_type, kind=type(error).__name__, status=error.status)
            _close(events, storing)
        return None
    with storing():
        store()
        events.update(due_at=None)
    log.info("event.done", type=oldest.event_type, request=oldest.request, events=len(known))
    return None


def _close(events: QuerySet[Event], storing: Storing) -> None:
    with storing():
        events.update(due_at=None)
