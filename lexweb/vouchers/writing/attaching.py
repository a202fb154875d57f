"""
The image of a voucher that is being created: kept with the submission until Lexware Office has shown it at the voucher.

The same content, attached again, gives the id of the first time (behaviour.md, chapter 10): so every step can be
repeated, whatever broke off.
"""

import io
import time
from uuid import UUID

import structlog
from django.db import transaction

from lexweb.clients import gateway
from lexweb.clients.models import Connection
from lexweb.files import store
from lexweb.files.models import Blob, File
from lexweb.lexware import errors, lookup
from lexweb.lexware.transfers import Upload
from lexweb.outbox import submissions
from lexweb.outbox.submissions import State
from lexweb.vouchers.models import Submission, Voucher
from lexweb.vouchers.writing import common, complaints
from lexweb.vouchers.writing.complaints import Complaint

log = structlog.get_logger(__name__)

Claim = submissions.Claim[Submission]

ATTEMPTS = 3  # to attach, or to see what was attached: neither does harm


class Unconfirmed(Exception):
    """Lexware Office broke off; the same form, sent again, looks first and goes on where it was. Nothing is lost."""


class ImageRefused(Exception):
    """The voucher exists now, but its image was not taken; `issues` says why. The same form can send another one."""

    def __init__(self, voucher: Voucher, issues: list[Complaint]) -> None:
        super().__init__()
        self.voucher, self.issues = voucher, issues


class ImageElsewhere(Exception):
    """
    The same image belongs to another voucher already, so Lexware Office does not take it a second time.

    :ivar voucher: the new voucher, without image; None if nothing was created
    :ivar other: the voucher that has the image, if we know it
    """

    def __init__(self, voucher: Voucher | None, other: Voucher | None) -> None:
        super().__init__()
        self.voucher, self.other = voucher, other


def refuse_known(connection: Connection, image: Blob) -> None:
    """Raise if the image is a voucher's already: then a second voucher could not have it, too."""
    if known := File.objects.filter(connection=connection, sha256=image.sha256).first():
        raise ImageElsewhere(None, _owner(connection, known.lexware_id))


def bring(claim: Claim, image: Blob | None, name: str) -> None:
    """Keep the image until it is confirmed, instead of one that an earlier try of the form has brought."""
    before = claim.submission.image
    if image is None or image == before:
        return
    submissions.note(claim, image=image, image_name=name[:255])
    claim.submission.image, claim.submission.image_name = image, name[:255]
    if before is not None:
        store.drop(before)


def forget(connection: Connection, key: UUID) -> None:
    """Let go of the image that an earlier try has brought: the person took it away before there was a voucher."""
    idle = Submission.objects.filter(state__in=[State.RELEASED, State.UNCERTAIN], voucher=None)
    submission = idle.select_related("image").filter(connection=connection, key=key).first()
    if submission is None or submission.image is None:
        return
    with transaction.atomic():
        if idle.filter(pk=submission.pk, image=submission.image).update(image=None):
            store.drop(submission.image)


def has(voucher: Voucher, image: Blob | None) -> bool:
    """Say whether the image, if there is one, is one of the voucher's."""
    if image is None:
        return True
    files = File.objects.filter(connection=voucher.connection, voucher_id=voucher.lexware_id)
    return files.filter(sha256=image.sha256).exists()


def attach(office: gateway.Office, claim: Claim, voucher: Voucher) -> None:
    """
    Attach the image, and see it at the voucher; nothing to do if there is none.

    :raises ImageRefused: it was not taken
    :raises ImageElsewhere: it is another voucher's
    :raises Unconfirmed: nobody knows
    :raises Lost: the claim is somebody else's by now
    """
    blob = claim.submission.image
    if blob is None:
        return
    try:
        content = store.read(blob)
    except store.Lost:
        raise ImageRefused(voucher, [Complaint("lost", "file")]) from None
    submissions.note(claim)
    upload = Upload(claim.submission.image_name, blob.media_type, lambda: io.BytesIO(content))
    file_id = _sent(office, voucher, upload)
    seen = _seen(office, voucher, file_id)
    if seen is None:
        raise ImageElsewhere(voucher, _owner(voucher.connection, file_id))
    _hand_over(claim, seen, file_id)


def _sent(office: gateway.Office, voucher: Voucher, upload: Upload) -> UUID:
    for _try in range(ATTEMPTS):
        try:
            return office.vouchers.attach(voucher.lexware_id, upload).id
        except errors.Rejected as refusal:
            raise ImageRefused(voucher, complaints.of_issues(refusal.issues)) from refusal
        except errors.Uncertain as error:
            log.warning("voucher.attach_uncertain", voucher=voucher.pk, status=error.status)
            broken_off = error
    raise Unconfirmed from broken_off


def _seen(office: gateway.Office, voucher: Voucher, file_id: UUID) -> common.Answer | None:
    """Return the voucher with the file; None if it has not got it. Reads right after a write can miss it."""
    for attempt in range(ATTEMPTS):
        time.sleep(attempt * lookup.SETTLING)
        try:
            now = common.read(office, voucher.lexware_id)
        except errors.LexwareError as error:
            raise Unconfirmed from error
        if not common.missing([file_id], now.payload):
            return now
    return None


def _hand_over(claim: Claim, seen: common.Answer, file_id: UUID) -> None:
    """The image is there: from now on it is the file's, and can be fetched again."""
    submission, blob = claim.submission, claim.submission.image
    with transaction.atomic():
        common.store(submission.connection, seen)
        if blob is not None:
            File.objects.filter(connection=submission.connection, lexware_id=file_id).update(
                name=submission.image_name, media_type=blob.media_type, size=blob.size, sha256=blob.sha256, blob=blob
            )
        submissions.note(claim, image=None)


def _owner(connection: Connection, file_id: UUID) -> Voucher | None:
    known = File.objects.filter(connection=connection, lexware_id=file_id).values_list("voucher_id", flat=True).first()
    return Voucher.objects.filter(connection=connection, lexware_id=known).first() if known else None
