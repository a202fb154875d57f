"""What was asked for: filters and order (behaviour.md, chapters 3 and 11). Unknown parameters are ignored."""

import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lexweb.sandbox import entities
from lexweb.sandbox.flags import flag
from lexweb.sandbox.voucherlist.entry import SORTS, Entry, Mark

Narrow = Callable[[Sequence[Entry]], Sequence[Entry]]
TYPES = {
    *("salesinvoice", "salescreditnote", "purchaseinvoice", "purchasecreditnote", "invoice", "downpaymentinvoice"),
    *("creditnote", "orderconfirmation", "quotation", "deliverynote"),
}
STATUSES = {
    *("draft", "open", "overdue", "paid", "paidoff", "voided", "transferred", "sepadebit", "accepted", "rejected"),
    *("unchecked", "blank"),
}
ANY, OVERDUE = "any", "overdue"
DATES = ("voucherDate", "createdDate", "updatedDate")
FILTERS = ("archived", "contactId", "voucherNumber", *(f"{name}{end}" for name in DATES for end in ("From", "To")))
DIRECTIONS = {"ASC": True, "DESC": False}


class BadQuery(ValueError):
    """A query the API answers with 400; the text is the message."""


@dataclass(frozen=True)
class Query:
    """Kinds and states (empty: any), further filters as they were written, and the order."""

    kinds: frozenset[str]
    statuses: frozenset[str]
    filters: tuple[tuple[str, str], ...]
    sort: str
    ascending: bool

    def select(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """The entries that pass all filters, in the order given."""
        if self.kinds or self.statuses:
            fitting = {mark for mark in {entry.mark for entry in entries} if self._fits(mark)}
            entries = [entry for entry in entries if entry.mark in fitting]
        for narrow in _narrowing(dict(self.filters)):
            entries = narrow(entries)
        return entries

    @property
    def span(self) -> tuple[str, str] | None:
        """Between which texts the property it is sorted by has to lie, if that is filtered: found without looking."""
        filters = dict(self.filters)
        if filters.keys().isdisjoint((f"{self.sort}From", f"{self.sort}To")):
            return None
        return _span(filters, self.sort)

    def _fits(self, mark: Mark) -> bool:
        """What was asked for as open may come back as overdue."""
        fits = not self.statuses or not self.statuses.isdisjoint((mark.status, mark.stored))
        return fits and (not self.kinds or mark.kind in self.kinds)


def read(params: dict[str, str]) -> Query:
    """
    The query in a request's parameters.

    :raises BadQuery: a filter is missing or has a value the API does not know
    """
    missing = [name for name in ("voucherType", "voucherStatus") if not params.get(name)]
    if missing:
        raise BadQuery(f"Missing required request parameters: {', '.join(missing)}")
    statuses = _choice(params, "voucherStatus", STATUSES)
    sort, ascending = _sort(params.get("sort") or "voucherDate,DESC")
    filters = {name: params[name] for name in FILTERS if params.get(name)}  # an empty one is none (our choice)
    list(_narrowing(filters))  # to see whether they can be made
    return Query(_choice(params, "voucherType", TYPES), statuses, tuple(filters.items()), sort, ascending)


def _choice(params: dict[str, str], name: str, known: set[str]) -> frozenset[str]:
    """A comma list; empty for ``any``, also for ``any`` among others (our choice)."""
    wanted = {each.strip() for each in params[name].split(",")}
    if not wanted <= known | {ANY}:
        raise BadQuery(f"parameter '{name}' is invalid")
    if OVERDUE in wanted and len(wanted) > 1:
        raise BadQuery("voucherStatus filter 'overdue' cannot be used in combination with other states")
    return frozenset() if ANY in wanted else frozenset(wanted)


def _sort(text: str) -> tuple[str, bool]:
    """A property alone is ascending (our choice)."""
    name, comma, direction = text.partition(",")
    if name not in SORTS or (comma and direction not in DIRECTIONS):
        raise BadQuery("parameter 'sort' is invalid")
    return name, DIRECTIONS[direction or "ASC"]


def _narrowing(filters: dict[str, str]) -> Iterator[Narrow]:
    if "archived" in filters:
        archived = _archived(filters["archived"])
        yield lambda entries: [each for each in entries if each.row["archived"] is archived]
    if "contactId" in filters:
        contact_id = _id(filters["contactId"])
        yield lambda entries: [each for each in entries if each.row["contactId"] == contact_id]
    if "voucherNumber" in filters:
        number = entities.plain(filters["voucherNumber"])
        yield lambda entries: [each for each in entries if number and each.row["voucherNumber"] == number]
    for name in DATES:
        if f"{name}From" in filters or f"{name}To" in filters:
            yield _between(name, *_span(filters, name))


def _between(name: str, first: str, after: str) -> Narrow:
    return lambda entries: [each for each in entries if first <= (each.row[name] or "") < after]


def _span(filters: dict[str, str], name: str) -> tuple[str, str]:
    """Whole days, both included, as the timestamps show them; the U comes after the T of the last day's."""
    return _day(filters, f"{name}From", "0001-01-01"), f"{_day(filters, f'{name}To', '9999-12-31')}U"


def _day(filters: dict[str, str], name: str, otherwise: str) -> str:
    text = filters.get(name, otherwise)
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise BadQuery(f"parameter '{name}' is invalid")


def _archived(text: str) -> bool:
    wanted = flag(text)
    if wanted is None:
        raise BadQuery("parameter 'archived' is invalid")
    return wanted


def _id(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise BadQuery("parameter 'contactId' is invalid") from None
