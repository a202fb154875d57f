"""A client's files, listed by the documents they belong to; one whose detail is not here yet has none so far."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from lexweb.clients.models import Connection
from lexweb.contacts import search
from lexweb.files.models import File
from lexweb.outbox.selection import Selection
from lexweb.vouchers.kinds import GROUPS
from lexweb.vouchers.models import Voucher

PER_PAGE = 50  # documents; most have one file
BATCH = 200
PICTURES = ("image/jpeg", "image/png")
CONTENTS: dict[str, Q] = {
    "pdf": Q(media_type="application/pdf"),
    "picture": Q(media_type__in=PICTURES),
    "xml": Q(media_type="application/xml"),
    "invoice": ~Q(profile=""),
    "unknown": Q(media_type=""),
}
SORTS = {"date": "listed_on", "number": "number", "contact": "contact_name"}
COLUMNS = (
    "lexware_id", "kind", "status", "number", "voucher_on", "due_on", "listed_on", "contact_name", "total_amount",
    "open_amount", "currency",
)  # fmt: skip


@dataclass(frozen=True)
class Query:
    """
    What the address of the list says.

    `kind` is a key of `kinds.GROUPS`, `content` of `CONTENTS`, `sort` of `SORTS` with "-" in front for descending;
    `since` and `until` are days as 2026-11-20, so that a selection can travel through the page.
    """

    text: str = ""
    kind: str = ""
    content: str = ""
    since: str = ""
    until: str = ""
    sort: str = "-date"

    @property
    def is_filtered(self) -> bool:
        """Say whether the list leaves something out."""
        return bool(self.text or self.kind or self.content or self.since or self.until)


@dataclass(frozen=True)
class Entry:
    """A file and its document."""

    voucher: Voucher
    file: File


@dataclass(frozen=True)
class Totals:
    """How many files a search finds, and how many of them have to be fetched first."""

    files: int
    absent: int


def page(connection: Connection, query: Query, *, number: str | None) -> Page[Voucher]:
    """Return one page of documents that have files."""
    pages = Paginator(_matching(connection, query).only(*COLUMNS), PER_PAGE)
    return pages.get_page(number)


def entries(connection: Connection, vouchers: Iterable[Voucher], query: Query) -> list[Entry]:
    """Return the files of some documents, in their order, as far as the search finds them."""
    rows = list(vouchers)
    return _joined(rows, _files(connection, query).filter(voucher_id__in=[row.lexware_id for row in rows]))


def totals(connection: Connection, query: Query) -> Totals:
    """Count the files of a search."""
    ids = _matching(connection, query).order_by().values("lexware_id")
    found = _files(connection, query).filter(voucher_id__in=ids)
    counted = found.aggregate(files=Count("id"), absent=Count("id", filter=Q(blob=None)))
    return Totals(**counted)


def kinds(connection: Connection) -> dict[str, int]:
    """Return how many documents with files there are under each of `kinds.GROUPS`, and "" for all."""
    with_files = _with_files(connection).order_by()
    counted = dict(with_files.values_list("kind").annotate(count=Count("id")))
    groups = {name: sum(counted.get(kind, 0) for kind in members) for name, (_label, members) in GROUPS.items()}
    return {"": sum(counted.values())} | groups


def find(connection: Connection, ids: Iterable[str]) -> QuerySet[File]:
    """Return files by their ids over there."""
    return File.objects.filter(connection=connection, lexware_id__in=list(ids))


def count(connection: Connection, chosen: Selection[Query]) -> int:
    """Count what is chosen, as it is now."""
    if chosen.query is not None:
        return totals(connection, chosen.query).files
    return find(connection, chosen.ids).count()


def chosen_entries(connection: Connection, chosen: Selection[Query]) -> Iterator[Entry]:
    """Yield what is chosen, as it is now, bit by bit: never all of it in memory."""
    query = chosen.query or Query()
    files = _files(connection, query) if chosen.query else find(connection, chosen.ids)
    vouchers = _matching(connection, query)
    if not chosen.query:
        vouchers = vouchers.filter(lexware_id__in=files.order_by().values("voucher_id"))
    for keys in _batches(vouchers.values_list("pk", flat=True)):
        rows = Voucher.objects.only(*COLUMNS).in_bulk(keys)
        batch = [rows[key] for key in keys if key in rows]
        yield from _joined(batch, files.filter(voucher_id__in=[row.lexware_id for row in batch]))


def _batches(keys: QuerySet[Any, int]) -> Iterator[tuple[int, ...]]:
    found = list(keys)  # numbers only
    return (tuple(found[start : start + BATCH]) for start in range(0, len(found), BATCH))


def _joined(vouchers: list[Voucher], files: QuerySet[File]) -> list[Entry]:
    of: dict[Any, list[File]] = {}
    for file in files.select_related("blob").order_by("position", "pk"):
        of.setdefault(file.voucher_id, []).append(file)
    return [Entry(voucher, file) for voucher in vouchers for file in of.get(voucher.lexware_id, ())]


def _files(connection: Connection, query: Query) -> QuerySet[File]:
    found = File.objects.filter(connection=connection)
    return found.filter(CONTENTS[query.content]) if query.content else found


def _with_files(connection: Connection) -> QuerySet[Voucher]:
    return Voucher.objects.filter(connection=connection, file_count__gt=0)


def _matching(connection: Connection, query: Query) -> QuerySet[Voucher]:
    found = _with_files(connection)
    for needle in search.needles(query.text):
        found = found.filter(search__contains=needle)
    if query.kind:
        found = found.filter(kind__in=GROUPS[query.kind][1])
    if query.since:
        found = found.filter(listed_on__gte=date.fromisoformat(query.since))
    if query.until:
        found = found.filter(listed_on__lte=date.fromisoformat(query.until))
    if query.content:
        found = found.filter(Exists(_files(connection, query).filter(voucher_id=OuterRef("lexware_id"))))
    column = F(SORTS[query.sort.removeprefix("-")])
    return found.order_by(*((column.desc(), F("id").desc()) if query.sort.startswith("-") else (column, F("id"))))
