"""Rows and filters of the queue as its pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lexweb.review import filters as filtering
from lexweb.review.filters import Filters
from lexweb.review.queue import Place, Scope
from lexweb.vouchers import kinds
from lexweb.vouchers.models import TO_REVIEW, Voucher

SOON = 7  # days before the due date from which on the list says so


@dataclass(frozen=True)
class Row:
    """A voucher of the queue."""

    voucher: Voucher
    place: Place
    kind: str
    age: int
    due: str
    no_image: bool
    assignee: str
    url: str

    @property
    def name(self) -> str:
        """Return what it is called in a sentence."""
        return name(self.voucher)

    @property
    def left(self) -> kinds.Badge | None:
        """Return the state of what has just left the queue."""
        return None if self.voucher.status in TO_REVIEW else kinds.badge(self.voucher)


@dataclass(frozen=True)
class Chip:
    """One filter that is set, and the address without it."""

    label: str
    query: str


def rows(vouchers: Iterable[Voucher], of: Scope, people: Mapping[int, str], filters: Filters) -> list[Row]:
    """Return the rows of a list; links keep the filters."""
    return [_row(voucher, of, people, filters) for voucher in vouchers if voucher.connection_id in of.places]


def _row(voucher: Voucher, of: Scope, people: Mapping[int, str], filters: Filters) -> Row:
    place = of.places[voucher.connection_id]
    return Row(
        voucher=voucher,
        place=place,
        kind=kinds.kind_text(voucher.kind),
        age=max((of.today - voucher.listed_on).days, 0),
        due=due(voucher, of.today),
        no_image=voucher.file_count == 0 and voucher.kind in kinds.RECEIPTS,
        assignee=people.get(voucher.assignee_id or 0, ""),
        url=url(voucher, place, filters),
    )


def url(voucher: Voucher, place: Place, filters: Filters) -> str:
    """Return the address of a voucher in the queue; it keeps the filters."""
    query = f"?{filters.query}" if filters.query else ""
    return reverse("review:voucher", args=[place.slug, voucher.lexware_id]) + query


def due(voucher: Voucher, today: date) -> str:
    """Return "overdue", "soon" or "": by when somebody wants money."""
    if voucher.due_on is None:
        return ""
    days = (voucher.due_on - today).days
    return "overdue" if days < 0 else "soon" if days <= SOON else ""


def name(voucher: Voucher) -> str:
    """Return kind and number, or the supplier while there is no number."""
    return f"{kinds.kind_text(voucher.kind)} {voucher.number or voucher.contact_name}".strip()


def chips(filters: Filters, of: Scope, people: Mapping[int, str]) -> list[Chip]:
    """Return the filters that are set, in words."""
    names = {place.slug: place.name for place in of.places.values()}
    found = [Chip(names[slug], filters.without("client", slug).query) for slug in filters.client if slug in names]
    for field, words in _words(filters, people).items():
        if getattr(filters, field):
            found.append(Chip(words, filters.without(field).query))
    return found


def _words(filters: Filters, people: Mapping[int, str]) -> dict[str, str]:
    days = int(filters.older or 0)
    assigned = {filtering.ME: _("Assigned to me"), filtering.NOBODY: _("Assigned to nobody")}
    person = people.get(int(filters.assigned), "?") if filters.assigned.isdecimal() else ""
    return {
        "kind": str(kinds.GROUPS[filters.kind][0]) if filters.kind else "",
        "q": _("“%(text)s”") % {"text": filters.q},
        "least": _("from %(amount)s") % {"amount": filters.least},
        "most": _("up to %(amount)s") % {"amount": filters.most},
        "older": ngettext("at least %d day", "at least %d days", days) % days,
        "image": _("Without image"),
        "duplicate": _("Possible duplicates"),
        "assigned": assigned.get(filters.assigned, person),
    }


def data_as_of(of: Scope, filters: Filters) -> datetime | None:
    """Return as of when the queue is complete: the oldest of the connected clients that it shows."""
    chosen = [place for place in of.places.values() if not filters.client or place.slug in filters.client]
    moments = [place.synced_at for place in chosen if place.state == "connected" and place.synced_at]
    return min(moments, default=None)
