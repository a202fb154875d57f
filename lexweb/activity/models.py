"""The history: what happened, to which client, by whom. No foreign keys, so that it outlives what it tells of."""

from django.db import models


class Entry(models.Model):
    """One sentence of the history; `kind` and `values` make the words, in the reader's language."""

    kind = models.CharField(max_length=40)
    firm_id = models.BigIntegerField()
    client_id = models.BigIntegerField()
    target = models.CharField(max_length=64, blank=True)  # "contact:<uuid>"
    actor_id = models.BigIntegerField(null=True)  # None: lexweb itself
    actor_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["client_id", "-at", "-id"], name="entry_of_client"),
            models.Index(fields=["firm_id", "-at", "-id"], name="entry_of_firm"),
            models.Index(fields=["client_id", "target", "-at"], name="entry_of_target"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
