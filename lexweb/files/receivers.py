"""What other contexts tell: a new key came to the front, so that the keys of contents are sealed with it, too."""

from typing import Any

import structlog
from django.dispatch import receiver

from lexweb.clients import signals
from lexweb.files import store

log = structlog.get_logger(__name__)


@receiver(signals.resealing)
def reseal(**_: Any) -> None:
    """Seal the keys of contents anew."""
    if lost := store.reseal():
        log.error("files.sealed_with_missing_key", count=lost)
