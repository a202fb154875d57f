"""
All rows of a list that shows no more than 10,000 entries per query (behaviour.md, chapters 3 and 11).

The list is asked for oldest first. If it is capped, its 10,000th row tells on which day to cut: the days before it
are surely shown whole, and the rest is asked for again from that day on. That takes two requests per cut, and the
windows come out as large as they can be; halving the range would ask for many capped ones on the way.

Rows move while we read: one that leaves (deleted, or no longer of the status asked for) lets all after it move up,
and one of them over the edge of a page that was read already. So a window is read again when its total sank, or
when fewer rows were seen than it holds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from lexweb.lexware import errors, paging
from lexweb.lexware.api.voucherlist_row import VoucherListRow
from lexweb.lexware.paging import Page

Days = tuple[date | None, date | None]  # first and last day, None where open
Fetch = Callable[[int], Page[VoucherListRow]]  # a page of one window, by number
DAY = timedelta(days=1)
READINGS = 3  # of a window whose rows keep moving


@dataclass
class Report:
    """
    How the reading went; complete when the iteration is over.

    `overfull` are days on which 10,000 rows or more were created: the first 10,000 of each came, Lexware does not
    show more. `restless` are windows in which rows kept moving, so that one may be missing. `repeats` counts rows
    that were met a second time and left out, `misfits` those that cannot be read.
    """

    rows: int = 0
    repeats: int = 0
    misfits: int = 0
    windows: int = 0
    overfull: list[date] = field(default_factory=list)
    restless: list[Days] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Tell whether surely nothing is missing."""
        return not (self.overfull or self.restless or self.misfits)


class Windows:
    """Iterate once: new rows, one tuple per page. `report` counts along."""

    def __init__(self, fetch_in: Callable[[Days], Fetch], first: date | None, last: date | None) -> None:
        """
        :param fetch_in: returns what fetches pages of the window, sorted by createdDate, the oldest first
        """
        self._fetch_in = fetch_in
        self._todo: list[Days] = [(first, last)]
        self._seen: set[UUID] = set()
        self.report = Report()

    def __iter__(self) -> Iterator[tuple[VoucherListRow, ...]]:
        while self._todo:
            days = self._todo.pop()
            fetch = self._fetch_in(days)
            first = fetch(0)
            if first.capped and days[0] == days[1] is not None:
                self.report.overfull.append(days[1])
            elif first.capped:
                self._todo += reversed(list(_cut(days, first, fetch(paging.WINDOW // first.size - 1))))
                continue
            self.report.windows += 1
            yield from self._read(days, first, fetch)

    def _read(self, days: Days, first: Page[VoucherListRow], fetch: Fetch) -> Iterator[tuple[VoucherListRow, ...]]:
        for reading in range(READINGS):
            if reading:
                first = fetch(0)
            ids: set[UUID] = set()
            odd, total, sank = 0, first.total_elements, False
            for page in _pages(first, fetch):
                ids |= {row.id for row in page.content}
                odd, sank, total = odd + page.misfits, sank or page.total_elements < total, page.total_elements
                yield self._new(page)
            if not sank and len(ids) + odd >= total:
                break
        else:
            self.report.restless.append(days)
        self.report.misfits += odd

    def _new(self, page: Page[VoucherListRow]) -> tuple[VoucherListRow, ...]:
        fresh = {row.id: row for row in page.content if row.id not in self._seen}
        self._seen |= fresh.keys()
        self.report.rows += len(fresh)
        self.report.repeats += len(page.content) - len(fresh)
        return tuple(fresh.values())


def _pages(first: Page[VoucherListRow], fetch: Fetch) -> Iterator[Page[VoucherListRow]]:
    return paging.walk(lambda number: fetch(number) if number else first, start=0)


def _cut(days: Days, first: Page[VoucherListRow], last: Page[VoucherListRow]) -> Iterator[Days]:
    """Yield the windows to read instead of a capped one, by its first and its last page."""
    if not (first.content and last.content):
        raise _odd("a full list without rows that can be read")
    oldest, day = first.content[0].created_date.date(), last.content[-1].created_date.date()
    if day < oldest:
        raise _odd("the list is not sorted as asked")
    # A day of tolerance: Lexware writes German time, but nothing promises that it does.
    if (days[0] and day < days[0] - DAY) or (days[1] and day > days[1] + DAY):
        raise _odd("the list ignores its filters")
    oldest = max(oldest, days[0] or oldest)
    if day > oldest:
        yield days[0], day - DAY
        yield day, days[1]
    else:
        yield oldest, oldest
        if days[1] is None or oldest < days[1]:
            yield oldest + DAY, days[1]


def _odd(reason: str) -> errors.Unexpected:
    return errors.Unexpected(reason, method="GET", path="/v1/voucherlist")
