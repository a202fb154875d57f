"""
Bookkeeping vouchers: receipts, and invoices made elsewhere (docs: "Vouchers Endpoint"; behaviour.md, chapter 12).

Vouchers can be created, changed and booked, but not deleted. There is no list: ask `voucherlist`.
"""

from datetime import datetime
from uuid import UUID

from lexweb.lexware import lookup, paging, paths, shapes
from lexweb.lexware.api import voucher_lookup
from lexweb.lexware.api.files import FileUploadResult
from lexweb.lexware.api.voucher_shapes import Booking, Voucher, VoucherDraft, VoucherItem
from lexweb.lexware.api.voucherlist import VoucherListEndpoint
from lexweb.lexware.api.voucherlist_filters import escaped
from lexweb.lexware.paging import Page
from lexweb.lexware.session import Session
from lexweb.lexware.shapes import ActionResult
from lexweb.lexware.transfers import Upload

__all__ = ["Voucher", "VoucherDraft", "VoucherItem", "VouchersEndpoint"]

PATH = "/v1/vouchers"
SAVED = "vouchers.get(id): a higher version means it was saved"


class VouchersEndpoint:
    """Calls about bookkeeping vouchers."""

    def __init__(self, session: Session, index: VoucherListEndpoint) -> None:
        self._session = session
        self._index = index

    def get(self, voucher_id: UUID) -> Voucher:
        """Read one voucher."""
        return self._session.get(paths.record(PATH, voucher_id), Voucher)

    def by_number(self, number: str, page: int = 0, size: int = paging.LARGEST) -> Page[Voucher]:
        """
        Read the vouchers with exactly this number, in full. Numbers need not be unique.

        Deprecated by Lexware since 2021, and still the only way to read several vouchers in one call.

        :raises ValueError: the number is empty, or the page is impossible; nothing was sent
        """
        if not number:
            raise ValueError("vouchers are asked for by number")
        query = paging.query(page, size) | {"voucherNumber": escaped(number)}
        return self._session.get(PATH, Page[Voucher], query)

    def create(self, draft: VoucherDraft) -> ActionResult:
        """
        Create a voucher; it is booked at once (status open). It cannot be deleted.

        :raises Rejected: Lexware Office refuses the values; `issues` says which
        :raises Uncertain: it may exist now; ask `find(error.sent)` before trying again
        """
        # The reference says version 0 in one place and 1 in another: leave it out.
        sent = shapes.rewritten(VoucherDraft, draft, read_only=("version", "files"))
        return self._session.post(PATH, sent, look="vouchers.find(draft) returns it if it was created")

    def update(self, voucher_id: UUID, draft: VoucherDraft) -> ActionResult:
        """
        Replace a voucher; what the draft does not hold is emptied, files that it leaves out are deleted for good.

        :raises Conflict: someone saved it first (`draft.version` is not the newest)
        :raises Rejected: Lexware Office refuses the values
        :raises Uncertain: it may be saved; `get` it and compare
        """
        return self._session.put(paths.record(PATH, voucher_id), draft, look=SAVED)

    def book(self, voucher: Voucher, draft: VoucherDraft | None = None) -> ActionResult:
        """
        Book an unchecked voucher: it becomes open. This cannot be undone.

        :param voucher: as last read
        :param draft: what it is to hold, made by `VoucherDraft.of(voucher)`; by default what it holds already
        :raises Conflict: someone saved it first
        :raises Rejected: number, date, sums or items are missing, or it is not unchecked
        :raises Uncertain: it may be booked; `get` it and look at its status
        """
        written = draft or VoucherDraft.of(voucher)
        sent = Booking.model_validate(written.payload() | {"version": voucher.version})
        look = "vouchers.get(id): the status open means it was booked"
        return self._session.put(paths.record(PATH, voucher.id), sent, look=look)

    def attach(self, voucher_id: UUID, upload: Upload) -> FileUploadResult:
        """
        Attach a file to a voucher. The same content again gives the id of the first time.

        :raises Rejected: the file is too large, of another kind than pdf, jpg, png and xml, or damaged
        :raises Uncertain: it may be attached; `get` the voucher and look at its files
        """
        path = paths.record(PATH, voucher_id, "files")
        look = "vouchers.get(id): one more file means it was attached"
        return self._session.upload(path, upload, look=look, kind=FileUploadResult)

    def find(self, draft: VoucherDraft, *, since: datetime | None = None) -> list[Voucher]:
        """
        Look whether an uncertain create happened: return the vouchers that hold everything the draft holds.

        Looked for by number, contact and sums; without a number among those created since yesterday. Looks a
        second time after two seconds, as new vouchers take a moment to show up. An empty list is strong evidence,
        not proof: after a 504 the work may still go on behind the gateway.

        :param since: leave out what was created before; give the moment at which you sent the draft
        :raises Unavailable: it cannot be found out: too many come into question, or some cannot be read
        """

        def look() -> tuple[list[Voucher], str]:
            return voucher_lookup.matches(self._index, self.get, draft, since)

        return lookup.patiently(self._session, look, path=PATH)
