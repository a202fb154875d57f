"""
Our subscriptions at Lexware Office: all event types for each connection, at an address of its own.

Compared daily with what is subscribed over there, because Lexware Office ends subscriptions by itself: with the
authorization they were made with, and when their address was not found for too long. One request a step.
"""

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lexweb.clients import waits
from lexweb.clients.gateway import Office
from lexweb.clients.models import Connection
from lexweb.clients.steps import Step, Storing
from lexweb.lexware import errors
from lexweb.lexware.api.event_subscriptions import EVENT_TYPES, Subscription, SubscriptionDraft
from lexweb.sync.models import Hook, Pass, State, new_key

log = structlog.get_logger(__name__)

Act = Callable[[Hook, Office, Storing], None]

EVERY = timedelta(days=1)
A_WHILE = timedelta(minutes=15)
SOON = timedelta(hours=1)  # after the first failure; from the second on it is daily
MISSED = ("contacts", "articles", "templates", "changes")  # lists that show what changed before anybody told us
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
IN_DOUBT = "uncertain"
TROUBLES = {
    "unreachable": _("Lexware Office cannot reach the address of this dashboard."),
    "forbidden": _("The connection lacks the right to subscribe to events."),
    "unexpected": _("Lexware Office answered the subscription in an unknown way."),
    IN_DOUBT: _("Lexware Office broke off while events were being subscribed."),
}


def possible() -> bool:
    """Say whether Lexware Office can reach us at all: it calls HTTPS only, the sandbox also its own machine."""
    parts = urlsplit(settings.PUBLIC_URL)
    return parts.scheme == "https" or (settings.LEXWARE_ENVIRONMENT != "production" and parts.hostname in THIS_MACHINE)


def address(hook: Hook) -> str:
    """Return where events of this connection are to come."""
    return f"{settings.PUBLIC_URL}{reverse('webhook', args=[hook.key])}"


def subscribed(connection: Connection) -> bool:
    """Say whether we are told of every change of this connection."""
    hook = Hook.objects.filter(connection=connection).first()
    if hook is None or hook.trouble or not connection.is_connected or hook.address != address(hook):
        return False
    return set(EVENT_TYPES) <= set(hook.subscriptions)


def due_at(state: State) -> datetime | None:
    """Return when there is something to compare or to subscribe, None if never."""
    if not possible():
        return None
    found = Hook.objects.filter(connection=state.connection_id).values_list("due_at", flat=True).first()
    return found or timezone.now()


def begin(connection: Connection) -> None:
    """Subscribe anew: what was subscribed before ended with the authorization."""
    fresh: dict[str, Any] = {"address": "", "subscriptions": {}, "stale": [], "checked_at": None, "trouble": ""}
    Hook.objects.update_or_create(connection=connection, defaults=fresh | {"due_at": timezone.now()})


def start_over(connection: Connection) -> None:
    """Take a new address: another organization's events still come to the old one."""
    with transaction.atomic():
        begin(connection)
        Hook.objects.filter(connection=connection).update(key=new_key(), last_event_at=None)


def next_step(state: State) -> Step | None:
    """Return the next request about subscriptions, if any is due."""
    if not possible():
        return None
    hook, _made = Hook.objects.get_or_create(connection_id=state.connection_id)
    moved = hook.address != address(hook)
    if hook.due_at > timezone.now() and not moved:
        return None
    return partial(_do, hook, _what(hook, moved=moved))


def _what(hook: Hook, *, moved: bool) -> Act:
    if moved or hook.checked_at is None or hook.checked_at < hook.due_at:
        return _compare
    if hook.stale:
        return _end
    return _subscribe if _missing(hook) else _finish


def _do(hook: Hook, act: Act, office: Office, storing: Storing) -> None:
    """Do one thing. A refusal is nothing that may keep the sync from its work."""
    try:
        act(hook, office, storing)
    except errors.Uncertain:
        _doubt(hook, storing)
    except errors.Unavailable:
        _let_others_first(hook, storing)
        raise
    except errors.Rejected:
        _put_off(hook, "unreachable", storing)
    except (errors.Forbidden, errors.PlanRequired):
        _put_off(hook, "forbidden", storing)
    except errors.Unexpected:
        _put_off(hook, "unexpected", storing)


def _missing(hook: Hook) -> list[str]:
    return [each for each in EVENT_TYPES if each not in hook.subscriptions]


