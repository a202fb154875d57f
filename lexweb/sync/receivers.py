"""What sync does when a connection changes; clients cannot know sync, so they tell by signal."""

from typing import Any

from django.dispatch import receiver

from lexweb.clients import signals
from lexweb.clients.models import Connection
from lexweb.sync import services


@receiver(signals.connected)
def begin(sender: type[Connection], connection: Connection, **_: Any) -> None:
    """Sync what was just connected."""
    services.begin(connection)


@receiver(signals.emptied)
def start_over(sender: type[Connection], connection: Connection, **_: Any) -> None:
    """Forget what was mirrored from another organization."""
    services.start_over(connection)
