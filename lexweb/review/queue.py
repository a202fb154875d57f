"""
The review queue: what is to be reviewed of all clients that a person sees.

Ids, order and counts come from two indexes that hold the queue and nothing else: `voucher_queue` has it as a whole and
in its order, `voucher_to_review` by client. Only the rows that are shown are read from the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, DateField, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone

from lexweb.clients import selectors as clients
from lexweb.firm.models import Staff
from lexweb.review.filters import URGENT, Filters
from lexweb.vouchers.listing import COLUMNS
from lexweb.vouchers.models import TO_REVIEW, Voucher

PER_PAGE = 50
BEFORE, AFTER = 20, 40  # rows of the list beside the receipt
CAP = 20_000  # counted exactly; of more the pages say "more than"
BADGE_CAP = 999  # of the counter in the rail
NEVER = Value(date.max, output_field=DateField())  # when something without a due date is due
# Written out: SQLite takes the partial index only if the words are those of the index.
_STATES = ", ".join(f"'{state}'" for state in TO_REVIEW)
_IS_TO_REVIEW = RawSQL(f"vouchers_voucher.status IN ({_STATES})", (), output_field=BooleanField())  # noqa: S611


@dataclass(frozen=True)
class Place:
    """A client of the queue: what has to be seen of it wherever a voucher stands."""

    connection_id: int
    slug: str
    name: str
    number: str
    color: int
    state: str
    synced_at: Any


@dataclass(frozen=True)
class Scope:
    """Whose queue it is: the person, and the clients they see, by the id of their connection."""

    staff: Staff
    places: Mapping[int, Place]
    today: date = field(default_factory=timezone.localdate)

    def condition(self, filters: Filters) -> Q:
        """Return the filters as a condition."""
        connections = {place.slug: key for key, place in self.places.items()}
        return filters.condition(staff=self.staff, connections=connections, today=self.today)


@dataclass(frozen=True)
class Around:
    """Where a voucher stands: the rows before and after it."""

    before: list[Voucher]
    after: list[Voucher]

    @property
    def previous(self) -> Voucher | None:
        """Return the one before it."""
        return self.before[-1] if self.before else None

    @property
    def next(self) -> Voucher | None:
        """Return the one after it."""
        return self.after[0] if self.after else None


def scope(staff: Staff) -> Scope:
    """Return whose queue a person sees."""
    columns = ("connection__pk", "slug", "name", "number", "color", "connection__state", "connection__synced_at")
    found = clients.visible(staff).filter(connection__isnull=False).order_by("name", "pk")
    return Scope(staff, {row[0]: Place(*row) for row in found.values_list(*columns)})


def matching(of: Scope, filters: Filters) -> QuerySet[Voucher]:
    """Return what the filters find, in their order."""
    found = _all(of).filter(of.condition(filters))
    return _ordered(found, filters)


def page(of: Scope, filters: Filters, *, number: str | None, count: int) -> Page[Voucher]:
    """
    Return one page.

    :param count: how many `counts` has found
    """
    pages = Paginator(matching(of, filters).values_list("pk", flat=True), PER_PAGE)
    pages.__dict__["count"] = count
    current = pages.get_page(number)
    ids = list(current.object_list)
    return Page(_rows(ids), current.number, pages)  # type: ignore[arg-type]


def counts(of: Scope, many: Mapping[str, Filters]) -> dict[str, int]:
    """Return how many each of the filters finds, "total" included, of the oldest `CAP` and one: all in one query."""
    known = _all(of).order_by("listed_on", "id")[: CAP + 1]
    wanted = {f"count_{number}": filters for number, filters in enumerate(many.values())}
    asked = {name: Count("pk", filter=of.condition(filters)) for name, filters in wanted.items() if filters.narrows}
    found = known.aggregate(total=Count("pk"), **asked)
    return {"total": found["total"]} | {
        key: found.get(name, found["total"]) for key, name in zip(many, wanted, strict=True)
    }


def by_client(of: Scope) -> dict[int, int]:
    """Return how many each client has, by the id of its connection."""
    return dict(_all(of).order_by().values_list("connection_id").annotate(count=Count("pk")))


def badge(staff: Staff) -> int:
    """Return how many wait for a person, counted up to one more than `BADGE_CAP`."""
    return _all(scope(staff))[: BADGE_CAP + 1].count()


def around(of: Scope, filters: Filters, voucher: Voucher) -> Around:
    """Return the neighbours of a voucher, whether or not it is in the queue itself."""
    found = matching(of, filters)
    before = _ids(found.filter(_beyond(filters, voucher, "lt")).reverse()[:BEFORE])
    after = _ids(found.filter(_beyond(filters, voucher, "gt"))[:AFTER])
    rows = {row.pk: row for row in _rows([*before, *after])}
    return Around([rows[pk] for pk in reversed(before) if pk in rows], [rows[pk] for pk in after if pk in rows])


def position(of: Scope, filters: Filters, voucher: Voucher) -> tuple[int, int]:
    """Return the how many-th of how many a voucher is."""
    found = _ordered(_all(of).filter(of.condition(filters)), filters)
    counted = found.aggregate(all=Count("pk"), before=Count("pk", filter=_beyond(filters, voucher, "lt")))
    return counted["before"] + 1, counted["all"]


def first(of: Scope, filters: Filters) -> Voucher | None:
    """Return the first of what the filters find."""
    return next(iter(_rows(_ids(matching(of, filters)[:1]))), None)


def following(of: Scope, filters: Filters, voucher: Voucher) -> Voucher | None:
    """Return what comes after a voucher; after the last one what is still there before it."""
    found = matching(of, filters).exclude(pk=voucher.pk)
    ids = _ids(found.filter(_beyond(filters, voucher, "gt"))[:1]) or _ids(found[:1])
    return next(iter(_rows(ids)), None)


def _all(of: Scope) -> QuerySet[Voucher]:
    """Return the whole queue of the person."""
    return Voucher.objects.filter(_IS_TO_REVIEW, archived=False, connection__in=list(of.places))


def _ordered(found: QuerySet[Voucher], filters: Filters) -> QuerySet[Voucher]:
    if filters.sort == URGENT:
        return found.annotate(due=Coalesce("due_on", NEVER)).order_by("due", "listed_on", "id")
    return found.order_by("listed_on", "id")


def _beyond(filters: Filters, voucher: Voucher, way: str) -> Q:
    """Return the condition for what stands before ("lt") or after ("gt") a voucher."""
    later = Q(**{f"listed_on__{way}": voucher.listed_on})
    same_day = Q(listed_on=voucher.listed_on, **{f"id__{way}": voucher.pk})
    if filters.sort != URGENT:
        # The first part is implied by the rest; it tells the database where to begin in the index.
        return Q(**{f"listed_on__{way}e": voucher.listed_on}) & (later | same_day)
    due = voucher.due_on or date.max
    return Q(**{f"due__{way}": due}) | (Q(due=due) & (later | same_day))


def _ids(found: QuerySet[Voucher]) -> list[int]:
    return list(found.values_list("pk", flat=True))


def _rows(ids: list[int]) -> list[Voucher]:
    rows = Voucher.objects.only(*COLUMNS, "connection_id", "assignee_id", "suspect", "file_count").in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]
