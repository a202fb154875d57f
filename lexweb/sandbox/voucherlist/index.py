"""
The entries of one organization's voucher list.

A row is made once for each version of a record and each day (because of "overdue"), its JSON when it is first
shown. Orders are mended when something was written, and what a query selected is kept until then: a page of 250
out of 12,500 rows takes 2 ms that way, and 100 ms otherwise.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter
from weakref import WeakKeyDictionary

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.sales import index as sales
from lexweb.sandbox.shelf import Record, Shelf
from lexweb.sandbox.voucherlist.entry import Entry
from lexweb.sandbox.voucherlist.query import Query
from lexweb.sandbox.vouchers import rows

KINDS = (*sales.LISTED, "vouchers")
KEPT = 32  # selections
FEW = 50  # changes that are worked into an order one by one


class Index:
    """Entries by id, in every order that somebody wanted, as they are on one day."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._revisions: dict[str, int] = {}
        self._entries: dict[str, Entry] = {}
        self._orders: dict[str, list[Entry]] = {}
        self._selected: dict[Query, Sequence[Entry]] = {}

    def refresh(self, organization: Organization) -> None:
        """Take in what was written since the last time."""
        for kind in KINDS:
            shelf = organization.shelf(kind)
            before = self._revisions.get(kind)
            if before == shelf.revision:
                continue
            written = {record.id for record in shelf} if before is None else shelf.written_since(before)
            self._replace(written, {each.id: self._entry(kind, each) for each in _records(shelf, written)})
            self._revisions[kind] = shelf.revision
            self._selected.clear()

    def select(self, query: Query) -> Sequence[Entry]:
        """The entries that pass the query's filters, in its order."""
        found = self._selected.get(query)
        if found is None:
            if len(self._selected) >= KEPT:
                self._selected.clear()
            found = self._selected[query] = query.select(self._ordered(query))
        return found

    def _ordered(self, query: Query) -> Sequence[Entry]:
        order = self._orders.get(query.sort)
        if order is None:
            order = self._orders[query.sort] = sorted(self._entries.values(), key=attrgetter(query.sort))
        if span := query.span:
            start, end = (bisect_left(order, (text,), key=attrgetter(query.sort)) for text in span)
            order = order[start:end]
        return order if query.ascending else order[::-1]

    def _entry(self, kind: str, record: Record) -> Entry:
        row = rows.row(record) if kind == "vouchers" else sales.row(kind, record, self.today)
        return Entry(row, self.today.isoformat())

    def _replace(self, ids: set[str], come: dict[str, Entry]) -> None:
        gone = [entry for entry in map(self._entries.pop, ids, [None] * len(ids)) if entry]
        self._entries |= come
        if len(ids) > FEW:
            self._orders.clear()
        for name, order in self._orders.items():
            key = attrgetter(name)
            for entry in gone:
                del order[bisect_left(order, key(entry), key=key)]
            for entry in come.values():
                order.insert(bisect_left(order, key(entry), key=key), entry)


_indexes: WeakKeyDictionary[Shelf, Index] = WeakKeyDictionary()  # by the vouchers' shelf, which a reset replaces


def of(organization: Organization, today: date) -> Index:
    """The index of an organization, up to date; a new one every day, because then more is overdue."""
    index = _indexes.get(organization.shelf("vouchers"))
    if index is None or index.today != today:
        index = _indexes[organization.shelf("vouchers")] = Index(today)
    index.refresh(organization)
    return index


def _records(shelf: Shelf, ids: set[str]) -> Iterator[Record]:
    return (record for record in map(shelf.get, ids) if record)
