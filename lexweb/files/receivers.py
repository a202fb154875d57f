"""What other contexts tell: a new key came to the front, so that the keys of contents are sealed with it, too."""

from typing import Any

from django.dispatch import receiver

from lexweb.clients import signals
from lexweb.files import store


@receiver(signals.resealing)
def reseal(**_: Any) -> None:
    """Seal the keys of contents anew."""
    store.reseal()
