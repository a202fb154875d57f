"""
One run: every resource, page by page, each page stored together with the progress it means.

Killed at any moment, the next run goes on at the page after the last stored one. A page and its progress are one
transaction that also renews the lease, so a worker that was paused beyond its lease stores nothing.
"""

import random
import traceback
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients import gateway
from lexweb.clients.models import Connection
from lexweb.clients.troubles import Trouble
from lexweb.contacts import selectors as contacts
from lexweb.lexware.errors import LexwareError
from lexweb.sync import lease
from lexweb.sync.models import State
from lexweb.sync.resources import RESOURCES, Fetched, Resource

log = structlog.get_logger(__name__)

EVERY = timedelta(hours=6)  # until webhooks tell what changed, a whole pass is the only way to notice
FIRST_RETRY = timedelta(seconds=15)
LONGEST_RETRY = timedelta(hours=1)


def run(connection_id: int) -> bool:
    """Do the connection's sync if it is due and nobody else does it; return whether it ran to the end."""
    state = lease.take(connection_id)
    if state is None:
        return False
    structlog.contextvars.bind_contextvars(connection=connection_id, client=state.connection.client_id)
    try:
        _begin(state)
        with gateway.open_office(state.connection, background=True) as office:
            for resource in _ahead(state):
                _mirror(office, resource, state)
        _finish(state)
    except lease.Lost:
        log.warning("sync.lease_lost")
        return False
    except Trouble as trouble:
        _fail(state, trouble.code, passes=trouble.words.passes)
        return False
    except LexwareError:
        _fail(state, "unexpected", passes=False)
        return False
    except Exception as error:
        _log_fault(error)
        _fail(state, "unexpected", passes=True)
        return False
    except BaseException:
        lease.release(state)  # a graceful stop: the cursor stays, whoever is next goes on
        raise
    return True


def _begin(state: State) -> None:
    now = timezone.now()
    # What a run showed long ago says nothing about today: its pages have moved, and its end would vouch for them.
    if state.started_at is None or state.started_at < now - EVERY:
        lease.advance(
            state,
            started_at=now,
            cursor={},
            pages_done=0,
            pages_total=None,
            incomplete=False,
            error="",
        )
        log.info("sync.started")
    else:
        log.info("sync.resumed", page=state.pages_done)


def _ahead(state: State) -> tuple[Resource, ...]:
    """Return the resources from the cursor on."""
    names = [resource.name for resource in RESOURCES]
    at = state.cursor.get("resource")
    return RESOURCES[names.index(at) :] if at in names else RESOURCES


def _mirror(office: gateway.Office, resource: Resource, state: State) -> None:
    resumed = state.cursor.get("resource") == resource.name
    start = state.cursor["page"] if resumed else 0
    before = state.pages_done - start
    # What is behind the last page must not be asked for: after 10,000 entries it is refused.
    whole = resumed and start >= state.cursor.get("pages", start + 1)
    for page in () if whole else resource.pages(office, start):
        with transaction.atomic():
            lease.lock(state.connection_id)
            resource.store(state.connection, page.payloads, timezone.now())
            lease.advance(state, **_progress(state, resource, page, before))
    if resource.finish and state.started_at and not state.incomplete:
        for _asked in resource.finish(office, state.connection, state.started_at):
            lease.advance(state)


def _progress(state: State, resource: Resource, page: Fetched, before: int) -> dict[str, object]:
    later = len(RESOURCES) - 1 - RESOURCES.index(resource)  # each of at least one page
    return {
        "cursor": {"resource": resource.name, "page": page.number + 1, "pages": page.total},
        "pages_done": before + page.number + 1,
        "pages_total": before + page.total + later,
        "incomplete": state.incomplete or page.capped,
    }


def _finish(state: State) -> None:
    now, begun = timezone.now(), state.started_at
    first = state.finished_at is None
    counts = contacts.counts(state.connection)
    with transaction.atomic():
        # What one sees is at least as fresh as the beginning of the run.
        Connection.objects.filter(pk=state.connection_id).update(synced_at=begun, counts=counts)
        lease.advance(state, cursor={}, started_at=None, finished_at=now, attempts=0, error="", due_at=now + EVERY)
        if first:
            activity.record(Kind.FIRST_SYNC, client=state.connection.client, by=None, contacts=counts["contacts"])
    lease.release(state)
    log.info("sync.finished", pages=state.pages_done)


def _fail(state: State, code: str, *, passes: bool) -> None:
    """Note what went wrong: try again soon if it passes by itself, else with the next round."""
    now = timezone.now()
    attempts = state.attempts + 1
    lease.release(state, attempts=attempts, error=code, error_at=now, due_at=_next_try(now, attempts, passes=passes))
    log.warning("sync.failed", code=code, attempts=attempts)


def _log_fault(error: Exception) -> None:
    """Log a fault of ours by kind and place: its own words may quote contacts, as those of PostgreSQL do."""
    log.error("sync.broken", kind=type(error).__name__, at="".join(traceback.format_tb(error.__traceback__)))


def _next_try(now: datetime, attempts: int, *, passes: bool) -> datetime:
    wait = min(FIRST_RETRY * 2 ** min(attempts - 1, 10), LONGEST_RETRY) if passes else EVERY
    return now + wait * random.uniform(0.8, 1.2)  # noqa: S311 — spreads retries, guards nothing
