"""The state of each connection's sync: the truth that the queue only nudges."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lexweb.clients.models import Connection


class State(models.Model):
    """
    What is due, who works on it, and how far it is.

    `cursor` is {"resource": name, "page": next, "pages": total} while a run is under way and empty between runs, so
    that a run goes on where a killed one stopped. A lease that ran out belongs to nobody.
    """

    connection = models.OneToOneField(Connection, models.CASCADE, related_name="sync")
    due_at = models.DateTimeField(null=True, default=timezone.now)  # None: not until somebody asks
    lease_owner = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    cursor: Any = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField(null=True)  # of the run under way
    finished_at = models.DateTimeField(null=True)  # of the last whole run
    pages_done = models.PositiveIntegerField(default=0)
    pages_total = models.PositiveIntegerField(null=True)  # None until the first page told
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=20, blank=True)  # a code of clients.troubles.TABLE
    error_at = models.DateTimeField(null=True)
    incomplete = models.BooleanField(default=False)  # Lexware Office shows 10,000 entries at most

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="sync_due")]

    def __str__(self) -> str:
        return f"sync of connection {self.connection_id}"

    @property
    def is_running(self) -> bool:
        """Say whether a run has begun and not ended; it may be waiting for a worker."""
        return self.started_at is not None
