"""What all tables of the mirror share."""

import json
from typing import Any

from django.db import models
from django.utils import timezone


class Compact(json.JSONEncoder):
    """
    JSON without blanks and escapes, as SQLite keeps it letter by letter.

    With them, a mirror takes a fifth more room than the JSON it came as.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"separators": (",", ":"), "ensure_ascii": False})


class Mirrored(models.Model):
    """
    One record of an account over there; `raw` is its JSON as it came, the columns of the child are what lists need.

    `seen_at` is the moment we asked Lexware Office when it last showed the record: an answer that was asked for
    earlier never replaces one that was asked for later. `digest` tells whether a record is the stored one, without
    reading that; 0 if the row was changed since by something else than such a record.
    """

    connection = models.ForeignKey("clients.Connection", models.CASCADE, related_name="+")
    lexware_id = models.UUIDField()
    first_seen_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField()
    digest = models.BigIntegerField(default=0)
    raw: Any = models.JSONField(null=True, encoder=Compact)

    class Meta:
        abstract = True
