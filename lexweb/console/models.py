"""Calls made by hand: who sent what, and for a while what came back. Everything typed or answered is sealed."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone

from lexweb.clients.models import Client
from lexweb.firm.models import Staff


class Call(models.Model):
    """
    One call; its `key` comes from the form, so that a form sent twice is one call.

    The row is written before the request goes out: a second click, a reload or a killed process finds it. `draft` and
    `answer` are sealed texts, see keeping.py; `answer` is emptied soon, the row stays for "send again".
    """

    class State(models.TextChoices):
        SENDING = "sending"
        ANSWERED = "answered"  # with any status
        FAILED = "failed"  # surely not carried out, or a read; `trouble` says why
        UNCERTAIN = "uncertain"  # a write that nobody answered

    client = models.ForeignKey(Client, models.CASCADE)
    staff = models.ForeignKey(Staff, models.CASCADE)
    key = models.UUIDField(default=uuid.uuid4)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENDING)
    method = models.CharField(max_length=6)
    path = models.CharField(max_length=300)  # without query
    draft = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True)
    ms = models.PositiveIntegerField(null=True)
    size = models.PositiveIntegerField(default=0)  # bytes of the body that came back
    request_id = models.CharField(max_length=128, blank=True)
    trouble = models.CharField(max_length=20, blank=True)  # a key of `troubles.TABLE`
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "staff", "key"], name="call_once_per_form")]
        indexes = [
            models.Index(fields=["client", "staff", "-at", "-id"], name="call_history"),
            models.Index(fields=["at"], name="call_by_age"),
        ]

    def __str__(self) -> str:
        return f"call {self.pk} ({self.state})"

    @property
    def url(self) -> str:
        """Return the address of the call; needs `client` loaded."""
        return reverse("console:call", args=[self.client.slug, self.key])

    @property
    def changes_data(self) -> bool:
        """Say whether it may have changed something in Lexware Office."""
        return self.method != "GET"

    @property
    def is_uncertain(self) -> bool:
        """Say whether nobody knows if a write was carried out: the gateway gave up, or broke off (behaviour.md, 2)."""
        gave_up = self.status is not None and (self.status >= 500 or self.status == 408)
        return self.state == self.State.UNCERTAIN or (self.changes_data and gave_up)
