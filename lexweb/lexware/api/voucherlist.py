"""
The voucher list: the only index of sales documents and bookkeeping vouchers (docs: "Voucherlist Endpoint";
behaviour.md, chapter 11).

    for page in office.voucherlist.pages(["invoice", "salesinvoice"], "overdue"): …
    for rows in office.voucherlist.everything("any", "any"): …

`invoice` is a sales document, `salesinvoice` a bookkeeping voucher: all receivables need both, and
`downpaymentinvoice`. Dunnings and recurring templates are never listed.
"""

from collections.abc import Iterator, Sequence
from typing import Unpack

from lexweb.lexware import paging
from lexweb.lexware.api.voucherlist_filters import Filters, kinds, narrowed
from lexweb.lexware.api.voucherlist_row import VoucherListRow
from lexweb.lexware.api.voucherlist_windows import Days, Fetch, Windows
from lexweb.lexware.paging import Page
from lexweb.lexware.session import Session

__all__ = ["ANY", "BOOKKEEPING", "RECEIVABLES", "Filters", "VoucherListEndpoint", "VoucherListRow"]

PATH = "/v1/voucherlist"
ANY = "any"
BOOKKEEPING = ("salesinvoice", "salescreditnote", "purchaseinvoice", "purchasecreditnote")  # details: `vouchers`
RECEIVABLES = ("invoice", "salesinvoice", "downpaymentinvoice")
OLDEST_FIRST = "createdDate,ASC"


class VoucherListEndpoint:
    """Calls about the voucher list. Types and statuses are the words of the API, or `"any"`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(
        self,
        types: str | Sequence[str],
        statuses: str | Sequence[str],
        number: int = 0,
        size: int = paging.LARGEST,
        *,
        sort: str | None = None,
        **filters: Unpack[Filters],
    ) -> Page[VoucherListRow]:
        """
        Read one page.

        :param sort: voucherDate, voucherNumber, createdDate or updatedDate, with `,ASC` or `,DESC`; Lexware's
            own order is the newest voucherDate first
        :raises ValueError: no type, no status, "overdue" beside another status, or the page is impossible;
            nothing was sent
        """
        query = paging.query(number, size) | kinds(types, statuses) | narrowed(filters)
        return self._session.get(PATH, Page[VoucherListRow], query | ({"sort": sort} if sort else {}))

    def pages(
        self,
        types: str | Sequence[str],
        statuses: str | Sequence[str],
        *,
        start: int = 0,
        size: int = paging.LARGEST,
        sort: str | None = None,
        **filters: Unpack[Filters],
    ) -> Iterator[Page[VoucherListRow]]:
        """Read page after page, each when asked for. `Page.capped` tells when Lexware hides the rest."""

        def fetch(number: int) -> Page[VoucherListRow]:
            return self.page(types, statuses, number, size, sort=sort, **filters)

        return paging.walk(fetch, start=start)

    def everything(
        self, types: str | Sequence[str], statuses: str | Sequence[str], **filters: Unpack[Filters]
    ) -> Windows:
        """
        Read all rows, oldest created first, also those beyond the first 10,000; none comes twice.

        Iterate to get the new rows page by page; look into `Windows.report` afterwards. Cut by createdDate:
        it is never missing (voucherDate is, on receipts that nobody has checked) and never changes, so that no row
        moves from one window into another while we read.
        """
        return Windows(
            lambda days: self._within(days, types, statuses, filters),
            filters.get("created_date_from"),
            filters.get("created_date_to"),
        )

    def _within(self, days: Days, types: str | Sequence[str], statuses: str | Sequence[str], filters: Filters) -> Fetch:
        window = filters.copy()
        if days[0]:
            window["created_date_from"] = days[0]
        if days[1]:
            window["created_date_to"] = days[1]
        return lambda number: self.page(types, statuses, number, sort=OLDEST_FIRST, **window)
