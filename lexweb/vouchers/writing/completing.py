"""A voucher that was created, and its image not attached, as everything died in between and nobody came back."""

from datetime import timedelta

import structlog
from django.utils import timezone

from lexweb.vouchers.models import Submission
from lexweb.vouchers.writing import creating

log = structlog.get_logger(__name__)

AFTER, UNTIL = timedelta(minutes=15), timedelta(days=3)  # in which the person may still send the form again
AT_ONCE = 20
State = Submission.State


def complete_left() -> None:
    """Attach the images of forms that broke off some time ago. A chore."""
    now = timezone.now()
    left = Submission.objects.filter(
        image__isnull=False, state__in=[State.SENDING, State.UNCERTAIN], claimed_at__lt=now - AFTER,
        created_at__gt=now - UNTIL,
    )  # fmt: skip
    found = left.select_related("connection__client", "image", "voucher__connection__client", "staff")
    for submission in found.order_by("claimed_at")[:AT_ONCE]:
        try:
            creating.complete(submission)
        except Exception as error:  # the next time, or the person
            log.warning("voucher.not_completed", submission=str(submission.key), kind=type(error).__name__)
