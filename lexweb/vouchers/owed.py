"""
What a write of ours owes: as many images as were there right before it.

It is noted before the write goes out, so that it outlives a killed process, and with the version that the write was
made from: what is shown in a later version shows what became of it, whether or not anybody could tell at the time.
"""

from uuid import UUID

import structlog

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients.models import Connection
from lexweb.firm.models import Staff
from lexweb.vouchers.models import Voucher

log = structlog.get_logger(__name__)


def note(connection: Connection, voucher_id: UUID, *, count: int, version: int) -> None:
    """Note how many files were there right before the write that follows, and have to be there after it."""
    # What the mirror knew may be fewer, if somebody has just added one: that would look like a loss.
    mine = Voucher.objects.filter(connection=connection, lexware_id=voucher_id)
    mine.update(images_owed=count, owed_version=version, file_count=count)


def is_older(voucher: Voucher, version: int) -> bool:
    """Say whether a version is older than what a write of ours was made from: it may lack an image added since."""
    return voucher.images_owed is not None and version < (voucher.owed_version or 0)


def reckon(earlier: Voucher | None, voucher: Voucher, *, version: int) -> None:
    """
    Settle what is owed now that a document was shown, or sound the alarm.

    :param earlier: as it was stored before
    :param version: in which it was shown
    """
    if voucher.images_owed is None or version <= (voucher.owed_version or 0):
        return
    there = voucher.file_count or 0
    if there < voucher.images_owed:
        if earlier is not None and not earlier.images_lost:
            alarm(voucher, missing=voucher.images_owed - there, by=None)
        return
    settled = Voucher.objects.filter(pk=voucher.pk, images_owed__lte=there, owed_version__lt=version)
    if settled.update(images_owed=None):
        voucher.images_owed = None


def alarm(voucher: Voucher, *, missing: int, by: Staff | None) -> None:
    """Tell of images that a write of ours has lost."""
    log.error("voucher.images_lost", voucher=voucher.pk, missing=missing, there=voucher.file_count)
    client = voucher.connection.client
    activity.record(
        Kind.IMAGES_LOST, client=client, by=by, target=voucher.target, name=voucher.known_as, missing=missing
    )  # fmt: skip
