"""
Reading a resource page by page, each page stored together with the progress it means.

Killed at any moment, the next worker goes on at the page after the last stored one. After the last page, whatever the
pass did not show is asked for one by one: that is how we learn what was deleted, or missed.
"""

import hashlib
from datetime import datetime, time, timedelta
from functools import partial

import structlog
from django.utils import timezone

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients import troubles
from lexweb.clients.gateway import Office
from lexweb.clients.models import Connection
from lexweb.clients.steps import Step, Storing
from lexweb.contacts import selectors as contacts
from lexweb.lexware import days, errors
from lexweb.sync import asking, hooks
from lexweb.sync.fetching import Fetched
from lexweb.sync.models import Pass, State
from lexweb.sync.resources import FIRST, NAMED, NIGHTLY, RESOURCES, Resource
from lexweb.vouchers import selectors as vouchers

log = structlog.get_logger(__name__)

STALE = timedelta(hours=6)  # what a pass showed before says nothing about today: its pages have moved
NIGHT = time(1), timedelta(hours=4)  # when whole comparisons begin, and over how long they are spread
REFUSED_UNTIL = timedelta(days=1)
PROGRESS = ("started_at", "cursor", "pages_done", "pages_total", "found", "incomplete")
BREAKS = (errors.Unavailable, errors.Unexpected, errors.Rejected)  # perhaps this list alone, perhaps everything
MOST_FAILURES = 3  # of one request in a row; then everything else has its turn first
BEHIND = timedelta(minutes=10)
FAILED, NOT_BEFORE = "failed", "not_before"  # in a cursor: how often the request has failed, and until when it waits
REFUSALS = (errors.PlanRequired, errors.Forbidden, errors.OutsideTier)


def next_step(state: State, *, nightly: bool = False) -> Step | None:
    """
    Return the next request of a list that is due.

    :param nightly: also whole comparisons that nobody waits for, and what has failed again and again
    """
    due = _due(state)
    for resource in RESOURCES:
        reading = due.get(resource.name)
        if reading is not None and (nightly or _is_urgent(resource, reading)):
            return partial(_read, state, resource, reading)
    return None


def due_at(state: State) -> datetime | None:
    """Return when the next list is due."""
    known = state.passes.filter(resource__in=NAMED)
    return known.order_by("due_at").values_list("due_at", flat=True).first()


def ask(state: State) -> None:
    """Let everything be read now, as a person wants it; what is under way already just goes on."""
    ensure(state)
    state.passes.filter(started_at__isnull=True).update(due_at=timezone.now())
    state.passes.update(asked=True)


def make_due(state: State, *names: str) -> None:
    """Let lists be read from their beginning after this moment: once more if that is under way already."""
    ensure(state)
    state.passes.filter(resource__in=names).update(due_at=timezone.now(), asked=True)


def ensure(state: State) -> None:
    """Make the rows of resources that this connection does not know yet."""
    known = set(state.passes.values_list("resource", flat=True))
    new = [Pass(state=state, resource=name) for name in NAMED if name not in known]
    Pass.objects.bulk_create(new, ignore_conflicts=True)


def _is_urgent(resource: Resource, reading: Pass) -> bool:
    if reading.cursor.get(NOT_BEFORE, "") > timezone.now().isoformat():
        return False
    return reading.asked or reading.finished_at is None or resource.is_increment


def _due(state: State) -> dict[str, Pass]:
    rows = list(state.passes.all())
    if len(rows) < len(RESOURCES):
        ensure(state)
        rows = list(state.passes.all())
    now = timezone.now()
    return {row.resource: row for row in rows if row.due_at <= now}


def _read(state: State, resource: Resource, reading: Pass, office: Office, storing: Storing) -> None:
    """Do one request of a pass. A refusal concerns this resource alone: the others go on."""
    try:
        _begin(reading, storing)
        if since := reading.cursor.get("unseen"):
            _look_after(state, resource, reading, datetime.fromisoformat(since), office, storing)
        else:
            _fetch(state, resource, reading, office, storing)
    except REFUSALS as refusal:
        _put_off(state, reading, refusal, storing)
    except BREAKS as error:
        _put_behind(reading, error, storing)
        raise


def _begin(reading: Pass, storing: Storing) -> None:
    now = timezone.now()
    # Not one begun by a clock that is ahead of ours: all that we see would count as seen before it.
    if reading.started_at is not None and now - STALE < reading.started_at <= now:
        return
    reading.started_at, reading.cursor, reading.found = now, {}, {}
    reading.pages_done, reading.pages_total, reading.incomplete = 0, None, False
    with storing():
        reading.save(update_fields=PROGRESS)


def _fetch(state: State, resource: Resource, reading: Pass, office: Office, storing: Storing) -> None:
    asked_at = timezone.now()
    page = resource.fetch(office, state.connection, reading.cursor)
    with storing():
        stored = resource.store(state.connection, page.payloads, asked_at)
        _count(reading, rows=stored.rows, new=stored.new, changed=stored.changed)
        reading.pages_done += 1
        reading.pages_total = reading.pages_done + page.ahead
        reading.incomplete = reading.incomplete or page.capped
        _go_on(state, resource, reading, page)


