"""Asking for a sync, holding it up, and starting it over."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from lexweb.articles.models import Article
from lexweb.clients.models import Connection
from lexweb.contacts.models import Contact
from lexweb.files.models import File
from lexweb.firm.models import Staff
from lexweb.masterdata.models import Listing
from lexweb.sales.models import RecurringTemplate
from lexweb.sync import lease, passes, tasks
from lexweb.sync.models import Event, State
from lexweb.vouchers.models import Voucher

MIRRORS = (Contact, Voucher, Article, RecurringTemplate, Listing, File, Event)


def begin(connection: Connection) -> None:
    """Make everything of the connection due now, as a person asked for it, and tell a worker once that is committed."""
    with transaction.atomic():
        lease.lock(connection.pk)
        state, _ = State.objects.get_or_create(connection=connection)
        passes.ask(state)
        State.objects.filter(pk=state.pk).update(attempts=0)
        wake(connection.pk)


def wake(connection_id: int, *, at: datetime | None = None) -> None:
    """
    Say that there is something to do for a connection, now or at a moment to come; a worker is told once that is
    committed. Cheap: a connection that is due already is only marked.
    """
    now = timezone.now()
    when = at or now
    states = State.objects.filter(connection_id=connection_id)
    later = Q(due_at__isnull=True) | Q(due_at__gt=when)
    if states.filter(later).update(due_at=when, wakes=F("wakes") + 1):
        if when <= now:
            transaction.on_commit(lambda: tasks.nudge(connection_id))
    else:
        states.update(wakes=F("wakes") + 1)


def pause(connection: Connection, *, by: Staff) -> None:
    """Hold lists and back-fill; what people and webhooks ask for goes on."""
    State.objects.filter(connection=connection, paused_at__isnull=True).update(paused_at=timezone.now(), paused_by=by)


def resume(connection: Connection, *, by: Staff) -> None:
    """Go on with lists and back-fill."""
    with transaction.atomic():
        if State.objects.filter(connection=connection, paused_at__isnull=False).update(paused_at=None, paused_by=None):
            wake(connection.pk)


def nudge_if_waiting(state: State) -> None:
    """Tell a worker again if the connection is due and nobody works on it: the queue may have lost the first call."""
    if lease.due().filter(pk=state.pk).exists():
        tasks.nudge(state.connection_id)


def start_over(connection: Connection) -> None:
    """
    Forget the mirror: the connection belongs to another organization now.

    The state goes first: from then on a step that is still under way stores nothing more.
    """
    State.objects.filter(connection=connection).delete()
    for mirror in MIRRORS:
        mirror._default_manager.filter(connection=connection).delete()
