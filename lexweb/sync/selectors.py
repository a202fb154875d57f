"""How far a sync is."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from lexweb.clients import troubles
from lexweb.clients.models import Client, Connection
from lexweb.sync.models import State


@dataclass(frozen=True)
class Progress:
    """`eta` in seconds, None while unknown; `waiting` if no worker has begun."""

    running: bool
    waiting: bool
    done: int
    total: int | None
    eta: int | None
    trouble: troubles.Words | None
    state: State


def progress(client: Client) -> Progress | None:
    """Return the progress of the client's sync, or None if there never was one."""
    state = State.objects.select_related("connection").filter(connection__client=client).first()
    if state is None:
        return None
    now = timezone.now()
    connected = state.connection.state == Connection.State.CONNECTED
    worked_on = state.lease_until is not None and state.lease_until > now
    due = state.due_at is not None and state.due_at <= now
    running = connected and (worked_on or due)
    done, total = (state.pages_done, state.pages_total) if state.is_running else (0, None)  # else: of the run before
    left = max(total - done, 0) if total is not None else None
    return Progress(
        running=running,
        waiting=running and not worked_on,
        done=done,
        total=total,
        eta=round(left * settings.LEXWARE_SPACING + 0.5) if left is not None and worked_on else None,
        trouble=troubles.TABLE.get(state.error) if state.error and connected else None,
        state=state,
    )
