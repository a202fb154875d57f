"""Upload a receipt and wait for the voucher that Lexware makes of it (behaviour.md, chapter 10)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from lexweb.lexware import days, errors, lookup
from lexweb.lexware.acts import contents
from lexweb.lexware.acts.once import Doubtful, Once
from lexweb.lexware.acts.unfinished import Unfinished, forget
from lexweb.lexware.acts.waiting import Waiting
from lexweb.lexware.api.files import FilesEndpoint
from lexweb.lexware.api.voucherlist import BOOKKEEPING, VoucherListEndpoint
from lexweb.lexware.api.vouchers import Voucher, VouchersEndpoint
from lexweb.lexware.transfers import Upload

LOOKING = 10  # vouchers that are read in the search for an upload
RECOGNITION = Waiting(pauses=(1, 2, 4, 8, 15, 30))


class Inbox(Protocol):
    """What an office has to offer here."""

    files: FilesEndpoint
    voucherlist: VoucherListEndpoint
    vouchers: VouchersEndpoint


@dataclass(frozen=True)
class UploadProgress:
    """
    What exists of an upload.

    :ivar asked_at: when it was sent, if nobody knows whether it arrived
    """

    file_id: UUID | None = None
    voucher_id: UUID | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True)
class Uploaded:
    """A receipt whose text is recognized: `voucher` is unchecked, or further if the file was there before."""

    file_id: UUID
    voucher: Voucher


def upload_and_find(
    office: Inbox,
    upload: Upload,
    *,
    done: UploadProgress = UploadProgress(),
    note: Callable[[UploadProgress], None] = forget,
    waiting: Waiting = RECOGNITION,
) -> Uploaded:
    """
    Upload a receipt, and wait until its voucher is no longer blank, a minute by default.

    The same content again finds the voucher of the first time.

    :param done: what an earlier `Unfinished` said, to go on from there
    :param note: is told the progress before and after the file is sent
    :raises Rejected: Lexware Office refuses the file; nothing exists
    :raises Unfinished: the file is there or may be, see `done`
    """
    act = _Uploading(office, upload, waiting)
    there = done if done.file_id else act.there(done.asked_at, note)
    note(there)
    try:
        return act.recognized(there)
    except errors.LexwareError as trouble:
        raise Unfinished(there, "voucher", trouble) from trouble


class _Uploading:
    def __init__(self, office: Inbox, upload: Upload, waiting: Waiting) -> None:
        self._office = office
        self._upload = upload
        self._waiting = waiting

    def there(self, asked_at: datetime | None, note: Callable[[UploadProgress], None]) -> UploadProgress:
        """
        Return where the file is, which is sent unless it is there already.

        The same content again gives the ids of the first time. But we have that from one source only, and a second
        voucher could not be deleted.
        """
        once = Once(self._post, self._found, self._waiting, lambda moment: note(UploadProgress(asked_at=moment)))
        try:
            return once.run(asked_at)
        except Doubtful as doubt:
            raise Unfinished(UploadProgress(asked_at=doubt.asked_at), "file", doubt.cause) from doubt.cause

    def recognized(self, there: UploadProgress) -> Uploaded:
        """Wait until the voucher is no longer blank."""
        uploaded = self._waiting.until(lambda: self._look(there))
        if uploaded is None:
            raise errors.Unavailable("its text is not recognized yet", method="GET", path="/v1/vouchers")
        return uploaded

    def _look(self, there: UploadProgress) -> Uploaded | None:
        if not there.voucher_id:  # before 2025-03-03 Lexware did not tell
            there = self._among_new(self._waiting.now() - timedelta(days=1), there.file_id) or there
        if not (there.file_id and there.voucher_id):
            return None
        try:
            voucher = self._office.vouchers.get(there.voucher_id)
        except errors.NotFound:  # not yet
            return None
        return Uploaded(there.file_id, voucher) if voucher.voucher_status != "blank" else None

    def _post(self) -> UploadProgress:
        result = self._office.files.upload(self._upload)
        return UploadProgress(result.id, result.voucher_id)

    def _found(self, since: datetime) -> UploadProgress | None:
        return replace(self._waiting, pauses=self._waiting.pauses[:2]).until(lambda: self._among_new(since))

    def _among_new(self, since: datetime, file_id: UUID | None = None) -> UploadProgress | None:
        for voucher in self._new_vouchers(since):
            mine = file_id if file_id in voucher.files else None
            if mine or (not file_id and (mine := contents.among(self._office.files, voucher.files, self._upload))):
                return UploadProgress(mine, voucher.id)
        return None

    def _new_vouchers(self, since: datetime) -> Iterator[Voucher]:
        since -= lookup.SKEW
        page = self._office.voucherlist.page(
            BOOKKEEPING, ("blank", "unchecked"), sort="createdDate,DESC", created_date_from=days.day(since)
        )
        rows = [row for row in page.content if row.created_date >= since]
        for row in rows[:LOOKING]:
            try:
                yield self._office.vouchers.get(row.id)
            except errors.NotFound:
                continue
        if len(rows) > LOOKING or page.misfits:
            raise errors.Unavailable(lookup.TOO_MANY, method="GET", path="/v1/voucherlist")
