"""
One item of the outbox as a step of the worker: send it, or look up what became of it.

    waiting ──► sending ──► done
       ▲           │ ├────► refused       surely not carried out, and no use in sending it again
       ├───────────┘ │                    surely not carried out, and it passes: later
       │             ▼
       └─────── uncertain ──► done        looked up until it is known
        surely not

Killed at any moment, an item is where its last stored step left it: "sending" that belongs to nobody any more is
looked up like an uncertain one.
"""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.utils import timezone

from lexweb.clients import troubles, vault, waits
from lexweb.clients.gateway import Office
from lexweb.clients.models import Connection
from lexweb.clients.steps import Step, Storing
from lexweb.lexware import errors
from lexweb.outbox import acts, claims, policies, selectors
from lexweb.outbox.models import Item

log = structlog.get_logger(__name__)

State = Item.State
FIRST_LOOK, LAST_LOOK = timedelta(seconds=2), timedelta(minutes=15)
FIRST_RETRY, LAST_RETRY = timedelta(seconds=15), timedelta(hours=1)
DOUBTS = 8  # requests that broke off without any effect; then a person has to decide


def next_step(connection: Connection) -> Step | None:
    """Return what is to be done next for this connection; None while there is nothing."""
    item = selectors.next_item(connection.pk, timezone.now())
    return None if item is None else partial(_step, item)


def due_at(connection: Connection) -> datetime | None:
    """Return when the next item of this connection is due."""
    return selectors.next_at(connection.pk)


def held_until(connection: Connection) -> datetime | None:
    """Return when the next item is due that was never tried; None if none is to come."""
    return selectors.next_fresh_at(connection.pk, timezone.now())


def _step(item: Item, office: Office, storing: Storing) -> None:
    with structlog.contextvars.bound_contextvars(request=item.batch.request, item=item.pk, act=item.batch.act):
        try:
            if item.state == State.WAITING:
                _send(item, office, storing)
            elif item.sent is None:
                _send_again(item, storing)  # whoever had it died before anything went out
            else:
                _look(item, office, storing)
        except claims.Lost:
            log.info("outbox.lost")  # taken by somebody else, or cancelled, right before


def _send(item: Item, office: Office, storing: Storing) -> None:
    with storing():
        claims.take(item, State.SENDING)
    with _refusals(item, storing):
        if not policies.may_send(item.batch):
            raise acts.Refused("not_allowed")
        try:
            keep = acts.get(item.batch.act).send(office, item, partial(claims.note, item))
        except (errors.Uncertain, errors.Unexpected) as error:
            _doubt(item, storing, kind=type(error).__name__)
            return
        except (errors.LexwareError, vault.Unreadable) as error:
            _later(item, storing, error)
            raise
        except troubles.Trouble as trouble:  # ours alone: nothing went out, and nothing is wrong with the connection
            _wait(item, storing, trouble.code, due_at=_spread(item.attempts))
            return
        except (acts.Refused, claims.Lost):
            raise
        except Exception as error:  # a fault of ours must not hold up everything behind it
            log.error("outbox.broken", at="".join(traceback.format_tb(error.__traceback__)))
            _doubt(item, storing, kind=type(error).__name__)
            return
        with storing():
            keep()
            claims.finish(item, State.DONE, reason="", issues=[])
    log.info("outbox.sent", state=item.state)


def _look(item: Item, office: Office, storing: Storing) -> None:
    with storing():
        claims.take(item, State.UNCERTAIN, doubts=item.doubts + (item.state == State.SENDING))
    with _refusals(item, storing):
        try:
            found = acts.get(item.batch.act).look(office, item)
        except (errors.Unexpected, errors.Rejected) as error:
            log.warning("outbox.unreadable", kind=type(error).__name__)
            found = None
        except (errors.LexwareError, vault.Unreadable):
            _look_later(item, storing)
            raise
        if found is None:
            _look_later(item, storing)
        elif found is False:
            _send_again(item, storing)
        else:
            with storing():
                found()
                claims.finish(item, State.DONE, reason="", issues=[])
    log.info("outbox.looked", state=item.state)


@contextmanager
def _refusals(item: Item, storing: Storing) -> Iterator[None]:
    try:
        yield
    except acts.Refused as refusal:
        with storing():
            refusal.keep()
            claims.finish(item, State.REFUSED, reason=refusal.reason, issues=refusal.issues)


def _doubt(item: Item, storing: Storing, *, kind: str) -> None:
    log.warning("outbox.uncertain", kind=kind)
    with storing():
        claims.later(item, State.UNCERTAIN, due_at=timezone.now() + FIRST_LOOK, doubts=item.doubts + 1)


def _look_later(item: Item, storing: Storing) -> None:
    """Look again after as long as it has been uncertain: 2, 4, 8 … seconds."""
    now = timezone.now()
    wait = min(max(now - (item.sent_at or now), FIRST_LOOK), LAST_LOOK)
    with storing():
        claims.later(item, State.UNCERTAIN, due_at=now + wait)


def _send_again(item: Item, storing: Storing) -> None:
    with storing():
        if item.doubts >= DOUBTS:
            claims.finish(item, State.REFUSED, reason="broken_off")
        else:
            claims.later(item, State.WAITING, due_at=timezone.now())


def _later(item: Item, storing: Storing, error: Exception) -> None:
    """Wait: nothing was carried out, and nothing is wrong with the item itself."""
    reason = troubles.code_of(error) if isinstance(error, errors.LexwareError) else "sealed"
    _wait(item, storing, reason, due_at=_next_try(error, item.attempts))


def _wait(item: Item, storing: Storing, reason: str, *, due_at: datetime) -> None:
    with storing():
        claims.later(item, State.WAITING, due_at=due_at, attempts=item.attempts + 1, reason=reason)


def _next_try(error: Exception, attempts: int) -> datetime:
    if isinstance(error, errors.RateLimited):
        return timezone.now() + timedelta(seconds=error.retry_after or 2)
    return _spread(attempts)


def _spread(attempts: int) -> datetime:
    return timezone.now() + waits.spread(waits.doubled(FIRST_RETRY, attempts, LAST_RETRY))
