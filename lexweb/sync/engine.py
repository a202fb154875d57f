"""
One step of a connection's work, whatever is the most urgent; and what follows when it fails.

The order of `SOURCES` is the budget of two requests a second: what people have asked for, then what webhooks said, then
what is new, then what is old. People's own clicks are not here: they reserve their slots themselves (clients/pace.py).
"""

import traceback
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.utils import timezone

from lexweb.clients import gateway, waits
from lexweb.clients.steps import Step
from lexweb.clients.troubles import Trouble
from lexweb.outbox import sending
from lexweb.sync import events, hooks, lease, passes
from lexweb.sync.models import State
from lexweb.vouchers import backfill, images

log = structlog.get_logger(__name__)

Source = Callable[[State], Step | None]

FIRST_RETRY = timedelta(seconds=15)
LONGEST_RETRY = timedelta(hours=1)
REFUSED_RETRY = timedelta(hours=6)
ABOUT_ONE_THING = {"plan", "forbidden", "tier", "missing", "not_ready"}  # says nothing about the other work

SOURCES: tuple[tuple[str, Source], ...] = (
    ("outbox", lambda state: sending.next_step(state.connection)),
    ("events", events.next_step),
    ("lists", passes.next_step),
    ("hooks", hooks.next_step),
    ("images", lambda state: images.next_step(state.connection)),  # after what is open or new of the details
    ("details", lambda state: backfill.next_step(state.connection)),
    ("comparison", lambda state: passes.next_step(state, nightly=True)),
)
URGENT = ("outbox", "events")  # what goes on while the rest is paused
LISTS = ("outbox", "events", "lists", "comparison")


class Plan:
    """What to do next for a connection; `rank` is its place in `SOURCES`, the most urgent first."""

    def __init__(self, rank: int, name: str, step: Step) -> None:
        self.rank, self.name, self.step = rank, name, step


def plan(state: State, *, only: Iterable[str] | None = None) -> Plan | None:
    """Return the most urgent step, or None if nothing is due."""
    names = set(only) if only is not None else {name for name, _ in SOURCES}
    if state.paused_at is not None:
        names &= set(URGENT)
    for rank, (name, source) in enumerate(SOURCES):
        if name in names and (step := source(state)) is not None:
            return Plan(rank, name, step)
    return None


def carry_out(state: State, door: gateway.Door, todo: Plan) -> None:
    """
    Do one step.

    :raises Trouble: Lexware Office, or the connection
    :raises Lost: somebody else works on it; nothing was stored
    """
    with door.calls() as office:
        todo.step(office, partial(lease.storing, state))
    if state.attempts:
        lease.advance(state, attempts=0, error="", error_at=None)


def next_due(state: State) -> datetime | None:
    """Return when there will be something to do, if nobody asks before."""
    moments = [sending.due_at(state.connection), events.due_at(state)]
    if state.paused_at is None:
        moments += [passes.due_at(state), hooks.due_at(state)]
    return min((moment for moment in moments if moment is not None), default=None)


def fail(state: State, error: Exception) -> None:
    """Note what went wrong, and give the lease back: try again soon if it passes by itself."""
    if isinstance(error, Trouble):
        code, passing = error.code, error.words.passes or error.code in ABOUT_ONE_THING
    else:  # by kind and place: its own words may quote contacts, as those of PostgreSQL do
        code, passing = "unexpected", True
        log.error("sync.broken", kind=type(error).__name__, at="".join(traceback.format_tb(error.__traceback__)))
    now, attempts = timezone.now(), min(state.attempts + 1, 1000)
    wait = waits.doubled(FIRST_RETRY, attempts - 1, LONGEST_RETRY) if passing else REFUSED_RETRY
    due_at = now + waits.spread(wait)
    if held_until := sending.held_until(state.connection):
        due_at = min(due_at, held_until)
    noted: dict[str, object] = {"attempts": attempts, "error": code, "error_at": now}
    if not lease.rest(state, due_at, **noted):  # somebody has asked meanwhile, and is not to wait for as long
        lease.release(state, due_at=min(due_at, now + FIRST_RETRY), **noted)
    log.warning("sync.failed", code=code, attempts=attempts)


def run(connection_id: int, *, only: Iterable[str] | None = None) -> bool:
    """
    Do everything that is due, in this thread; return whether it came to its end.

    For tests and by hand: workers share their hands among all connections, see crew.py.

    :param only: names of `SOURCES`; without the rest
    """
    state = lease.take(connection_id)
    if state is None:
        return False
    try:
        door = gateway.Door(state.connection, background=True)
        try:
            while todo := plan(state, only=only):
                carry_out(state, door, todo)
                state = lease.look(state)
        finally:
            door.close()
    except lease.Lost:
        return False
    except Exception as error:
        fail(state, error)
        return False
    except BaseException:
        lease.release(state)  # a graceful stop: whoever is next goes on
        raise
    lease.release(state, due_at=next_due(state) if only is None else timezone.now())
    return True
