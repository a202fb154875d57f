"""What people keep of the review queue: views of their own."""

from django.db import models
from django.utils import timezone

from lexweb.firm.models import Staff


class View(models.Model):
    """A person's name for a set of filters; `query` is what stands behind the question mark of the address."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="review_views", db_index=False)
    name = models.CharField(max_length=40)
    query = models.TextField()  # fifty clients and a search in umlauts are long
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "name"], name="view_once_per_name")]

    def __str__(self) -> str:
        return self.name
