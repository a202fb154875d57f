"""What we know of an account's files; the API has no list of them (behaviour.md, chapter 10)."""

from django.db import models
from django.utils import timezone

from lexweb.clients.models import Connection


class Blob(models.Model):
    """
    Bytes that we hold, encrypted, in the storage "receipts" (settings.STORAGES); see store.py.

    Never shared between clients, even if they hold the same bytes. What belongs to a waiting upload is the only copy
    there is, and may go only when Lexware Office has shown that it has it; what was fetched from there can be again.
    """

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100, unique=True)  # its folder in the storage
    secret = models.CharField(max_length=255)  # what it is encrypted with, sealed (clients/vault.py)
    size = models.PositiveIntegerField()  # of the content
    sha256 = models.CharField(max_length=64)  # of the content
    media_type = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now, db_index=True)  # what was not used for long goes first

    def __str__(self) -> str:
        return f"blob {self.pk}"


class File(models.Model):
    """
    A file of a document. Its id and owner come with the document's detail; what is in it, once somebody looked.

    `voucher_id` is the id over there of the one voucher or sales document it belongs to.
    """

    # The indexes below begin with it.
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="files", db_index=False)
    lexware_id = models.UUIDField()
    voucher_id = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=0)
    rendered = models.CharField(max_length=24, blank=True)  # "invoices", …: the resource that makes it; "": uploaded
    name = models.CharField(max_length=255, blank=True)  # as uploaded here; the API tells none
    media_type = models.CharField(max_length=40, blank=True)  # "": nobody has looked into it yet
    size = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True)  # None: unknown, or it cannot be shown as pages
    profile = models.CharField(max_length=20, blank=True)  # of einvoice.Profile, if it is an e-invoice
    first_seen_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=16, blank=True)  # why it could not be read, a code of `clients.troubles`
    problem_at = models.DateTimeField(null=True)
    blob = models.ForeignKey(Blob, models.SET_NULL, null=True, related_name="files")  # None: it has to be fetched

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "lexware_id"], name="file_once_per_connection")]
        indexes = [
            models.Index(fields=["connection", "voucher_id"], name="file_of_voucher"),
            models.Index(fields=["connection", "sha256"], name="file_by_content"),
        ]

    def __str__(self) -> str:
        return f"file {self.lexware_id}"

    @property
    def page_numbers(self) -> range:
        """Return the numbers of its pages."""
        return range(1, (self.pages or 0) + 1)
