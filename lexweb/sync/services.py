"""Asking for a sync."""

from django.db import transaction
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.contacts.models import Contact
from lexweb.sync import lease, tasks
from lexweb.sync.models import State


def begin(connection: Connection) -> None:
    """Make the connection's sync due now, and tell a worker once that is committed."""
    with transaction.atomic():
        lease.lock(connection.pk)
        State.objects.update_or_create(connection=connection, defaults={"due_at": timezone.now(), "attempts": 0})
    transaction.on_commit(lambda: tasks.nudge(connection.pk))


def nudge_if_waiting(state: State) -> None:
    """Tell a worker again if the sync is due and nobody works on it: the queue may have lost the first call."""
    if lease.due().filter(pk=state.pk).exists():
        tasks.nudge(state.connection_id)


def start_over(connection: Connection) -> None:
    """
    Forget the mirror: the connection belongs to another organization now.

    The state goes first: from then on a run that is still under way stores nothing more.
    """
    State.objects.filter(connection=connection).delete()
    Contact.objects.filter(connection=connection).delete()
