"""
What every write of a voucher needs: the draft before it, the answer after it, and the line in the history.

A file id that a draft leaves out is an image deleted for good (behaviour.md, chapter 10). So a draft is made from what
Lexware Office has shown right before, how many files it carries over is noted before it goes out (`images_owed`, which
outlives a killed process), and what is there afterwards is compared with what was sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients import gateway, mirroring
from lexweb.clients.models import Connection
from lexweb.firm.models import Staff
from lexweb.lexware import errors
from lexweb.lexware.api import vouchers as api
from lexweb.outbox import submissions
from lexweb.vouchers import mirror, owed
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import categories, fields, policies, wording

log = structlog.get_logger(__name__)

Payload = dict[str, Any]
Values = Mapping[str, Any]


class Gone(Exception):
    """It no longer exists in Lexware Office."""


@dataclass(frozen=True)
class Answer:
    """
    A voucher as Lexware Office shows it.

    :ivar missing: how many of the files that were there before a write of ours are not there any more
    :ivar verified: False: it could not be read after the write, so this is what it should be
    """

    payload: Payload
    asked_at: datetime
    missing: int = 0
    verified: bool = True


def read(office: gateway.Office, voucher_id: UUID) -> Answer:
    """Return the voucher as it is now."""
    asked_at = timezone.now()
    return Answer(office.vouchers.get(voucher_id).payload(), asked_at)


def draft(shown: Payload, values: Values) -> api.VoucherDraft:
    """Return the voucher with the values put in; files, and what no field knows, are kept."""
    before = api.VoucherDraft.of(api.Voucher.model_validate(shown))
    carried = {"version": before.version, "files": before.files}
    return api.VoucherDraft.model_validate(fields.apply(before.payload(), values) | carried)


def send(
    office: gateway.Office, connection: Connection, shown: Payload, sent: api.VoucherDraft, *, book: bool
) -> Answer:  # fmt: skip
    """
    Send a draft of what was shown right before; return the voucher as it is then.

    :param book: it becomes open; an unchecked voucher that is not booked stays unchecked
    """
    before = api.Voucher.model_validate(shown)
    if missing(before.files, sent.payload()):
        raise RuntimeError("A draft that leaves out a file is never sent.")
    owed.note(connection, before.id, count=len(before.files), version=before.version)
    try:
        result = office.vouchers.book(before, sent) if book else office.vouchers.update(before.id, sent)
    except errors.LexwareError as error:
        if isinstance(error, errors.Conflict) or submissions.surely_not(error):
            _mine(connection, before.id).update(images_owed=None)
        raise
    written = shown | sent.payload() | {"version": result.version}
    written |= {"updatedDate": result.payload()["updatedDate"]} | ({"voucherStatus": "open"} if book else {})
    return read_back(office, before.id, before.files, written)


def read_back(office: gateway.Office, voucher_id: UUID, files: tuple[UUID, ...], written: Payload) -> Answer:
    """
    Return the voucher as it is after a write; a read that fails, or shows it as it was before, is no help.

    :param files: what was there before
    :param written: what it should be now
    """
    asked_at = timezone.now()
    try:
        payload = office.vouchers.get(voucher_id).payload()
    except errors.LexwareError as error:
        log.warning("voucher.read_back_failed", kind=type(error).__name__)
        return Answer(written, asked_at, verified=False)
    if payload["version"] < written["version"]:
        log.warning("voucher.read_back_stale", versions=written["version"] - payload["version"])
        return Answer(written, asked_at, verified=False)
    return Answer(payload, asked_at, missing=missing(files, payload))


def missing(files: tuple[Any, ...] | list[Any], payload: Payload) -> int:
    """Return how many of the files are not there."""
    there = {str(each).lower() for each in payload.get("files") or ()}
    return sum(str(each).lower() not in there for each in files)


def came_through(now: Payload, *, version: int, wished: Values, book: bool) -> bool:
    """
    Say whether a write has reached the voucher.

    :param version: that the write was made from
    :param wished: the values it was to change; a day that was emptied may have been filled in over there
    """
    if now["version"] <= version or (book and now.get("voucherStatus") == policies.UNCHECKED):
        return False
    values = fields.read(now)
    return all(_same(name, value, values[name]) for name, value in wished.items())


def store(connection: Connection, answer: Answer, *, by: Staff | None = None) -> Voucher:
    """
    Put what Lexware Office shows into the mirror, and settle what it owes us; sound the alarm if files are missing.

    :raises Gone: the connection belongs to another organization by now
    """
    with transaction.atomic():
        try:
            sure = answer.verified and not answer.missing
            row = mirror.store_detail(connection, "", answer.payload, asked_at=answer.asked_at, reckon=sure)
        except mirroring.Foreign as error:
            raise Gone from error
        if answer.missing:
            _note_loss(row, answer, by)
        elif not answer.verified:
            mirror.want(connection, [row.lexware_id])  # what is owed stays noted until then
    return again(row)


def store_fewer(connection: Connection, answer: Answer, *, missing: int) -> Voucher:
    """Store a voucher that has fewer files than we knew of, none of them lost by us, and tell of it."""
    log.warning("voucher.images_fewer", missing=missing, there=len(answer.payload.get("files") or ()))
    with transaction.atomic():
        voucher = store(connection, answer)
        record(Kind.IMAGES_FEWER, voucher, by=None, missing=missing)
    return voucher


def settle(connection: Connection, answer: Answer, *, by: Staff | None) -> Voucher:
    """Store what a write of ours has led to: if all is there, nothing is owed any more."""
    with transaction.atomic():
        voucher = store(connection, answer, by=by)
        if answer.verified and not answer.missing:
            _mine(connection, voucher.lexware_id).update(images_owed=None)
            voucher.images_owed = None
    return voucher


def tell(voucher: Voucher, *, before: Values, by: Staff | None, booked: bool = False) -> None:
    """Write into the history how the voucher differs from `before`, if it does, and that it was booked."""
    after, known = fields.read(voucher.detail.raw), categories.every(voucher.connection)

    def words(name: str, value: Any) -> Any:
        return wording.value(voucher.connection, name, value, known) or value

    changes = [
        {
            "label": each.label,
            "before": words(each.name, before[each.name]),
            "after": words(each.name, after[each.name]),
        }
        for each in fields.differing(before, after)
    ]
    if changes or booked:
        record(Kind.VOUCHER_BOOKED if booked else Kind.VOUCHER_CHANGED, voucher, by=by, changes=changes)


def record(kind: Kind, voucher: Voucher, *, by: Staff | None, **values: Any) -> None:
    """Add an entry about a voucher to the history."""
    client = voucher.connection.client
    activity.record(kind, client=client, by=by, target=voucher.target, name=voucher.known_as, **values)


def again(voucher: Voucher) -> Voucher:
    """Return the voucher as it is stored now, with all that editing needs."""
    return Voucher.objects.select_related("connection__client", "detail").get(pk=voucher.pk)


def _note_loss(row: Voucher, answer: Answer, by: Staff | None) -> None:
    there = len(answer.payload.get("files") or ())
    Voucher.objects.filter(pk=row.pk).update(images_owed=there + answer.missing, file_count=there)
    owed.alarm(again(row), missing=answer.missing, by=by)


def _same(name: str, wished: Any, there: Any) -> bool:
    if fields.BY_NAME[name].kind == "day" and not wished:
        return True
    return bool(there == (wished.strip() if isinstance(wished, str) else wished))


def _mine(connection: Connection, voucher_id: UUID) -> Any:
    return Voucher.objects.filter(connection=connection, lexware_id=voucher_id)
