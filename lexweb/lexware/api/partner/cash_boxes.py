"""Cash boxes and their daily closings (partner docs: "Cash Boxes"; oauth-and-partner.md, chapter 5)."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from lexweb.lexware import paging, paths
from lexweb.lexware.api.partner.cash_box_shapes import (
    LARGEST,
    Balance,
    Balances,
    CashBox,
    CashBoxDraft,
    CashBoxUpdate,
    Position,
)
from lexweb.lexware.session import Session
from lexweb.lexware.shapes import ActionResult, Shape

__all__ = ["Balance", "Balances", "CashBox", "CashBoxDraft", "CashBoxUpdate", "CashBoxesEndpoint", "Position"]

PATH = "/v1/cash-boxes"


class _CashBoxes(Shape):
    content: tuple[CashBox, ...] = ()


class CashBoxesEndpoint:
    """Calls about cash boxes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[CashBox]:
        """List all cash boxes."""
        return list(self._session.get(PATH, _CashBoxes).content)

    def get(self, cash_box_id: UUID) -> CashBox:
        """Read one cash box."""
        return self._session.get(paths.record(PATH, cash_box_id), CashBox)

    def create(self, draft: CashBoxDraft) -> ActionResult:
        """
        Create a cash box.

        :raises Uncertain: it may exist now; ask `find(error.sent)` before trying again
        """
        return self._session.post(PATH, draft, look="cash_boxes.find(draft) returns it if it was created")

    def find(self, draft: CashBoxDraft) -> list[CashBox]:
        """Look whether an uncertain create happened: names and identifiers are unique."""
        return [box for box in self.all() if draft.identifier == box.identifier]

    def rename(self, cash_box_id: UUID, draft: CashBoxUpdate) -> ActionResult:
        """
        Change the name.

        :raises Conflict: `version` is not the newest
        """
        look = "cash_boxes.get(id): a higher version means it was saved"
        return self._session.put(paths.record(PATH, cash_box_id), draft, look=look)

    def delete(self, cash_box_id: UUID) -> None:
        """
        Delete a cash box.

        :raises Conflict: it has vouchers
        """
        self._session.delete(paths.record(PATH, cash_box_id), look="cash_boxes.get(id): NotFound means it was deleted")

    def balances(
        self,
        cash_box_id: UUID,
        number: int = 0,
        size: int = LARGEST,
        *,
        voucher_number: str | None = None,
        first: date | None = None,
        last: date | None = None,
        sort: str | None = None,
    ) -> Balances:
        """Read one page of daily closings, 100 at most; `first` and `last` are days."""
        filters = {
            "voucherNumber": voucher_number,
            "dateFrom": first.isoformat() if first else None,
            "dateTo": last.isoformat() if last else None,
            "sort": sort,
        }
        query = paging.query(number, min(size, LARGEST))
        query |= {name: value for name, value in filters.items() if value is not None}
        return self._session.get(paths.record(PATH, cash_box_id, "balances"), Balances, query)

    def all_balances(self, cash_box_id: UUID) -> Iterator[Balance]:
        """Yield every daily closing, page by page."""
        for page in paging.walk(lambda number: self.balances(cash_box_id, number), start=0):
            yield from page.content

    def close_day(self, cash_box_id: UUID, balance: Balance) -> Balance:
        """
        Send a daily closing.

        :raises Uncertain: it may be stored; `balances(id, voucher_number=…)` tells
        """
        look = "cash_boxes.balances(id, voucher_number=…) returns it if it was stored"
        path = paths.record(PATH, cash_box_id, "balances")
        return self._session.post(path, balance, look=look, kind=Balance)
