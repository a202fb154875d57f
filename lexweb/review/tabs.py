"""The tabs of the queue: views that everybody has, and those that a person has saved; each with its count."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lexweb.firm.models import Staff
from lexweb.review import queue
from lexweb.review.filters import ME, OLD, OLDEST, Filters
from lexweb.review.models import View

MOST = 12  # views that one person can save: more would not fit, and each is counted at every look
BUILT_IN: dict[str, tuple[Promise, Filters]] = {
    "all": (_("All"), Filters()),
    "mine": (_("Assigned to me"), Filters(assigned=ME)),
    "no-image": (_("Without image"), Filters(image="none")),
    "duplicates": (_("Possible duplicates"), Filters(duplicate="1")),
    "old": (_("Older than 14 days"), Filters(older=str(OLD))),
}


@dataclass(frozen=True)
class Tab:
    """One tab; `view` if it is a person's own."""

    label: str
    query: str
    count: int
    current: bool
    view: View | None = None


@dataclass(frozen=True)
class Tabs:
    """
    What stands above the list.

    :param found: how many the filters of the address find
    :param total: how many there are at all
    """

    tabs: list[Tab]
    found: int
    total: int

    @property
    def current(self) -> Tab | None:
        """Return the tab whose filters are those of the address."""
        return next((tab for tab in self.tabs if tab.current), None)


def of(scope: queue.Scope, filters: Filters, views: Iterable[View]) -> Tabs:
    """Return the tabs; everything is counted in one query."""
    own = {f"view-{view.pk}": view for view in views}
    named = {key: (str(label), wanted) for key, (label, wanted) in BUILT_IN.items()}
    named |= {key: (view.name, Filters.of(view.query)) for key, view in own.items()}
    counts = queue.counts(scope, {key: wanted for key, (_label, wanted) in named.items()} | {"found": filters})
    tabs = [
        Tab(label, wanted.query, counts[key], _same(wanted, filters), own.get(key))
        for key, (label, wanted) in named.items()
    ]
    return Tabs(tabs, counts["found"], counts["total"])


def views(staff: Staff) -> list[View]:
    """Return what a person has saved, by name."""
    return list(View.objects.filter(staff=staff).order_by("name")[:MOST])


def _same(wanted: Filters, filters: Filters) -> bool:
    """A tab that says nothing of the order is the same in any."""
    return wanted == (filters if wanted.sort else replace(filters, sort=OLDEST))