def _go_on(state: State, resource: Resource, reading: Pass, page: Fetched) -> None:
    if page.cursor is not None:
        reading.cursor = page.cursor
        reading.save(update_fields=PROGRESS)
    elif resource.records is not None and not reading.incomplete and reading.started_at is not None:
        reading.cursor = {"unseen": reading.started_at.isoformat()}
        if asking.unseen(resource.records, state.connection, reading.started_at) is None:
            _finish(state, resource, reading)
        else:
            reading.save(update_fields=PROGRESS)
    else:
        _finish(state, resource, reading)


def _look_after(
    state: State, resource: Resource, reading: Pass, since: datetime, office: Office, storing: Storing
) -> None:  # fmt: skip
    """Ask for one record that the pages did not show."""
    record = asking.unseen(resource.records, state.connection, since) if resource.records else None
    if record is not None and resource.records is not None:
        gone = asking.ask(resource.records, office, state.connection, record, storing)
        _count(reading, gone=int(gone))
        reading.cursor = {"unseen": since.isoformat()}
    with storing():
        if record is None:
            _finish(state, resource, reading)
        else:
            reading.save(update_fields=PROGRESS)


def _finish(state: State, resource: Resource, reading: Pass) -> None:
    now, begun = timezone.now(), reading.started_at
    told = hooks.subscribed(state.connection)
    reading.vouched_at, reading.finished_at, reading.started_at = begun, now, None
    reading.found_before, reading.found, reading.cursor, reading.trouble = reading.found, {}, {}, ""
    reading.save(update_fields=[*PROGRESS, "vouched_at", "finished_at", "found_before", "trouble"])
    due_at = _next(state.connection, now, resource.every[0 if told else 1])
    # Not if it was made due since: what it showed then may be older than what it was wanted for.
    state.passes.filter(pk=reading.pk, due_at__lte=begun).update(due_at=due_at, asked=False)
    if resource.is_increment and told:  # nothing else has changed, or we would have been told
        state.passes.filter(vouched_at__lt=reading.vouched_at).update(vouched_at=reading.vouched_at)
    log.info("pass.finished", resource=resource.name, **reading.found_before)
    _keep(state, resource, reading)
    _note_listed(state)


def _keep(state: State, resource: Resource, reading: Pass) -> None:
    """Keep what lists of clients show of this one."""
    connection = state.connection
    values: dict[str, object] = {"counts": contacts.counts(connection) | vouchers.totals(connection)}
    if resource.is_increment or resource.name in FIRST:
        values["synced_at"] = reading.vouched_at
    Connection.objects.filter(pk=connection.pk).update(**values)


def _note_listed(state: State) -> None:
    """Note when everything that can be listed has been, for the first time."""
    left = state.passes.filter(resource__in=FIRST, finished_at__isnull=True, trouble="")
    first = State.objects.filter(pk=state.pk, listed_at__isnull=True)
    if not left.exists() and first.update(listed_at=timezone.now()):
        client = state.connection.client
        activity.record(Kind.FIRST_SYNC, client=client, by=None, contacts=contacts.counts(state.connection)["contacts"])


def _put_off(state: State, reading: Pass, refusal: errors.LexwareError, storing: Storing) -> None:
    reading.trouble, reading.asked = troubles.code_of(refusal), False
    reading.started_at, reading.cursor, reading.found = None, {}, {}
    reading.due_at = timezone.now() + REFUSED_UNTIL
    with storing():
        reading.save()
        _note_listed(state)


def _put_behind(reading: Pass, error: errors.LexwareError, storing: Storing) -> None:
    """Let a list that breaks again and again take no other's turn; one that is answered oddly will be so again."""
    failed = reading.cursor.get(FAILED, 0) + 1
    reading.cursor = reading.cursor | {FAILED: failed}
    if failed >= MOST_FAILURES or not isinstance(error, errors.Unavailable):
        reading.cursor[NOT_BEFORE] = (timezone.now() + BEHIND).isoformat()
    with storing():
        reading.save(update_fields=["cursor"])


def _count(reading: Pass, **found: int) -> None:
    reading.found = {name: reading.found.get(name, 0) + found.get(name, 0) for name in {*reading.found, *found}}


def _next(connection: Connection, now: datetime, every: timedelta) -> datetime:
    """Return when a pass is due again: at night if daily. The same client at the same minute, all of them spread."""
    share = hashlib.sha256(str(connection.pk).encode()).digest()[0] / 256
    if every < NIGHTLY:
        return now + every * (0.9 + 0.2 * share)
    local = now.astimezone(days.GERMANY)
    tonight = datetime.combine(local.date(), NIGHT[0], days.GERMANY) + NIGHT[1] * share
    return tonight if tonight > local + timedelta(hours=1) else tonight + timedelta(days=1)
