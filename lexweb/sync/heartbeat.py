"""Each worker process says every few seconds that it is alive, so that a dead one is seen."""

import os
import socket
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from django.db import DatabaseError, connection
from django.utils import timezone

from lexweb.sync.models import Worker

if TYPE_CHECKING:
    from lexweb.sync.crew import Crew

log = structlog.get_logger(__name__)

EVERY = 10.0  # seconds
DEAD_AFTER = timedelta(seconds=60)  # without a sign of life
FORGET_AFTER = timedelta(days=1)
_ended = threading.Event()
_name = ""


def start(crew: "Crew") -> None:
    """Say from now on that this process works, until `stop`."""
    global _name
    _name = f"{socket.gethostname()[:40]}:{os.getpid()}:{timezone.now():%Y%m%d%H%M%S}"
    threading.Thread(target=_beat, args=(crew,), name="heartbeat", daemon=True).start()


def stop() -> None:
    """Say that this process goes in order."""
    _ended.set()
    if _name:
        try:
            Worker.objects.filter(pk=_name).update(stopped_at=timezone.now(), seats=0)
        except DatabaseError:  # gone before us
            log.warning("worker.stop_unnoticed")


def alive() -> list[Worker]:
    """Return the workers that are alive, the longest running first."""
    since = timezone.now() - DEAD_AFTER
    return list(Worker.objects.filter(stopped_at__isnull=True, seen_at__gt=since).order_by("started_at"))


def _beat(crew: "Crew") -> None:
    while True:
        try:
            _sign(crew)
        except DatabaseError as error:
            log.warning("worker.unseen", kind=type(error).__name__)
            connection.close()
        if _ended.wait(EVERY):
            return


def _sign(crew: "Crew") -> None:
    now = timezone.now()
    Worker.objects.update_or_create(pk=_name, defaults={"seen_at": now, "seats": crew.aboard, "stopped_at": None})
    Worker.objects.filter(seen_at__lt=now - FORGET_AFTER).delete()
