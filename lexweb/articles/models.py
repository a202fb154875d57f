"""The mirror of articles and services."""

from django.db import models

from lexweb.clients.mirrored import Mirrored


class Article(Mirrored):
    """An article or service that invoices can refer to."""

    version = models.PositiveIntegerField()
    title = models.CharField(max_length=250)
    number = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10)  # PRODUCT or SERVICE
    archived = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "lexware_id"], name="article_once_per_connection")]

    def __str__(self) -> str:
        return self.title
