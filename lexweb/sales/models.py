"""The mirror of what sales documents are made from."""

from django.db import models

from lexweb.clients.mirrored import Mirrored


class RecurringTemplate(Mirrored):
    """A template from which Lexware Office writes invoices at night (behaviour.md, chapter 14)."""

    updated_at = models.DateTimeField()
    title = models.CharField(max_length=250, blank=True)
    contact_name = models.CharField(max_length=250, blank=True)
    next_on = models.DateField(null=True)  # None: ended or paused
    detailed = models.BooleanField(default=False)  # `raw` is the whole template, no longer the short form of the list

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "lexware_id"], name="template_once_per_connection")
        ]

    def __str__(self) -> str:
        return self.title
