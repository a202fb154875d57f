"""Receipts on their way to Lexware Office, from the moment they arrive here until they were read back from there."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.files.models import Blob
from lexweb.firm.models import Staff
from lexweb.outbox.models import Item


class Upload(models.Model):
    """
    One file that somebody brought in.

    Until it is `DONE`, `blob` holds the only copy that we know of. An upload cannot be undone over there (behaviour.md,
    chapter 10), so a file that may be a duplicate waits for a person: `suspicions` says what was found, as codes of
    `vouchers.duplicates` with the ids of documents, or `SAME_INVOICE` with the id of another upload.
    """

    SAME_INVOICE = "upload"

    class State(models.TextChoices):
        READY = "ready"  # may be sent when the person says so
        ASKING = "asking"  # perhaps a duplicate: a person has to decide
        REFUSED = "refused"  # cannot be sent: `reason`; nothing of it is kept but what stands here
        QUEUED = "queued"  # in the outbox, see `item`
        DONE = "done"  # read back from Lexware Office
        DISCARDED = "discarded"  # a person decided not to send it

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="uploads", db_index=False)
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=255)  # as the browser said it, made safe
    blob = models.ForeignKey(Blob, models.SET_NULL, null=True, related_name="uploads")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40, blank=True)
    pages = models.PositiveSmallIntegerField(null=True)
    profile = models.CharField(max_length=20, blank=True)  # of einvoice.Profile
    invoice_key = models.CharField(max_length=200, blank=True, default="")  # whose it is and its number, if it has both
    warnings: Any = models.JSONField(default=list)  # of inspecting.WARNINGS
    suspicions: Any = models.JSONField(default=list)  # [code, id of the document over there]
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    reason = models.CharField(max_length=30, blank=True)  # a code of `presenting.REASONS`
    target_id = models.UUIDField(null=True)  # the voucher to attach it to; None: it becomes a new one
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="+")
    file_id = models.UUIDField(null=True)  # over there, once it is done
    voucher_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["connection", "-created_at"], name="upload_by_age"),
            models.Index(fields=["connection", "sha256"], name="upload_by_content"),
        ]
        constraints = [
            # The same bytes twice at the same time are one upload, whoever brings them.
            models.UniqueConstraint(
                fields=["connection", "sha256"], condition=Q(state__in=["ready", "asking", "queued"]),
                name="upload_once_while_open",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"upload {self.pk} ({self.state})"
