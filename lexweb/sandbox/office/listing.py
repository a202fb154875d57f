"""Long lists in pages of 50; the address is the state."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from lexweb.sandbox.office.visit import Visit
from lexweb.sandbox.sales import index as sales_rows
from lexweb.sandbox.voucherlist import index
from lexweb.sandbox.voucherlist.entry import Mark
from lexweb.sandbox.voucherlist.query import Query
from lexweb.sandbox.vouchers import recognition
from lexweb.sandbox.web import Json

SIZE = 50


@dataclass(frozen=True)
class Listing:
    """One page of what was found; ``before`` and ``after`` are the addresses beside it, or empty."""

    rows: Sequence[Any]
    first: int
    total: int
    before: str
    after: str

    @property
    def extent(self) -> str:
        """Such as ``51-100 von 140``."""
        return f"{self.first + 1}–{self.first + len(self.rows)} von {self.total}" if self.rows else "Nichts gefunden"


def page(visit: Visit, found: Sequence[Any]) -> Listing:
    """The page that the address asks for with ``page``, counted from 0; nonsense is the first one."""
    text = visit.call.params.get("page", "0")
    number = int(text) if text.isdecimal() and len(text) < 6 else 0
    first = number * SIZE
    rows = found[first : first + SIZE]
    before = _address(visit, number - 1) if number else ""
    after = _address(visit, number + 1) if first + SIZE < len(found) else ""
    return Listing(rows, first, len(found), before, after)


def documents(visit: Visit, types: frozenset[str]) -> list[Json]:
    """
    Rows as in the API's voucher list, narrowed by ``status`` and ``q`` (number or name) of the address.

    The newest first, before them what has no date yet.
    """
    params = visit.call.params
    statuses = frozenset({params["status"]} if params.get("status") else ())
    query = Query(kinds=types, statuses=statuses, filters=(), sort="voucherDate", ascending=False)
    rows = [entry.row for entry in entries(visit).select(query)]
    return _undated_first(_searched(rows, params.get("q", "")))


def dunnings(visit: Visit) -> list[Json]:
    """The same rows of dunnings, which the voucher list does not have."""
    rows = [
        sales_rows.row("dunnings", each, visit.state.clock.today()) for each in visit.organization.shelf("dunnings")
    ]
    rows.sort(key=lambda row: str(row["voucherDate"]), reverse=True)
    return _searched(rows, visit.call.params.get("q", ""))


def entries(visit: Visit) -> index.Index:
    """The organization's voucher list, up to date."""
    recognition.settle(visit.state, visit.organization)
    return index.of(visit.organization, visit.state.clock.today())


def marks(visit: Visit) -> list[Mark]:
    """Kind and status of every document in the voucher list."""
    query = Query(kinds=frozenset(), statuses=frozenset(), filters=(), sort="voucherDate", ascending=True)
    return [entry.mark for entry in entries(visit).select(query)]


def _searched(rows: list[Json], text: str) -> list[Json]:
    wanted = text.strip().casefold()
    return [row for row in rows if wanted in f"{row['voucherNumber'] or ''}\n{row['contactName'] or ''}".casefold()]


def _undated_first(rows: list[Json]) -> list[Json]:
    return sorted(rows, key=lambda row: row["voucherDate"] is not None)


def _address(visit: Visit, number: int) -> str:
    kept = {name: value for name, value in visit.call.params.items() if name in {"q", "status", "type"} and value}
    return f"{visit.call.path}?{urlencode(kept | {'page': str(number)})}"
