"""Reading contacts from the mirror."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from lexweb.clients.models import Client, Connection
from lexweb.contacts import search
from lexweb.contacts.models import Contact, Country

PER_PAGE = 50
SORTS = {
    "name": ("sort_name", "id"),
    "number": ("number", "id"),
    "city": ("sort_city", "sort_name", "id"),
    "email": ("email", "sort_name", "id"),
}
COLUMNS = (
    "lexware_id", "listed_as", "email", "city", "is_company", "is_customer", "is_vendor", "customer_number",
    "vendor_number", "archived",
)  # fmt: skip
FIRST_COUNTRIES = ("DE", "AT", "CH")


@dataclass(frozen=True)
class Query:
    """What the address of the list says; nonsense is replaced by the default."""

    text: str = ""
    role: str = ""  # customer, vendor, or both kinds
    archived: bool = False
    sort: str = "name"  # one of SORTS, "-" in front for descending

    @property
    def is_filtered(self) -> bool:
        """Say whether the list leaves something out."""
        return bool(self.text or self.role or self.archived)


def matching(connection: Connection, query: Query) -> QuerySet[Contact]:
    """Return the contacts of the query, ordered."""
    # "in" instead of "=": Django writes the latter as NOT archived, for which SQLite cannot use the index's order.
    found = Contact.objects.filter(connection=connection, archived__in=[query.archived])
    for needle in search.needles(query.text):
        found = found.filter(search__contains=needle)
    if query.role in {"customer", "vendor"}:
        found = found.filter(**{f"is_{query.role}": True})
    sign = "-" if query.sort.startswith("-") else ""
    return found.order_by(*[sign + column for column in SORTS[query.sort.removeprefix("-")]])


def listing(connection: Connection, query: Query, *, page: str | None) -> Page[Contact]:
    """
    Return one page of contacts without their JSON.

    The ids come from the list's index alone; only the rows of the page are read from the table.
    """
    found = matching(connection, query).values_list("pk", flat=True)
    pages = Paginator(found, PER_PAGE)
    if page in {None, "", "1"}:
        number, head = 1, list(found[: PER_PAGE + 1])
        if len(head) <= PER_PAGE:
            pages.__dict__["count"] = len(head)  # these are all: a search that finds little need not count, too
        ids = head[:PER_PAGE]
    else:
        number = pages.get_page(page).number
        ids = _slice(found, (number - 1) * PER_PAGE, number * PER_PAGE, total=pages.count)
    rows = Contact.objects.only(*COLUMNS).in_bulk(ids)
    return Page([rows[pk] for pk in ids if pk in rows], number, pages)  # type: ignore[arg-type]


def rows(connection: Connection, ids: Iterable[str]) -> list[Contact]:
    """Return some contacts as the list shows them."""
    return list(Contact.objects.only(*COLUMNS).filter(connection=connection, lexware_id__in=list(ids)))


def _slice(found: QuerySet[Contact, int], start: int, end: int, *, total: int) -> list[int]:
    """Return the ids from start to end, counted from the nearer end: the last page costs no more than the first."""
    if start <= total // 2:
        return list(found[start:end])
    return list(found.reverse()[max(0, total - end) : total - start])[::-1]


def counts(connection: Connection) -> dict[str, int]:
    """Return how many contacts there are: all (not archived) and archived."""
    contacts = Contact.objects.filter(connection=connection)
    return {
        "contacts": contacts.filter(archived=False).count(),
        "archived": contacts.filter(archived=True).count(),
    }


def find(client: Client, contact_id: UUID) -> Contact | None:
    """Return the client's contact with this id of Lexware Office."""
    found = Contact.objects.select_related("connection__client").filter(connection__client=client)
    return found.filter(lexware_id=contact_id).first()


def countries(language: str) -> list[tuple[str, str]]:
    """Return (code, name) for a select: the neighbours first, then by name."""
    name = "name_en" if language.startswith("en") else "name_de"
    rows = sorted(Country.objects.values_list("code", name), key=lambda row: search.fold(row[1]))  # ä beside a
    first = [row for code in FIRST_COUNTRIES for row in rows if row[0] == code]
    if not rows:  # never synced: the codes will do
        return [(code, code) for code in FIRST_COUNTRIES]
    return first + [row for row in rows if row[0] not in FIRST_COUNTRIES]
