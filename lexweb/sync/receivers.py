"""What sync does when a connection changes; clients cannot know sync, so they tell by signal."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from lexweb.clients import signals
from lexweb.clients.models import Connection
from lexweb.sync import hooks, services
from lexweb.vouchers import mirror as vouchers


@receiver(signals.connected)
def begin(sender: type[Connection], connection: Connection, **_: Any) -> None:
    """Subscribe to its events, and sync what was just connected."""
    hooks.begin(connection)
    vouchers.want_missing(connection)  # another grant may show what was refused
    services.begin(connection)


@receiver(signals.emptied)
def start_over(sender: type[Connection], connection: Connection, **_: Any) -> None:
    """Forget what was mirrored from another organization."""
    hooks.start_over(connection)
    services.start_over(connection)


@receiver(signals.work_came)
def wake(sender: type[Connection], connection_id: int, at: datetime | None = None, **_: Any) -> None:
    """Have the work done that came up in a context below."""
    services.wake(connection_id, at=at)