def _compare(hook: Hook, office: Office, storing: Storing) -> None:
    found, here = office.event_subscriptions.all(), address(hook)
    before = len(hook.subscriptions)
    hook.subscriptions = {each.event_type: str(each.subscription_id) for each in found if each.callback_url == here}
    if hook.trouble == IN_DOUBT and len(hook.subscriptions) > before:
        hook.trouble = ""  # it had worked
    hook.stale = [str(each.subscription_id) for each in found if _is_stale(hook, each)]
    hook.address, hook.checked_at = here, timezone.now()
    with storing():
        _save(hook, due_at=min(hook.due_at, hook.checked_at))  # it is not due yet if only the address moved
        if not hook.stale and not _missing(hook):
            _rest(hook)


def _is_stale(hook: Hook, found: Subscription) -> bool:
    """Say whether it is one of ours that leads elsewhere: with an older key, or to where we were before."""
    if found.callback_url == address(hook):
        return False
    ours = found.callback_url.startswith(f"{settings.PUBLIC_URL}/webhooks/")
    return ours or urlsplit(found.callback_url).path == reverse("webhook", args=[hook.key])


def _subscribe(hook: Hook, office: Office, storing: Storing) -> None:
    event_type, made = _missing(hook)[0], ""
    try:
        draft = SubscriptionDraft(event_type=event_type, callback_url=address(hook))
        made = str(office.event_subscriptions.create(draft).id)
    except errors.Conflict:
        log.info("hook.exists", type=event_type)
    except errors.Rejected as refusal:
        if not any(issue.source == "eventType" for issue in refusal.issues):
            raise
        log.warning("hook.type_refused", type=event_type)
    hook.subscriptions, hook.trouble = {**hook.subscriptions, event_type: made}, ""
    with storing():
        _save(hook)
        if not _missing(hook):
            _rest(hook)
            _catch_up(hook)


def _catch_up(hook: Hook) -> None:
    """Have read again what shows changes: some came before anybody told us."""
    lists = Pass.objects.filter(state__connection=hook.connection_id, resource__in=MISSED)
    lists.update(due_at=timezone.now(), asked=True)


def _end(hook: Hook, office: Office, storing: Storing) -> None:
    with contextlib.suppress(errors.NotFound):
        office.event_subscriptions.delete(UUID(hook.stale[0]))
    hook.stale = hook.stale[1:]
    with storing():
        _save(hook)


def _finish(hook: Hook, _office: Office, storing: Storing) -> None:
    with storing():
        _rest(hook)


def _rest(hook: Hook) -> None:
    log.info("hook.complete", subscriptions=len(hook.subscriptions))
    hook.trouble = ""
    _save(hook, due_at=timezone.now() + waits.spread(EVERY))


def _doubt(hook: Hook, storing: Storing) -> None:
    """Compare before the next try, as the last one may have worked; when the next one breaks off as well, wait."""
    hook.checked_at = None
    if hook.trouble:
        return _put_off(hook, "unexpected", storing)
    hook.trouble = IN_DOUBT
    with storing():
        _save(hook)
    return None


def _let_others_first(hook: Hook, storing: Storing) -> None:
    """Wait a while, as perhaps only this is broken; at a new address nothing is known of it yet."""
    if hook.address != address(hook):
        hook.address, hook.subscriptions, hook.stale = address(hook), {}, []
    hook.checked_at = None
    with storing():
        _save(hook, due_at=timezone.now() + waits.spread(A_WHILE))


def _put_off(hook: Hook, trouble: str, storing: Storing) -> None:
    log.warning("hook.trouble", code=trouble)
    wait = EVERY if hook.trouble == trouble else SOON
    hook.trouble, hook.address = trouble, address(hook)
    with storing():
        _save(hook, due_at=timezone.now() + waits.spread(wait))


def _save(hook: Hook, *, due_at: datetime | None = None) -> None:
    """Store what was found; nothing, if the connection was bound anew meanwhile."""
    values = {name: getattr(hook, name) for name in ("address", "subscriptions", "stale", "checked_at", "trouble")}
    same = Hook.objects.filter(pk=hook.pk, key=hook.key, due_at=hook.due_at)
    hook.due_at = due_at or hook.due_at
    same.update(**values, due_at=hook.due_at)
