"""What other contexts tell: a new key came to the front, so that calls are sealed with it, too."""

from typing import Any

from django.dispatch import receiver

from lexweb.clients import signals
from lexweb.console import keeping


@receiver(signals.resealing)
def reseal(**_: Any) -> None:
    """Seal what is kept of calls anew."""
    keeping.reseal()
