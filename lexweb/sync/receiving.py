"""
An event from its arrival to its row (behaviour.md, chapter 15).

Lexware Office wants an answer within five seconds, and calls again for a day and a half if it is none of success. So
the event is stored and a worker told; what it means is read later.
"""

import contextlib
import threading
from datetime import timedelta
from http import HTTPStatus

import structlog
from django.db import IntegrityError, transaction
from django.db import connection as database
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.lexware import errors, webhooks
from lexweb.sync import services, webhook_key
from lexweb.sync.models import Event, Hook

log = structlog.get_logger(__name__)

TOO_OLD = timedelta(days=3)  # the last attempt of Lexware Office comes after 42 hours; we remember events for longer
SEEN_EVERY = timedelta(seconds=10)  # in a storm, not every event needs to move the moment of the last one
LONGEST_TYPE = 60
# SQLite takes one writer at a time, and who finds it busy sleeps up to 100 ms: threads that queue up wait less.
ONE_AT_A_TIME = threading.Lock() if database.vendor == "sqlite" else contextlib.nullcontext()


def expected(key: str) -> bool:
    """Say whether this is an address of ours: Lexware Office asks before it subscribes."""
    return Hook.objects.filter(key=key).exists()


def take(key: str, body: bytes, signature: str) -> HTTPStatus:
    """Check and store what came to an address, and return how to answer. The signature comes before anything else."""
    try:
        if not webhook_key.genuine(body, signature):
            log.warning("webhook.forged")
            return HTTPStatus.UNAUTHORIZED
    except webhook_key.Missing:
        return HTTPStatus.SERVICE_UNAVAILABLE  # it comes again
    wanted = "key", "last_event_at", "connection__state", "connection__organization_id"
    hook = Hook.objects.select_related("connection").only(*wanted).filter(key=key).first()
    if hook is None:
        return HTTPStatus.NOT_FOUND
    with structlog.contextvars.bound_contextvars(connection=hook.connection_id):
        if hook.connection.state == Connection.State.DISCONNECTED:
            return HTTPStatus.GONE  # ends the subscription
        return _take(hook, body)


def _take(hook: Hook, body: bytes) -> HTTPStatus:
    try:
        event = webhooks.read(body)
    except errors.Unexpected:
        event = None
    if event is None or len(event.event_type) > LONGEST_TYPE or "\0" in event.event_type:
        log.error("webhook.misfit", bytes=len(body))
        return HTTPStatus.BAD_REQUEST
    if event.organization_id != hook.connection.organization_id:
        log.warning("webhook.foreign")
    elif event.event_date < timezone.now() - TOO_OLD:
        log.warning("webhook.too_old", type=event.event_type)
    elif not _store(hook, event):
        log.info("webhook.replayed", type=event.event_type)
    return HTTPStatus.NO_CONTENT


def _store(hook: Hook, event: webhooks.Event) -> bool:
    """Store the event and wake the sync; return False if it came before."""
    now = timezone.now()
    try:
        with ONE_AT_A_TIME, transaction.atomic():
            Event.objects.create(
                connection_id=hook.connection_id,
                event_type=event.event_type,
                resource_id=event.resource_id,
                event_date=event.event_date,
                received_at=now,
                request=structlog.contextvars.get_contextvars().get("request", ""),
                due_at=min(now, event.event_date),  # in their order; and no later than now by the worker's clock
            )
            services.wake(hook.connection_id)
    except IntegrityError:
        return False
    # Not in the transaction: a worker that subscribes locks the state first and then the hook, and both would wait.
    if hook.last_event_at is None or hook.last_event_at < now - SEEN_EVERY:
        with ONE_AT_A_TIME:
            Hook.objects.filter(pk=hook.pk).update(last_event_at=now)
    return True
