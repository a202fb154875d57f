"""One line of the voucher list, prepared for filters, orders and pages."""

import json
from dataclasses import dataclass
from functools import cache, cached_property

from lexweb.sandbox.web import Json

SORTS = ("voucherDate", "voucherNumber", "createdDate", "updatedDate")
CAN_BE_LATE = {"open", "sepadebit"}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, eq=False)
class Mark:
    """Kind and status, shown and stored: "open" may be shown as "overdue". One object for all entries alike."""

    kind: str
    status: str
    stored: str


mark = cache(Mark)


class Entry:
    """A row with its mark, the keys it is sorted by (as attributes, see ``SORTS``), and its JSON."""

    def __init__(self, row: Json, today: str) -> None:
        stored = row["voucherStatus"]
        late = stored in CAN_BE_LATE and (row["dueDate"] or today)[:10] < today
        self.row = row | {"voucherStatus": "overdue"} if late else row
        self.mark = mark(row["voucherType"], self.row["voucherStatus"], stored)
        for name in SORTS:  # equal values by id, so that pages do not overlap
            setattr(self, name, (row[name] or "", row["id"]))

    @cached_property
    def encoded(self) -> bytes:
        """The row as JSON."""
        return _encode(self.row).encode()
