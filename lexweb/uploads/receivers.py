"""What uploads do when a connection changes."""

from typing import Any

from django.dispatch import receiver

from lexweb.clients import signals
from lexweb.clients.models import Connection
from lexweb.uploads import services


@receiver(signals.emptied)
def start_over(sender: type[Connection], connection: Connection, **_: Any) -> None:
    """What was meant for another organization waits for a person."""
    services.start_over(connection)
