"""
Changing and booking a bookkeeping voucher: Lexware Office first, then the mirror.

Every write starts from what Lexware Office shows right before, carries all file ids over, and reads the voucher back:
a file id that is left out is an image deleted for good (behaviour.md, chapter 10).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lexweb.activity.kinds import Kind
from lexweb.clients import gateway
from lexweb.clients.models import Connection
from lexweb.firm.models import Staff
from lexweb.lexware import errors
from lexweb.vouchers import mirror
from lexweb.vouchers.models import Detail, Voucher
from lexweb.vouchers.writing import categories, common, complaints, fields, policies, sums
from lexweb.vouchers.writing.complaints import Complaint

log = structlog.get_logger(__name__)

Values = Mapping[str, Any]
Locked = policies.Locked
Gone = common.Gone

PASSING = (gateway.Conflict, gateway.Rejected, gateway.NotFound, gateway.Uncertain)
CHANGED = _("Somebody saved it in Lexware Office meanwhile.")
BOOKED = _("Somebody booked it in Lexware Office meanwhile.")


class Conflict(Exception):
    """
    It is not what the person saw; nothing was written. The mirror holds what it is now.

    :ivar voucher: as it is now, with `detail`
    :ivar text: what happened, for people: changed, booked, or with fewer images
    """

    def __init__(self, voucher: Voucher, text: object) -> None:
        super().__init__()
        self.voucher, self.text = voucher, str(text)


class Rejected(Exception):
    """The values are refused, by us or by Lexware Office; nothing was written."""

    def __init__(self, issues: list[Complaint]) -> None:
        super().__init__()
        self.issues = issues


class Unconfirmed(Exception):
    """Nobody knows whether it was saved; saving again is safe, as the version protects it."""


class ImagesLost(Exception):
    """After our write fewer images are there than before. Nobody writes it by us until a person has looked."""

    def __init__(self, voucher: Voucher) -> None:
        super().__init__()
        self.voucher = voucher


def update(voucher: Voucher, *, values: Values, version: int, by: Staff, book: bool = False) -> Voucher:
    """
    Change the voucher in Lexware Office, then in the mirror.

    :param values: fields by name, see `fields.FIELDS`; what is not given stays as it is
    :param version: the version the person saw (`voucher.detail.version`)
    :param book: it is unchecked and is to be booked; this cannot be undone. Ask for VOUCHER_BOOK before
    :raises Conflict: it is not what the person saw
    :raises Rejected: `issues` says what is wrong with the values, and where
    :raises Locked: its kind or state cannot be changed; `text` says why
    :raises Gone: it was deleted there
    :raises Unconfirmed: nobody knows whether it was saved
    :raises ImagesLost: an image is missing after it, or after an earlier write of ours
    :raises Trouble: not connected, or Lexware Office has troubles; nothing was written
    """
    voucher = _known(voucher)
    policies.check(voucher, book=book)
    with _office(voucher) as office:
        shown = common.read(office, voucher.lexware_id)
        _compare(voucher, shown, version=version, by=by, book=book)
        wished = _wished(shown.payload, fields.clean(values))
        if not wished and not book:
            return common.store(voucher.connection, shown)
        _check(voucher.connection, shown.payload, wished, book=book)
        answer = _write(office, voucher, shown.payload, wished, by=by, book=book)
    with transaction.atomic():
        saved = common.settle(voucher.connection, answer, by=by)
        common.tell(saved, before=fields.read(shown.payload), by=by, booked=book)
    if answer.missing:
        raise ImagesLost(saved)
    return saved


def refresh(voucher: Voucher) -> Voucher:
    """
    Read the voucher anew from Lexware Office.

    :raises Gone: it was deleted there
    :raises Trouble: it cannot be read now
    """
    with _office(voucher) as office:
        return common.store(voucher.connection, common.read(office, voucher.lexware_id))


def looked(voucher: Voucher, *, by: Staff) -> Voucher:
    """Note that a person has looked after the images (`voucher.images_lost`): it may be written again."""
    with transaction.atomic():
        lost = Voucher.objects.filter(pk=voucher.pk, file_count__lt=F("images_owed"))  # not what is just being written
        if lost.update(images_owed=None):
            common.record(Kind.IMAGES_LOOKED, voucher, by=by)
    return common.again(voucher)


@contextmanager
def _office(voucher: Voucher) -> Iterator[gateway.Office]:
    try:
        with gateway.open_office(voucher.connection, passing=PASSING) as office:
            yield office
    except gateway.NotFound as error:
        mirror.forget(voucher.connection, voucher.lexware_id)
        raise Gone from error


def _known(voucher: Voucher) -> Voucher:
    """Return the voucher as it is stored now: somebody else may have stored it since it was read."""
    try:
        return common.again(voucher)
    except Voucher.DoesNotExist:
        raise Gone from None


def _compare(voucher: Voucher, shown: common.Answer, *, version: int, by: Staff, book: bool) -> None:
    """Raise unless what Lexware Office shows is what the person saw."""
    payload, connection = shown.payload, voucher.connection
    there, status = len(payload.get("files") or ()), payload.get("voucherStatus", "")
    if voucher.images_owed is not None and there < voucher.images_owed:  # nobody has looked since a write of ours
        raise ImagesLost(common.store(connection, replace(shown, missing=voucher.images_owed - there), by=by))
    fewer = (voucher.file_count or 0) - there
    booked = status != policies.UNCHECKED and voucher.status == policies.UNCHECKED
    if payload["version"] == version and fewer <= 0 and not booked and _as_known(voucher, payload):
        if reason := policies.lock_of_status(status):
            raise policies.Locked(reason)
        return
    raise _other(voucher, shown, book=book)


def _other(voucher: Voucher, shown: common.Answer, *, book: bool) -> Exception:
    """Store what somebody else has made of it; return what to raise."""
    fewer = (voucher.file_count or 0) - len(shown.payload.get("files") or ())
    if fewer > 0:
        now = common.store_fewer(voucher.connection, shown, missing=fewer)
        return Conflict(now, policies.REASONS["images_fewer"])
    now = common.store(voucher.connection, shown)
    booked = voucher.status == policies.UNCHECKED != now.status
    if booked and book:
        return policies.Locked("booked")
    return Conflict(now, BOOKED if booked else CHANGED)


def _as_known(voucher: Voucher, payload: common.Payload) -> bool:
    """Say whether a version is what we know it to be: text recognition may fill one in without another number."""
    known: Detail | None = getattr(voucher, "detail", None)
    if known is None or known.raw is None or known.version != payload["version"]:
        return True
    return fields.read(known.raw) == fields.read(payload)


def _wished(payload: common.Payload, values: fields.Values) -> fields.Values:
    """Return the values that are to be others than they are."""
    before = fields.read(payload)
    return {field.name: values[field.name] for field in fields.differing(before, values)}


def _check(connection: Connection, payload: common.Payload, wished: fields.Values, *, book: bool) -> None:
    """Raise `Rejected` if Lexware Office would refuse it, or if the total of what is paid would change."""
    status = payload.get("voucherStatus", "")
    before = fields.read(payload)
    after = before | wished
    wrong = complaints.check(after, categories.every(connection), booked=book or status != policies.UNCHECKED)
    if status in policies.PAID and _total(before) != _total(after):
        wrong.append(Complaint("paid_sum", "totalGrossAmount"))
    if wrong:
        raise Rejected(wrong)


def _total(values: fields.Values) -> Decimal:
    return sums.totals(values["lines"], values["tax_type"]).gross


def _write(
    office: gateway.Office, voucher: Voucher, shown: common.Payload, wished: fields.Values, *, by: Staff, book: bool
) -> common.Answer:  # fmt: skip
    draft = common.draft(shown, wished)
    try:
        return common.send(office, voucher.connection, shown, draft, book=book)
    except errors.Rejected as refusal:
        raise Rejected(complaints.of_issues(refusal.issues)) from refusal
    except errors.Conflict as error:
        raise _conflict(office, voucher, book=book) from error
    except errors.Uncertain as error:
        log.warning("voucher.update_uncertain", status=error.status)
        return _look_after_update(office, voucher, shown, wished, by=by, book=book)


def _look_after_update(
    office: gateway.Office, voucher: Voucher, shown: common.Payload, wished: fields.Values, *, by: Staff, book: bool
) -> common.Answer:  # fmt: skip
    """Find out what became of an uncertain update: done, not done, or somebody else's newer version."""
    version = shown["version"]
    try:
        found = common.read(office, voucher.lexware_id)
    except errors.NotFound:
        raise
    except errors.LexwareError as problem:
        raise Unconfirmed from problem
    now = replace(found, missing=common.missing(shown.get("files") or [], found.payload))
    if common.came_through(now.payload, version=version, wished=wished, book=book):
        return now
    if now.payload["version"] == version:
        raise Unconfirmed
    if now.missing:  # it may have been ours, and somebody else's right after it
        raise ImagesLost(common.store(voucher.connection, now, by=by))
    common.settle(voucher.connection, now, by=by)
    raise _other(voucher, now, book=book)


def _conflict(office: gateway.Office, voucher: Voucher, *, book: bool) -> Exception:
    """Return what to raise when somebody else was faster; as we know it if it cannot be read now."""
    try:
        found = common.read(office, voucher.lexware_id)
    except errors.NotFound:
        raise
    except errors.LexwareError:
        return Conflict(voucher, CHANGED)
    return _other(voucher, found, book=book)
