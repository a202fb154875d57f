"""Reading contacts from the mirror."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from lexweb.clients.models import Client, Connection
from lexweb.contacts import search
from lexweb.contacts.models import Contact, Country

PER_PAGE = 50
SORTS = ("name", "number", "city", "email")
COLUMNS = (
    "lexware_id", "name", "email", "city", "is_company", "is_customer", "is_vendor", "customer_number",
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
    descending = query.sort.startswith("-")
    column = query.sort.removeprefix("-")
    order = {"name": ["sort_name"], "number": ["number"]}.get(column, [column, "sort_name"])
    return found.order_by(*[f"-{name}" if descending else name for name in [*order, "id"]])


def listing(connection: Connection, query: Query, *, page: str | None) -> Page[Contact]:
    """
    Return one page of contacts without their JSON.

    The ids come from the list's index alone; only the rows of the page are read from the table.
    """
    ids = Paginator(matching(connection, query).values_list("pk", flat=True), PER_PAGE).get_page(page)
    rows = Contact.objects.only(*COLUMNS).in_bulk(list(ids.object_list))
    found = [rows[pk] for pk in ids.object_list if pk in rows]
    return Page(found, ids.number, ids.paginator)  # type: ignore[arg-type]


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
    rows = list(Country.objects.order_by(name).values_list("code", name))
    first = [row for code in FIRST_COUNTRIES for row in rows if row[0] == code]
    if not rows:  # never synced: the codes will do
        return [(code, code) for code in FIRST_COUNTRIES]
    return first + [row for row in rows if row[0] not in FIRST_COUNTRIES]
