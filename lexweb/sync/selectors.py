"""How far a client's sync is, and what it has found."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from lexweb.clients import troubles
from lexweb.clients.models import Client, Connection
from lexweb.sync.heartbeat import DEAD_AFTER
from lexweb.sync.models import Pass, State, Worker
from lexweb.vouchers import selectors as vouchers


@dataclass(frozen=True)
class Progress:
    """
    Of the lists and, behind them, of the details; `left` are vouchers whose details or payments are still to come.

    `eta` in seconds of what the bar is about, None while unknown; `eta_left` of the details. `waiting` if no worker has
    begun; `listed` once contacts can be shown.
    """

    running: bool
    waiting: bool
    done: int
    total: int | None
    left: int
    eta: int | None
    eta_left: int
    trouble: troubles.Words | None
    listed: bool
    finished_at: datetime | None
    incomplete: bool
    state: State

    @property
    def is_listing(self) -> bool:
        """Say whether lists are being read; otherwise it is about the details behind them."""
        return self.total is not None

    @property
    def vouchers(self) -> int:
        """Return how many vouchers there are."""
        counts = self.state.connection.counts
        return max(int(counts.get("vouchers", 0)) + int(counts.get("archived_vouchers", 0)), self.left)

    @property
    def complete(self) -> int:
        """Return how many of them have all their details and payments here."""
        return self.vouchers - self.left

    @property
    def eta_all(self) -> int | None:
        """Return the seconds until lists and details are here, None while unknown."""
        return self.eta + self.eta_left if self.is_listing and self.eta is not None else self.eta


@dataclass(frozen=True)
class Workers:
    """Processes that say that they are alive, and when the last one did if there is none."""

    alive: int
    seen_at: datetime | None


def progress(client: Client) -> Progress | None:
    """Return the progress of the client's sync, or None if there never was one."""
    state = State.objects.select_related("connection", "paused_by").filter(connection__client=client).first()
    if state is None:
        return None
    return measure(state, list(state.passes.all()), vouchers.left(state.connection), timezone.now())


def measure(state: State, passes: list[Pass], left: vouchers.Left, now: datetime) -> Progress:
    """Return how far the state's work is; `left` are the details and payments of vouchers still wanted."""
    connected = state.connection.state == Connection.State.CONNECTED
    worked_on = is_worked_on(state, now)
    paused = state.paused_at is not None
    running = connected and (worked_on or (is_due(state, now) and not paused))
    done, total = _pages(state, passes)
    ahead = total - done if total is not None else left.requests
    finished = [each.finished_at for each in passes if each.finished_at]
    return Progress(
        running=running,
        waiting=running and not worked_on,
        done=done,
        total=total,
        left=left.vouchers,
        eta=seconds(ahead) if worked_on and (total is not None or left.requests) else None,
        eta_left=seconds(left.requests),
        trouble=troubles.TABLE.get(state.error) if state.error and connected else None,
        listed=any(each.resource == "contacts" and each.finished_at for each in passes),
        finished_at=max(finished, default=None),
        incomplete=any(each.incomplete for each in passes),
        state=state,
    )


def is_worked_on(state: State, now: datetime) -> bool:
    """Say whether a worker holds the lease."""
    return state.lease_until is not None and state.lease_until > now


def is_due(state: State, now: datetime) -> bool:
    """Say whether there is something to do."""
    return state.due_at is not None and state.due_at <= now


def seconds(requests: int) -> int:
    """Return how long so many requests of one account take."""
    return math.ceil(requests * settings.LEXWARE_SPACING)


def _pages(state: State, passes: Iterable[Pass]) -> tuple[int, int | None]:
    """
    Return pages read and pages in all, None for the latter if no list is being read.

    In the first sync the lists belong together, so that the bar does not jump back with each of them.
    """
    passes = list(passes)
    if not any(each.started_at for each in passes):
        return 0, None
    first = state.listed_at is None
    counted = [each for each in passes if each.started_at or (first and not each.finished_at)]
    done = sum(each.pages_done for each in counted if each.started_at)
    total = sum(max(each.pages_total or 1, each.pages_done) if each.started_at else 1 for each in counted)
    if first:
        whole = sum(each.pages_done for each in passes if each.finished_at and not each.started_at)
        done, total = done + whole, total + whole
    return done, total


def workers(now: datetime | None = None) -> Workers:
    """Return who is there to do the work."""
    now = now or timezone.now()
    seen = list(Worker.objects.order_by("-seen_at").values_list("seen_at", "stopped_at")[:50])
    alive = sum(1 for at, stopped in seen if stopped is None and at > now - DEAD_AFTER)
    return Workers(alive=alive, seen_at=max((stopped or at for at, stopped in seen), default=None))
