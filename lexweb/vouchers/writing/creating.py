"""
Creating a voucher with its image: create, attach, verify; each step once, whatever breaks off.

The submission holds how far it got: what was sent, the voucher as soon as it is known, the image until Lexware Office
has shown it at the voucher. A form that is sent again goes on from there (behaviour.md, chapters 2 and 10).
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from lexweb.activity.kinds import Kind
from lexweb.clients import gateway
from lexweb.clients.models import Client
from lexweb.files import store
from lexweb.files.models import Blob
from lexweb.firm.models import Staff
from lexweb.lexware import errors
from lexweb.lexware.api.vouchers import VoucherDraft
from lexweb.outbox import submissions
from lexweb.outbox.submissions import Lost, State
from lexweb.vouchers.models import Submission, Voucher
from lexweb.vouchers.writing import attaching, categories, common, complaints, fields
from lexweb.vouchers.writing.editing import Rejected

log = structlog.get_logger(__name__)

Values = Mapping[str, Any]
Claim = attaching.Claim
Unconfirmed = attaching.Unconfirmed
ImageRefused = attaching.ImageRefused
ImageElsewhere = attaching.ImageElsewhere
forget_image = attaching.forget


class InFlight(Exception):
    """The same form is being sent at this moment."""


class Spent(Exception):
    """The form has already created a voucher (None: deleted since), and what it says now is something else."""

    def __init__(self, voucher: Voucher | None) -> None:
        super().__init__()
        self.voucher = voucher


class CreatedBefore(Exception):
    """An earlier try did create the voucher, with what the form said then; what it says now was not sent."""

    def __init__(self, voucher: Voucher) -> None:
        super().__init__()
        self.voucher = voucher


def create(
    client: Client, *, values: Values, image: Blob | None, image_name: str, key: UUID, by: Staff
) -> Voucher:  # fmt: skip
    """
    Create a voucher, booked at once, once for each `key`, however often and by whatever accident this is called.

    :param values: of all fields, see `fields.FIELDS`
    :param image: kept until Lexware Office has shown it at the voucher; then it belongs to the `File`
    :param key: made with the form, and sent along with it
    :raises Rejected: of editing: the values are refused; nothing was created
    :raises Unconfirmed: it may have been created; calling again looks first
    :raises InFlight: the same form is being sent right now
    :raises Spent: the form was sent before, with other values or without this image
    :raises CreatedBefore: an earlier try, of which nobody knew whether it was carried out, has created it
    :raises ImageRefused: the voucher exists, its image was not taken
    :raises ImageElsewhere: the image is another voucher's
    :raises Trouble: not connected, or Lexware Office has troubles; calling again goes on where it was
    """
    connection = client.connection
    filled = fields.read({}) | fields.clean(values)
    if wrong := complaints.check(filled, categories.every(connection), booked=True):
        raise Rejected(wrong)
    draft = VoucherDraft.model_validate(fields.apply({"useCollectiveContact": False}, filled))
    submission, _made = Submission.objects.get_or_create(key=key, connection=connection, defaults={"staff": by})
    if submission.voucher_id is None and image is not None:
        attaching.refuse_known(connection, image)
    claim = submissions.take(submission, draft.payload())
    if claim is None:
        return _made_by_twin(submission, draft, image)
    try:
        attaching.bring(claim, image, image_name)
        with gateway.open_office(connection, passing=(gateway.Rejected, gateway.Uncertain)) as office:
            voucher, sent = _created(office, draft, claim)
            _attach(office, claim, voucher)
        voucher = _finish(claim, voucher, by=by)
    except Lost:
        raise InFlight from None
    except BaseException as error:
        _give_back(claim, error)
        raise
    if sent.payload() != draft.payload():
        raise CreatedBefore(voucher)
    return voucher


def complete(submission: Submission) -> None:
    """
    Go on where a form broke off that nobody sends again: attach its image to the voucher it has made; create nothing.

    :raises Exception: as `create`; it can be called again
    """
    claim = submissions.take(submission, submission.sent)
    if claim is None:
        return
    try:
        passing = (gateway.Rejected, gateway.Uncertain)
        with gateway.open_office(submission.connection, background=True, passing=passing) as office:
            voucher = submission.voucher
            if voucher is None:
                found = _find_new(office, submission, VoucherDraft.model_validate(submission.sent))
                if found is None:
                    raise Unconfirmed
                voucher = _keep(claim, found)
            _attach(office, claim, voucher)
        _finish(claim, voucher, by=submission.staff)
    except BaseException as error:
        _give_back(claim, error)
        raise


def _created(office: gateway.Office, draft: VoucherDraft, claim: Claim) -> tuple[Voucher, VoucherDraft]:
    """Return the new voucher, and the draft that made it: of an earlier try perhaps, which is looked for first."""
    submission = claim.submission
    if submission.voucher is not None:
        return submission.voucher, VoucherDraft.model_validate(submission.sent)
    if claim.doubt is not None:
        earlier = VoucherDraft.model_validate(claim.doubt)
        if found := _find_new(office, submission, earlier):
            return _keep(claim, found), earlier
    submissions.about_to_send(claim, draft.payload())
    submission.sent = draft.payload()
    try:
        result = office.vouchers.create(draft)
    except errors.Rejected as refusal:
        raise Rejected(complaints.of_issues(refusal.issues)) from refusal
    except errors.Uncertain as error:
        log.warning("voucher.create_uncertain", submission=str(submission.key), status=error.status)
        if found := _find_new(office, submission, draft):
            return _keep(claim, found), draft
        raise Unconfirmed from error
    written = {"voucherStatus": "open", "files": [], **draft.payload(), **result.payload()}
    written.pop("resourceUri", None)
    return _keep(claim, common.read_back(office, result.id, (), written)), draft


def _find_new(office: gateway.Office, submission: Submission, draft: VoucherDraft) -> common.Answer | None:
    """Return the voucher that holds what was sent and was not known before it was sent."""
    asked_at = timezone.now()
    try:
        found = office.vouchers.find(draft, since=submission.created_at)
    except errors.LexwareError as error:
        raise Unconfirmed from error
    ids = [voucher.id for voucher in found]
    known = Voucher.objects.filter(connection=submission.connection, lexware_id__in=ids)
    taken = set(known.filter(first_seen_at__lt=submission.created_at).values_list("lexware_id", flat=True))
    taken |= set(known.filter(submission__isnull=False).values_list("lexware_id", flat=True))
    new = [voucher for voucher in found if voucher.id not in taken]
    return common.Answer(new[0].payload(), asked_at) if new else None


def _keep(claim: Claim, answer: common.Answer) -> Voucher:
    """Note which voucher it is, before anything else is done with it."""
    with transaction.atomic():
        voucher = common.store(claim.submission.connection, answer)
        submissions.note(claim, voucher=voucher)
    claim.submission.voucher = voucher
    return voucher


def _attach(office: gateway.Office, claim: Claim, voucher: Voucher) -> None:
    try:
        attaching.attach(office, claim, voucher)
    except ImageElsewhere:
        _let_go_of(claim, voucher)
        raise


def _let_go_of(claim: Claim, voucher: Voucher) -> None:
    """End the submission without its image, which Lexware Office has elsewhere."""
    blob = claim.submission.image
    _finish(claim, voucher, by=claim.submission.staff, image=None)
    if blob is not None:
        store.drop(blob)


def _finish(claim: Claim, voucher: Voucher, *, by: Staff | None, **columns: Any) -> Voucher:
    with transaction.atomic():
        voucher = common.again(voucher)
        if submissions.finish(claim, voucher=voucher, **columns):
            common.record(Kind.VOUCHER_CREATED, voucher, by=by)
    return voucher


def _give_back(claim: Claim, error: BaseException) -> None:
    """Note how far it got, unless the process is dying: then the claim runs out by itself."""
    if not isinstance(error, Exception):
        return
    surely_not = isinstance(error, Rejected) or submissions.surely_not(error)
    submissions.give_back(claim, refused=surely_not and claim.submission.voucher is None)


def _made_by_twin(submission: Submission, draft: VoucherDraft, image: Blob | None) -> Voucher:
    """Return what the same form, sent before, has made; an image that it has not got is no reason to be content."""
    submissions.wait(submission)
    if submission.state != State.DONE:
        raise InFlight
    voucher = Voucher.objects.select_related("connection__client", "detail").filter(submission=submission).first()
    if voucher is None or submission.sent != draft.payload() or not attaching.has(voucher, image):
        raise Spent(voucher)
    return voucher
