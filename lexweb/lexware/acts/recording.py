"""Record a receipt: a voucher, and its file (behaviour.md, chapters 10 and 12)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lexweb.lexware import errors
from lexweb.lexware.acts import contents
from lexweb.lexware.acts.once import Doubtful, Once
from lexweb.lexware.acts.unfinished import TROUBLES, Unfinished, forget
from lexweb.lexware.acts.waiting import USUAL, Waiting
from lexweb.lexware.api import voucher_lookup
from lexweb.lexware.api.files import FilesEndpoint
from lexweb.lexware.api.vouchers import Voucher, VoucherDraft, VouchersEndpoint
from lexweb.lexware.transfers import Upload


class Bookkeeping(Protocol):
    """What an office has to offer here."""

    vouchers: VouchersEndpoint
    files: FilesEndpoint


@dataclass(frozen=True)
class ReceiptProgress:
    """
    What exists of a receipt.

    :ivar asked_at: when the voucher was asked for, if nobody knows whether it came into being
    :ivar attached_at: when the file was, likewise
    """

    voucher_id: UUID | None = None
    file_id: UUID | None = None
    asked_at: datetime | None = None
    attached_at: datetime | None = None


@dataclass(frozen=True)
class Recorded:
    """
    A receipt that is there, as read back. Its file is among `voucher.files`.

    `as_sent` is False when the voucher does not hold what the draft held: somebody was quicker, or Lexware put it
    right.
    """

    voucher: Voucher
    file_id: UUID
    as_sent: bool


def record_receipt(
    office: Bookkeeping,
    draft: VoucherDraft,
    upload: Upload,
    *,
    done: ReceiptProgress = ReceiptProgress(),
    note: Callable[[ReceiptProgress], None] = forget,
    waiting: Waiting = USUAL,
) -> Recorded:
    """
    Create a voucher, attach its file, and read both back.

    :param done: what an earlier `Unfinished` said, to go on from there. The draft has to be the same; another file
        may take the place of one that was refused
    :param note: is told the progress before and after each step
    :raises Rejected: Lexware Office refuses the voucher; nothing exists
    :raises Unfinished: the voucher exists or may exist, see `done`
    """
    return _Recording(office, draft, upload, done, note, waiting).run()


class _Recording:
    def __init__(
        self,
        office: Bookkeeping,
        draft: VoucherDraft,
        upload: Upload,
        done: ReceiptProgress,
        note: Callable[[ReceiptProgress], None],
        waiting: Waiting,
    ) -> None:
        self._vouchers = office.vouchers
        self._files = office.files
        self._draft = draft
        self._upload = upload
        self._done = done
        self._note = note
        self._waiting = waiting

    def run(self) -> Recorded:
        voucher_id = self._done.voucher_id or self._voucher()
        self._progress(voucher_id=voucher_id, asked_at=None)
        try:
            file_id = self._done.file_id or self._file(voucher_id)
        except TROUBLES as trouble:
            raise Unfinished(self._done, "file", trouble) from trouble
        self._progress(file_id=file_id, attached_at=None)
        try:
            return self._verified(voucher_id, file_id)
        except errors.LexwareError as trouble:
            raise Unfinished(self._done, "verification", trouble) from trouble

    def _progress(self, **changes: UUID | datetime | None) -> None:
        self._done = replace(self._done, **changes)  # type: ignore[arg-type]
        self._note(self._done)

    def _voucher(self) -> UUID:
        once = Once(
            lambda: self._vouchers.create(self._draft).id,
            self._created,
            self._waiting,
            lambda moment: self._progress(asked_at=moment),
        )
        try:
            return once.run(self._done.asked_at)
        except Doubtful as doubt:
            done = replace(self._done, asked_at=doubt.asked_at)
            raise Unfinished(done, "voucher", doubt.cause) from doubt.cause

    def _created(self, since: datetime) -> UUID | None:
        """Find the voucher. Ours has no file yet: one that has is the receipt before, which looks the same."""
        found = [each for each in self._vouchers.find(self._draft, since=since) if not each.files]
        return max(found, key=lambda each: each.created_date).id if found else None

    def _file(self, voucher_id: UUID) -> UUID:
        if self._done.attached_at and (found := self._attached(voucher_id)):
            return found
        self._progress(attached_at=self._waiting.now())
        try:
            return self._vouchers.attach(voucher_id, self._upload).id
        except errors.Uncertain:
            # The same content again gives the id of the first time, but what can be seen need not be trusted.
            return self._attached(voucher_id) or self._vouchers.attach(voucher_id, self._upload).id

    def _attached(self, voucher_id: UUID) -> UUID | None:
        def look() -> UUID | None:
            return contents.among(self._files, self._vouchers.get(voucher_id).files, self._upload)

        return replace(self._waiting, pauses=self._waiting.pauses[:2]).until(look)

    def _verified(self, voucher_id: UUID, file_id: UUID) -> Recorded:
        def look() -> Voucher | None:
            voucher = self._vouchers.get(voucher_id)
            return voucher if file_id in voucher.files else None

        voucher = self._waiting.until(look)
        if voucher is None:
            raise errors.Unavailable("the voucher does not show its file", method="GET", path="/v1/vouchers")
        return Recorded(voucher, file_id, voucher_lookup.holds(voucher, self._draft))
