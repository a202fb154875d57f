"""Reading documents from the mirror."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from lexweb.clients.models import Client, Connection
from lexweb.contacts import search
from lexweb.vouchers.models import Voucher

PER_PAGE = 50
NEWEST_FIRST = (F("listed_on").desc(), F("id").desc())
COLUMNS = (
    "lexware_id", "kind", "status", "number", "voucher_on", "due_on", "listed_on", "contact_id", "contact_name",
    "total_amount", "open_amount", "currency", "archived",
)  # fmt: skip


@dataclass(frozen=True)
class Query:
    """What the address of the list says; nonsense is replaced by the default."""

    text: str = ""
    kind: str = ""  # of `Voucher.Kind`
    status: str = ""
    archived: bool = False

    @property
    def is_filtered(self) -> bool:
        """Say whether the list leaves something out."""
        return bool(self.text or self.kind or self.status or self.archived)


def matching(connection: Connection, query: Query) -> QuerySet[Voucher]:
    """Return the documents of the query, the newest first."""
    # "in" instead of "=": Django writes the latter as NOT archived, which no index of SQLite can answer.
    found = Voucher.objects.filter(connection=connection, archived__in=[query.archived])
    for needle in search.needles(query.text):
        found = found.filter(search__contains=needle)
    if query.kind:
        found = found.filter(kind=query.kind)
    if query.status:
        found = found.filter(status=query.status)
    return found.order_by(*NEWEST_FIRST)


def listing(connection: Connection, query: Query, *, page: str | None) -> Page[Voucher]:
    """Return one page of documents."""
    return paged(matching(connection, query), page)


def paged(vouchers: QuerySet[Voucher], page: str | None) -> Page[Voucher]:
    """
    Return one page of them.

    The ids come from the list's index alone; only the rows of the page are read from the table.
    """
    found = vouchers.values_list("pk", flat=True)
    pages = Paginator(found, PER_PAGE)
    number = 1 if page in {None, "", "1"} else pages.get_page(page).number
    ids = list(found[(number - 1) * PER_PAGE : number * PER_PAGE + 1])
    if number == 1 and len(ids) <= PER_PAGE:
        pages.__dict__["count"] = len(ids)  # these are all: a search that finds little need not count, too
    rows = Voucher.objects.only(*COLUMNS).in_bulk(ids[:PER_PAGE])
    return Page([rows[pk] for pk in ids[:PER_PAGE] if pk in rows], number, pages)  # type: ignore[arg-type]


def find(client: Client, lexware_id: UUID) -> Voucher | None:
    """Return the client's document with this id of Lexware Office, and its detail."""
    found = Voucher.objects.select_related("connection__client", "detail").filter(connection__client=client)
    return found.filter(lexware_id=lexware_id).first()


def counts(connection: Connection) -> dict[str, int]:
    """Return how many documents there are of each kind, archived ones left out."""
    kept = Voucher.objects.filter(connection=connection, archived__in=[False]).order_by()
    return dict(kept.values_list("kind").annotate(count=Count("id")))


def total(connection: Connection) -> int:
    """Return how many documents there are, archived ones left out."""
    return Voucher.objects.filter(connection=connection, archived__in=[False]).count()


def left(connection: Connection) -> int:
    """Return how many details and payments are still to be read."""
    vouchers = Voucher.objects.filter(connection=connection)
    return _wanted(connection).count() + vouchers.filter(payment_wanted=True).count()


def lefts(connections: Iterable[int]) -> dict[int, int]:
    """Return `left` of many connections at once."""
    vouchers = Voucher.objects.filter(connection__in=list(connections)).order_by().values_list("connection")
    details = vouchers.filter(wanted__gt=0).annotate(count=Count("id"))
    found: Counter[int] = Counter()
    for connection, count in details.union(vouchers.filter(payment_wanted=True).annotate(count=Count("id")), all=True):
        found[connection] += count
    return dict(found)


def wanted_most(connection: Connection) -> Voucher | None:
    """Return the document whose detail is wanted most, of equals the one created last."""
    first = _wanted(connection).order_by(F("wanted").desc(), F("created_at").desc())
    return first.select_related("connection").first()


def payment_wanted(connection: Connection) -> Voucher | None:
    """Return a document whose payments are to be read, the one created last."""
    found = Voucher.objects.filter(connection=connection, payment_wanted=True).order_by(F("created_at").desc())
    return found.select_related("connection").first()


def _wanted(connection: Connection) -> QuerySet[Voucher]:
    return Voucher.objects.filter(Q(connection=connection) & Q(wanted__gt=0))
