"""The mirror of contacts and countries."""

from typing import Any
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.outbox import models as outbox

NOTE_LENGTH = 1000  # characters that Lexware Office takes (behaviour.md, chapter 7)


class Contact(models.Model):
    """
    A customer or vendor as Lexware Office holds it; `raw` is its JSON, the columns are what lists need.

    Texts of the columns are cut to the lengths below: `raw` is the truth.
    """

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="contacts")
    lexware_id = models.UUIDField()
    version = models.PositiveIntegerField()
    archived = models.BooleanField(default=False)
    is_company = models.BooleanField()
    is_customer = models.BooleanField()
    is_vendor = models.BooleanField()
    customer_number = models.PositiveBigIntegerField(null=True)
    vendor_number = models.PositiveBigIntegerField(null=True)
    number = models.PositiveBigIntegerField(null=True)  # the one to sort by
    name = models.CharField(max_length=250)
    listed_as = models.CharField(max_length=250)  # persons by their last name: "Becker, Svetlana"
    sort_name = models.CharField(max_length=100)  # folded, as the other one below; see search.py
    email = models.CharField(max_length=100, blank=True)
    city = models.CharField(max_length=60, blank=True)
    sort_city = models.CharField(max_length=60, blank=True)
    search = models.CharField(max_length=300)  # folded; see search.py
    first_seen_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField()  # when Lexware Office last showed it to us
    digest = models.BigIntegerField(default=0)  # of `raw`, see clients/mirroring.py
    changed_at = models.DateTimeField(default=timezone.now)  # when we last stored something new of it
    raw: Any = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "lexware_id"], name="contact_once_per_connection")]
        indexes = [
            # Holds all that filters and orders of the list need, so that no row with its JSON is read to count or
            # sort 50,000 contacts.
            models.Index(
                "connection", "archived", "sort_name", "id", "is_customer", "is_vendor", "number", "sort_city", "email",
                "search", name="contact_list",
            ),
            # The other orders of the list, so that its first and last pages need no sorting.
            models.Index(fields=["connection", "archived", "number", "id"], name="contact_by_number"),
            models.Index(fields=["connection", "archived", "sort_city", "sort_name", "id"], name="contact_by_city"),
            models.Index(fields=["connection", "archived", "email", "sort_name", "id"], name="contact_by_email"),
            models.Index(fields=["connection", "changed_at"], name="contact_changed"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Return the address of the contact's page; needs `connection.client` loaded."""
        return reverse("contacts:detail", args=[self.connection.client.slug, self.lexware_id])

    @property
    def api_path(self) -> str:
        """Return the contact's address in the API."""
        return f"/v1/contacts/{self.lexware_id}"

    @property
    def target(self) -> str:
        """Return the name of this contact in the history."""
        return target(self.lexware_id)


class Country(models.Model):
    """A country or tax region that Lexware Office accepts; the same for all accounts."""

    code = models.CharField(max_length=10, primary_key=True)
    name_de = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    tax_class = models.CharField(max_length=40)

    class Meta:
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.code


class Submission(outbox.Submission):
    """One form for a new contact."""

    contact = models.ForeignKey(Contact, models.SET_NULL, null=True)

    class Meta(outbox.Submission.Meta):
        constraints = [models.UniqueConstraint(fields=["connection", "key"], name="submission_once_per_connection")]


def target(contact_id: UUID) -> str:
    """Return the name of a contact in the history."""
    return f"contact:{contact_id}"
