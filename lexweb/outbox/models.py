"""Writes that may wait: what people want changed in Lexware Office, one item for each record."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.firm.models import Staff


class Batch(models.Model):
    """What one person asked for in one go; its number is made with the form, so that sending twice makes one batch."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="batches")
    act = models.CharField(max_length=40)  # a name of `acts`
    wish: Any = models.JSONField(default=dict)  # what is to change, as its act understands it
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    staff_name = models.CharField(max_length=120)
    request = models.CharField(max_length=12, blank=True)  # of the web request it came with, for the logs
    created_at = models.DateTimeField(default=timezone.now)
    group = models.UUIDField(null=True, db_index=True)  # what was asked for of several clients in one go
    paused_at = models.DateTimeField(null=True)  # a person lets it wait: nothing of it is sent; lookups go on

    class Meta:
        verbose_name_plural = "batches"
        indexes = [models.Index(fields=["connection", "-created_at"], name="batch_by_age")]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class Item(models.Model):
    """
    One write that waits, is under way, or is over.

    `due_at` is when somebody has to look after it: a waiting one is sent then; one that is being sent belongs to
    nobody then, as its worker is dead; an uncertain one is looked up then. None: it is over. Each claim moves it, so
    it also says whose the item is: see claims.py.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        UNCERTAIN = "uncertain"  # perhaps carried out: looked up before anything else
        DONE = "done"
        REFUSED = "refused"
        CANCELLED = "cancelled"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()  # its place in the batch, from 0
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="+")
    target = models.CharField(max_length=64, blank=True)  # "contact:<uuid>"; "" for what is yet to be created
    label = models.CharField(max_length=250)
    own_wish: Any = models.JSONField(null=True)  # None: the batch's
    sent: Any = models.JSONField(null=True)  # what went out last and may have been carried out
    sent_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=20, blank=True)  # why it is refused, or waits for so long: see presenting.py
    issues: Any = models.JSONField(default=list)  # complaints of the API: [source, code]
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # in a row that surely changed nothing
    doubts = models.PositiveSmallIntegerField(default=0)  # requests that broke off
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="item_once_per_batch")]
        indexes = [
            models.Index(
                fields=["connection", "due_at", "id"], condition=Q(due_at__isnull=False), name="item_due"
            ),
            models.Index(
                fields=["connection", "target", "id"], condition=Q(due_at__isnull=False), name="item_open_of_target"
            ),
            models.Index(fields=["batch", "state"], name="item_by_state"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"item {self.pk} ({self.state})"

    @property
    def wish(self) -> Any:
        """Return what is to change."""
        return self.batch.wish if self.own_wish is None else self.own_wish

    @property
    def key(self) -> uuid.UUID:
        """Return a number that stays the same whenever and by whomever the item is sent."""
        return uuid.uuid5(self.batch_id, str(self.number))

    @property
    def is_open(self) -> bool:
        """Say whether something is still to be done."""
        return self.due_at is not None


class Submission(models.Model):
    """
    One form for a new record, so that it becomes one record however often it is sent; each context has its own.

    The API has no idempotency key (behaviour.md, chapter 2). The row is written before the request goes out, so a
    second click, a reload or a killed process finds it and looks before anything is sent again. `sent` is what went
    out last and may have been carried out: that is what is looked for, whatever the form says by then.
    """

    class State(models.TextChoices):
        SENDING = "sending"
        RELEASED = "released"  # surely not carried out
        UNCERTAIN = "uncertain"  # perhaps carried out: look first
        DONE = "done"

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="+")
    key = models.UUIDField()
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RELEASED)
    sent: Any = models.JSONField(default=dict)
    claimed_at = models.DateTimeField(default=timezone.now)  # which claim it is, too: see submissions.py
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
