"""What the outbox does when a connection changes."""

from typing import Any

from django.dispatch import receiver

from lexweb.clients import signals
from lexweb.clients.models import Connection
from lexweb.outbox import services


@receiver(signals.emptied)
def give_up(sender: type[Connection], connection: Connection, **_: Any) -> None:
    """Send nothing to an organization it was not meant for."""
    services.give_up(connection)
