"""What is done from time to time, and how often."""

from collections.abc import Callable
from datetime import timedelta

import structlog

from lexweb.clients import ending, guardian_mails
from lexweb.files import tidying
from lexweb.outbox import services as outbox
from lexweb.sync import chores, events
from lexweb.uploads import services as uploads
from lexweb.vouchers.writing import completing

log = structlog.get_logger(__name__)

EVERY_MINUTE, QUARTERLY, DAILY = timedelta(minutes=1), timedelta(minutes=15), timedelta(days=1)
CHORES: tuple[tuple[str, timedelta, Callable[[], object]], ...] = (
    ("revoke-grants", EVERY_MINUTE, ending.revoke_due),
    ("write-to-staff", EVERY_MINUTE, guardian_mails.send_due),
    ("complete-vouchers", QUARTERLY, completing.complete_left),
    ("forget-events", DAILY, events.forget_old),
    ("forget-outbox", DAILY, outbox.forget_old),
    ("forget-uploads", DAILY, uploads.forget_old),
    ("tidy-files", DAILY, tidying.tidy),
)


def do_due() -> None:
    """Do what is due; one that fails holds up no other."""
    for name, every, chore in CHORES:
        try:
            if chores.once(name, every):
                chore()
                chores.done(name)
        except Exception as error:  # its own words may quote people
            log.error("chore.failed", name=name, kind=type(error).__name__)
