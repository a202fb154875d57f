"""How everything is, in numbers: for `/readyz`, `/metrics` and `manage.py sync_status`. Never a name of a client."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.outbox import selectors as outbox
from lexweb.sync import heartbeat, lease
from lexweb.sync.models import Event, Pass, State, Worker
from lexweb.sync.resources import NAMED
from lexweb.vouchers import selectors as vouchers
from lexweb.vouchers.models import Voucher

LONGEST_QUEUE = timedelta(minutes=5)  # what is due longer, and nobody works on, is stuck
SLACK = timedelta(minutes=30)


@dataclass(frozen=True)
class Waiting:
    """Something that waits: how much of it, and the seconds since the oldest is due."""

    count: int
    seconds: float


@dataclass(frozen=True)
class Overall:
    """All connections of all firms together."""

    connections: dict[str, int]  # by state
    paused: int
    queue: Waiting  # connections that are due and that nobody works on
    events: Waiting  # of webhooks, not dealt with
    outbox: dict[str, int]  # items by state
    left: int  # vouchers whose details or payments are still to be read
    workers: list[Worker]
    lags: dict[str, list[float]]  # by resource: seconds since it was read as a whole, of each connection
    late: int  # of these, how many are later than their plan allows

    @property
    def seats(self) -> int:
        """Return how many connections are being worked on."""
        return sum(worker.seats for worker in self.workers)

    @property
    def complaints(self) -> list[str]:
        """Return what an operator has to look at, in short sentences."""
        found = []
        if not self.workers:
            found.append("no worker is alive")
        if self.queue.seconds > LONGEST_QUEUE.total_seconds():
            found.append(f"work has been waiting for {round(self.queue.seconds)} s")
        if self.late:
            found.append(f"{self.late} resources were not read for too long")
        return found


def overall(now: datetime | None = None) -> Overall:
    """Look at everything, in a fixed number of queries."""
    now = now or timezone.now()
    lags, late = _lags(now)
    return Overall(
        connections=_by_state(),
        paused=State.objects.filter(paused_at__isnull=False).count(),
        queue=queue(now),
        events=events(now),
        outbox=outbox.state_counts(),
        left=left(),
        workers=heartbeat.alive(),
        lags=lags,
        late=late,
    )


def queue(now: datetime | None = None) -> Waiting:
    """Return what is due and nobody works on: the truth about the queue, which itself only holds nudges."""
    found = lease.due().order_by().aggregate(count=Count("pk"), oldest=Min("due_at"))
    return _waiting(found["count"], found["oldest"], now or timezone.now())


def events(now: datetime, connection: Connection | None = None) -> Waiting:
    """Return the webhook events that are not dealt with."""
    found = Event.objects.filter(due_at__isnull=False)
    if connection is not None:
        found = found.filter(connection=connection)
    numbers = found.aggregate(count=Count("pk"), oldest=Min("received_at"))
    return _waiting(numbers["count"], numbers["oldest"], now)


def left() -> int:
    """Return of how many vouchers details or payments are still to be read, of all clients."""
    details = Q(wanted__gt=0)  # apart from the payments: so each is counted by an index of its own
    return Voucher.objects.filter(details).count() + Voucher.objects.filter(~details, payment_wanted=True).count()


def lag(each: Pass, now: datetime) -> float:
    """Return the seconds since the resource was read as a whole; if it never was, since the client was connected."""
    return (now - (each.vouched_at or each.state.connection.connected_at)).total_seconds()


def is_refused(each: Pass, now: datetime) -> bool:
    """Say whether it was never read but put off: the client's plan does not include it."""
    return each.vouched_at is None and each.started_at is None and each.due_at > now


def is_late(each: Pass, now: datetime) -> bool:
    """Say whether the resource should have been read again by now."""
    if each.resource not in NAMED or is_refused(each, now):
        return False
    return lag(each, now) > (1.5 * max(NAMED[each.resource].every) + SLACK).total_seconds()


def _lags(now: datetime) -> tuple[dict[str, list[float]], int]:
    # A paused connection is as old as people want it to be.
    passes = Pass.objects.filter(state__connection__state=Connection.State.CONNECTED, state__paused_at__isnull=True)
    lags: defaultdict[str, list[float]] = defaultdict(list)
    late = 0
    for each in passes.select_related("state__connection").only(
        "resource", "vouched_at", "started_at", "due_at", "state__connection__connected_at"
    ):
        if is_refused(each, now):
            continue
        lags[each.resource].append(lag(each, now))
        late += is_late(each, now)
    return dict(sorted(lags.items())), late


def _by_state() -> dict[str, int]:
    found = dict(Connection.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in Connection.State.values}


def _waiting(count: int, oldest: datetime | None, now: datetime) -> Waiting:
    return Waiting(count, max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)


@dataclass(frozen=True)
class Standing:
    """One connection; the client is told by the firm's number for it, never by name."""

    state: State
    passes: list[Pass]
    events: Waiting
    outbox: int
    left: int
    now: datetime

    @property
    def lags(self) -> dict[str, int]:
        """Return the seconds by resource."""
        return {each.resource: round(lag(each, self.now)) for each in self.passes if not is_refused(each, self.now)}

    @property
    def late(self) -> list[str]:
        """Return the resources that should have been read again by now; nobody waits for those of a paused one."""
        if self.state.paused_at or not self.state.connection.is_connected:
            return []
        return [each.resource for each in self.passes if is_late(each, self.now)]

    def shown(self) -> dict[str, object]:
        """Return it as plain values, moments in ISO format."""
        state, connection = self.state, self.state.connection
        held = state.lease_until is not None and state.lease_until > self.now
        return {
            "firm": connection.client.firm.name,
            "client": connection.client.number,
            "connection": connection.pk,
            "state": connection.state,
            "trouble": connection.trouble or None,
            "error": state.error or None,
            "attempts": state.attempts,
            "paused_at": _iso(state.paused_at),
            "due_at": _iso(state.due_at),
            "leased_until": _iso(state.lease_until) if held else None,
            "listed_at": _iso(state.listed_at),
            "passes": {each.resource: self._pass(each) for each in self.passes},
            "late": self.late,
            "left": self.left,
            "events": self.events.count,
            "events_age": round(self.events.seconds),
            "outbox": self.outbox,
        }

    def _pass(self, each: Pass) -> dict[str, object]:
        return {
            "lag": None if is_refused(each, self.now) else round(lag(each, self.now)),
            "finished_at": _iso(each.finished_at),
            "running": each.started_at is not None,
            "pages_done": each.pages_done,
            "pages_total": each.pages_total,
            "found": each.found_before,
            "incomplete": each.incomplete,
        }


def standings(*, number: str = "", firm: str = "") -> Iterator[Standing]:
    """Return how each connection is, by firm and number; `number` and `firm` (a part of its name) choose."""
    now = timezone.now()
    states = State.objects.select_related("connection__client__firm").prefetch_related("passes")
    if number:
        states = states.filter(connection__client__number=number)
    if firm:
        states = states.filter(connection__client__firm__name__icontains=firm)
    for state in states.order_by("connection__client__firm__name", "connection__client__number", "pk"):
        connection = state.connection
        yield Standing(
            state=state,
            passes=sorted(state.passes.all(), key=lambda each: each.resource),
            events=events(now, connection),
            outbox=outbox.left(connection),
            left=vouchers.left(connection).vouchers,
            now=now,
        )


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
