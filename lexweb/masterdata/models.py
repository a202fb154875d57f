"""The mirror of the lists that an account works with."""

from typing import Any

from django.db import models

from lexweb.clients.mirrored import Compact
from lexweb.clients.models import Connection


class Listing(models.Model):
    """
    One whole list of an account, as it came: short, read together, and written over there only.

    Not a row per entry: 231 categories of 300 clients would be 70,000 rows that nobody looks for one by one.
    """

    class Name(models.TextChoices):
        POSTING_CATEGORIES = "posting-categories"
        PAYMENT_CONDITIONS = "payment-conditions"
        PRINT_LAYOUTS = "print-layouts"

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="listings")
    name = models.CharField(max_length=30, choices=Name.choices)
    entries: Any = models.JSONField(default=list, encoder=Compact)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "name"], name="listing_once_per_connection")]

    def __str__(self) -> str:
        return f"{self.name} of connection {self.connection_id}"
