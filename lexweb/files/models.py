"""What we know of an account's files; the API has no list of them (behaviour.md, chapter 10)."""

from django.db import models
from django.utils import timezone

from lexweb.clients.models import Connection


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
    media_type = models.CharField(max_length=40, blank=True)
    size = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    first_seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "lexware_id"], name="file_once_per_connection")]
        indexes = [models.Index(fields=["connection", "voucher_id"], name="file_of_voucher")]

    def __str__(self) -> str:
        return f"file {self.lexware_id}"
