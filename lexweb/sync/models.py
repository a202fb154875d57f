"""What is due for each connection, who works on it, and how far it is: the truth that the queue only nudges."""

import secrets
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.firm.models import Staff


class State(models.Model):
    """
    One connection's place in the work: due from `due_at` on, and whoever holds the lease works on it.

    A lease that ran out belongs to nobody. `wakes` counts the calls for attention: who gives the lease back because
    nothing is left to do finds out by it that something came in meanwhile.
    """

    connection = models.OneToOneField(Connection, models.CASCADE, related_name="sync")
    due_at = models.DateTimeField(null=True, default=timezone.now)  # None: not until somebody asks
    wakes = models.PositiveIntegerField(default=0)
    lease_owner = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)  # back-fill and lists wait; what people and webhooks ask for does not
    paused_by = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)  # failed in a row
    error = models.CharField(max_length=20, blank=True)  # a code of clients.troubles.TABLE
    error_at = models.DateTimeField(null=True)
    listed_at = models.DateTimeField(null=True)  # when everything had been listed once: from then on it is usable

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="sync_due")]

    def __str__(self) -> str:
        return f"sync of connection {self.connection_id}"


class Pass(models.Model):
    """
    Reading one resource page by page: how far it is, when it was last whole, and when it is due again.

    `cursor` says where to go on while one is under way (`started_at` is set) and is empty between two. `found` and
    `found_before` count {"rows", "new", "changed", "gone"} of the one under way and of the last whole one.
    """

    state = models.ForeignKey(State, models.CASCADE, related_name="passes")
    resource = models.CharField(max_length=30)  # a name of resources.RESOURCES
    due_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    cursor: Any = models.JSONField(default=dict)
    pages_done = models.PositiveIntegerField(default=0)
    pages_total = models.PositiveIntegerField(null=True)  # None until the first page told
    finished_at = models.DateTimeField(null=True)  # of the last whole one
    vouched_at = models.DateTimeField(null=True)  # when the last whole one began: what is older was seen since
    found: Any = models.JSONField(default=dict)
    found_before: Any = models.JSONField(default=dict)
    incomplete = models.BooleanField(default=False)  # Lexware Office showed 10,000 entries and hid the rest
    asked = models.BooleanField(default=False)  # somebody waits for it: it does not wait for the night
    trouble = models.CharField(max_length=20, blank=True)  # a code of clients.troubles: this resource alone is refused

    class Meta:
        verbose_name_plural = "passes"
        constraints = [models.UniqueConstraint(fields=["state", "resource"], name="pass_once_per_resource")]

    def __str__(self) -> str:
        return f"{self.resource} of state {self.state_id}"


def new_key() -> str:
    """Return the secret part of a callback address: 256 random bits."""
    return secrets.token_urlsafe(32)


class Hook(models.Model):
    """
    Where Lexware Office tells us about one connection, and what it has been asked to tell.

    `subscriptions` and `stale` are what the last comparison found, and what was made since: event type → id, "" where
    it is not known or the type is refused; and ids of our own that lead to an address which is no longer ours.
    """

    connection = models.OneToOneField(Connection, models.CASCADE, related_name="hook")
    key = models.CharField(max_length=43, unique=True, default=new_key)
    address = models.CharField(max_length=250, blank=True)  # where the subscriptions lead
    subscriptions: Any = models.JSONField(default=dict)
    stale: Any = models.JSONField(default=list)
    due_at = models.DateTimeField(default=timezone.now)  # when to compare with what is subscribed over there
    checked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=20, blank=True)  # a key of hooks.TROUBLES: why nothing can be subscribed
    last_event_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"hook of connection {self.connection_id}"


class Event(models.Model):
    """
    Something Lexware Office told us, kept from its answer until long after it is dealt with, as it may come again.

    A hint without data: what it means is read over there (behaviour.md, chapter 15).
    """

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="events")
    event_type = models.CharField(max_length=60)
    resource_id = models.UUIDField()
    event_date = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    request = models.CharField(max_length=12, blank=True)  # of the web request it came with, for the logs
    due_at = models.DateTimeField(null=True, default=timezone.now)  # None: dealt with
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "event_type", "resource_id", "event_date"], name="event_comes_once"
            )
        ]
        indexes = [
            models.Index(fields=["connection", "due_at"], condition=Q(due_at__isnull=False), name="event_open"),
            models.Index(fields=["received_at"], name="event_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.event_type} of connection {self.connection_id}"


class Worker(models.Model):
    """A worker process that says every few seconds that it is alive."""

    name = models.CharField(max_length=80, primary_key=True)  # host:pid:start
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    seats = models.PositiveIntegerField(default=0)  # connections it works on at this moment
    stopped_at = models.DateTimeField(null=True)  # it went in order

    def __str__(self) -> str:
        return self.name


class Chore(models.Model):
    """Periodic work that runs once however many workers there are: whoever moves `due_at` does it."""

    name = models.CharField(max_length=40, primary_key=True)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
