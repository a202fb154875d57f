"""The list of vouchers as its page offers it: several kinds under one tab, and what is overdue today."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.contacts import search
from lexweb.vouchers.kinds import GROUPS
from lexweb.vouchers.models import Voucher

PER_PAGE = 50
NEWEST_FIRST = (F("listed_on").desc(), F("id").desc())
COLUMNS = (
    "lexware_id", "kind", "status", "number", "voucher_on", "due_on", "listed_on", "contact_id", "contact_name",
    "total_amount", "open_amount", "currency", "archived",
)  # fmt: skip
PAID = ("paid", "paidoff", "transferred", "sepadebit")


@dataclass(frozen=True)
class Query:
    """What the address of the list says: a key of `kinds.GROUPS`, one of `kinds.CHIPS`."""

    text: str = ""
    kind: str = ""
    status: str = ""
    archived: bool = False

    @property
    def is_filtered(self) -> bool:
        """Say whether the list leaves something out."""
        return bool(self.text or self.kind or self.status or self.archived)


def page(connection: Connection, query: Query, *, number: str | None) -> Page[Voucher]:
    """
    Return one page, the newest first.

    The ids come from the list's index alone; only the rows of the page are read from the table.
    """
    found = matching(connection, query).values_list("pk", flat=True)
    pages = Paginator(found, PER_PAGE)
    current = 1 if number in {None, "", "1"} else pages.get_page(number).number
    ids = list(found[(current - 1) * PER_PAGE : current * PER_PAGE + 1])
    if current == 1 and len(ids) <= PER_PAGE:
        pages.__dict__["count"] = len(ids)  # these are all: a search that finds little need not count, too
    rows = Voucher.objects.only(*COLUMNS).in_bulk(ids[:PER_PAGE])
    return Page([rows[pk] for pk in ids[:PER_PAGE] if pk in rows], current, pages)  # type: ignore[arg-type]


def counts(connection: Connection) -> dict[str, int]:
    """Return how many there are under each of `kinds.GROUPS`, and "" for all; archived ones left out."""
    kept = Voucher.objects.filter(connection=connection, archived__in=[False]).order_by()
    kinds = dict(kept.values_list("kind").annotate(count=Count("id")))
    groups = {name: sum(kinds.get(kind, 0) for kind in members) for name, (_label, members) in GROUPS.items()}
    return {"": sum(kinds.values())} | groups


def matching(connection: Connection, query: Query) -> QuerySet[Voucher]:
    """Return the vouchers of the query, the newest first."""
    # "in" instead of "=": Django writes the latter as NOT archived, which no index of SQLite can answer.
    found = Voucher.objects.filter(connection=connection, archived__in=[query.archived])
    for needle in search.needles(query.text):
        found = found.filter(search__contains=needle)
    if query.kind:
        found = found.filter(kind__in=GROUPS[query.kind][1])
    if query.status:
        found = found.filter(_in_status(query.status, timezone.localdate()))
    return found.order_by(*NEWEST_FIRST)


def _in_status(status: str, today: date) -> Q:
    late = Q(status__in=["open", "sepadebit"], due_on__lt=today, open_amount__isnull=False)
    if status == "overdue":
        return late
    if status == "open":
        return Q(status="open") & ~late
    return Q(status__in=PAID) & ~late if status == "paid" else Q(status=status)
