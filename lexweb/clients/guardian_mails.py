"""
Mail to the people responsible for a connection: it is lost, it ends soon, the plan is too small, the client renewed it.

First an event is written down, one `Letter` for each person; then letters are sent, each claimed by whoever sends it.
So however many workers do this, and whenever one of them dies, a person gets one mail about an event. Subjects name
no client and no number: even that a client is one is secret (§ 203 StGB).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lexweb.clients import gateway, guardian, selectors, waits
from lexweb.clients.models import Connection, Invitation, Letter

log = structlog.get_logger(__name__)

DAYS = (60, 30, 14, 7, 1)  # before the end
PLAN_LASTS = timedelta(hours=1)
QUIET = timedelta(days=7)  # nobody hears twice of the same cause within
AT_ONCE = 50
CLAIM = timedelta(minutes=5)  # longer than any mail server takes; each failure doubles it
LONGEST_CLAIM = timedelta(hours=12)
ATTEMPTS = 10  # over a day and a half

SUBJECTS: dict[str, Promise] = {
    "lost": _("A connection to Lexware Office has to be renewed"),
    "expiring": _("A connection to Lexware Office ends soon"),
    "plan": _("A client's Lexware contract does not include everything"),
    "renewed": _("A client has renewed the connection"),
}

Event = tuple[str, str]  # cause, the single occurrence of it; see `Letter`


def send_due(now: datetime | None = None) -> int:
    """Write down what happened, and send what is due; return how many mails went out. For the worker, any time."""
    gateway.refuse_inside_transaction()
    now = now or timezone.now()
    _write(now)
    due = Letter.objects.filter(due_at__lte=now).select_related("connection__client", "staff").order_by("due_at")
    return sum(_send(letter, now) for letter in list(due[:AT_ONCE]))


def _write(now: datetime) -> None:
    for connection in _eventful(now):
        for cause, event in _events(connection, now):
            if _is_news(connection, cause, event, now):
                people = selectors.responsible(connection)
                letters = [
                    Letter(connection=connection, staff=each, cause=cause, event=event, created_at=now, due_at=now)
                    for each in people
                ]
                Letter.objects.bulk_create(letters, ignore_conflicts=True)


def _eventful(now: datetime) -> QuerySet[Connection]:
    """Return the connections that have an event, most of them one that is written down already."""
    lost = Q(state=Connection.State.RECONNECT)
    connected = Q(state=Connection.State.CONNECTED)
    ending = connected & Q(expires_on__lte=timezone.localdate(now) + timedelta(days=max(DAYS)))
    plan = connected & Q(trouble__in=guardian.PLAN, trouble_since__lte=now - PLAN_LASTS)
    renewed = Q(pk__in=Invitation.objects.filter(used_at__gt=now - QUIET).values("connection_id"))
    chosen = Connection.objects.filter(lost | ending | plan | renewed).select_related("client")
    return chosen.defer("access_token", "refresh_token").prefetch_related("letters", "invitations").order_by("pk")


def _events(connection: Connection, now: datetime) -> Iterator[Event]:
    """Yield what is the case; the names of events stay the same for as long as it is."""
    if connection.state == Connection.State.RECONNECT:
        yield "lost", f"lost:{connection.state_since.isoformat()}"
    if connection.is_connected and (days := _days_before_end(connection, now)):
        yield f"expiring-{days}", f"expiring-{days}:{connection.expires_on}"
    since = connection.trouble_since
    if connection.is_connected and connection.trouble in guardian.PLAN and since and since <= now - PLAN_LASTS:
        yield "plan", f"plan:{since.isoformat()}"
    for invitation in connection.invitations.all():
        if invitation.used_at and invitation.used_at > now - QUIET:
            yield "renewed", f"renewed:{invitation.pk}"


def _days_before_end(connection: Connection, now: datetime) -> int:
    """Return the step of `DAYS` that has been reached, 0 for none."""
    if connection.expires_on is None:
        return 0
    left = (connection.expires_on - timezone.localdate(now)).days
    return min((days for days in DAYS if left <= days), default=0)


def _is_news(connection: Connection, cause: str, event: str, now: datetime) -> bool:
    """Say whether nobody heard of it yet, nor of the same cause lately; connecting again starts afresh."""
    for letter in connection.letters.all():
        lately = letter.created_at > max(now - QUIET, connection.connected_at)
        if letter.event == event or (letter.cause == cause and lately):
            return False
    return True


def _send(letter: Letter, now: datetime) -> bool:
    """Send a letter, unless somebody else does or it has become pointless."""
    if not _claim(letter, now):
        return False
    if not _still_holds(letter, now):
        Letter.objects.filter(pk=letter.pk).update(due_at=None)
        return False
    try:
        _mail(letter)
    except (OSError, SMTPException) as problem:  # the mail server: tried again when the claim runs out
        log.warning("letter.failed", letter=letter.pk, kind=type(problem).__name__, attempts=letter.attempts)
        return False
    Letter.objects.filter(pk=letter.pk).update(due_at=None, sent_at=now)
    log.info("letter.sent", letter=letter.pk, connection=letter.connection_id, cause=letter.cause)
    return True


def _claim(letter: Letter, now: datetime) -> bool:
    """Move the letter's next attempt; only one worker can. The last attempt has none after it."""
    attempts = letter.attempts + 1
    again = now + waits.doubled(CLAIM, letter.attempts, LONGEST_CLAIM) if attempts < ATTEMPTS else None
    same = Letter.objects.filter(pk=letter.pk, due_at=letter.due_at)
    if not same.update(due_at=again, attempts=attempts):
        return False
    letter.attempts = attempts
    if again is None:
        log.error("letter.last_attempt", letter=letter.pk, connection=letter.connection_id, cause=letter.cause)
    return True


def _still_holds(letter: Letter, now: datetime) -> bool:
    """Say whether the letter is still true, and the person still the one to tell."""
    current = {event for _cause, event in _events(letter.connection, now)}
    return letter.event in current and letter.staff in selectors.responsible(letter.connection)


def _mail(letter: Letter) -> None:
    connection, kind = letter.connection, letter.cause.partition("-")[0]
    with translation.override(letter.staff.language or settings.LANGUAGE_CODE):
        context = {
            "client": connection.client,
            "connection": connection,
            "health": connection.health,
            "link": settings.PUBLIC_URL + reverse("clients:connection", args=[connection.client.slug]),
        }
        body = render_to_string(f"clients/email/{kind}.txt", context)
        subject = f"lexweb: {SUBJECTS[kind]}"
    send_mail(subject, body, None, [letter.staff.email])
