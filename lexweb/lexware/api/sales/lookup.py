"""
Is this document the one we sent? For the time after an uncertain create.

Sales documents have no list of their own and the voucher list tells little about them, so it only narrows down
(kind, moment of creation, contact), and each document that is left gets read and compared. The total says
nothing more: only Lexware computes it, from the line items that are compared anyway.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from lexweb.lexware import days, errors, lookup
from lexweb.lexware.api.sales.documents import SalesDocument, SalesDraft
from lexweb.lexware.api.voucherlist import Filters, VoucherListEndpoint, VoucherListRow

Document = TypeVar("Document", bound=SalesDocument)

LOOKING = 20  # documents that are read at most: ten seconds
TOLD = ("language", "address", "taxConditions", "totalPrice", "title", "introduction", "remark")


class Lookup(Generic[Document]):
    """One search for what became of a draft."""

    def __init__(
        self,
        index: VoucherListEndpoint,
        get: Callable[[UUID], Document],
        draft: SalesDraft,
        since: datetime,
        preceding: UUID | None,
    ) -> None:
        self._index = index
        self._get = get
        self._draft = draft
        self._since = since - lookup.SKEW
        self._preceding = preceding

    def matches(self) -> tuple[list[Document], str]:
        """Return the documents that hold the draft, and why there may be more."""
        rows, gap = self._candidates()
        found = []
        for row in rows[:LOOKING]:
            try:
                document = self._get(row.id)
            except errors.NotFound:
                continue  # deleted since
            except errors.Unexpected:
                gap = lookup.UNREADABLE
                continue
            if self._fits(document):
                found.append(document)
        return found, lookup.TOO_MANY if len(rows) > LOOKING else gap

    def _candidates(self) -> tuple[list[VoucherListRow], str]:
        """Return the rows that come into question, the newest first, and why there may be more."""
        filters = Filters(created_date_from=days.day(self._since))
        if self._draft.address.contact_id:
            filters["contact_id"] = self._draft.address.contact_id
        rows: list[VoucherListRow] = []
        odd = 0
        for page in self._index.pages(self._draft.kind, "any", sort="createdDate,DESC", **filters):
            odd += page.misfits
            rows += [row for row in page.content if row.created_date >= self._since]
            if len(rows) > LOOKING or any(row.created_date < self._since for row in page.content):
                break
        return rows, lookup.UNREADABLE if odd else ""

    def _fits(self, document: Document) -> bool:
        follows = self._preceding is None or self._preceding in {each.id for each in document.related_vouchers}
        return follows and holds(document, self._draft)


def holds(document: SalesDocument, draft: SalesDraft) -> bool:
    """Tell whether the document holds everything of the draft that Lexware takes over as it is."""
    sent, there = draft.payload(), document.payload()
    return (
        days.day(document.voucher_date) == days.day(draft.voucher_date)
        and lookup.within({name: sent[name] for name in TOLD if name in sent}, there)
        and _same_items(sent["lineItems"], there.get("lineItems", []))
    )


def _same_items(sent: list[Any], there: list[Any]) -> bool:
    """Compare line items in their order: the same position twice is another document than once."""
    return len(sent) == len(there) and all(map(lookup.within, sent, there))
