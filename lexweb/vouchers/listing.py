"""The list of vouchers as its page offers it: several kinds under one tab, and what is overdue today."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.db.models import Q
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.vouchers import selectors
from lexweb.vouchers.kinds import GROUPS
from lexweb.vouchers.models import Voucher

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
    """Return one page, the newest first."""
    found = selectors.matching(connection, selectors.Query(text=query.text, archived=query.archived))
    if query.kind:
        found = found.filter(kind__in=GROUPS[query.kind][1])
    if query.status:
        found = found.filter(_in_status(query.status, timezone.localdate()))
    return selectors.paged(found, number)


def counts(connection: Connection) -> dict[str, int]:
    """Return how many there are under each of `kinds.GROUPS`, and "" for all."""
    kinds = selectors.counts(connection)
    groups = {name: sum(kinds.get(kind, 0) for kind in members) for name, (_label, members) in GROUPS.items()}
    return {"": sum(kinds.values())} | groups


def _in_status(status: str, today: date) -> Q:
    late = Q(status__in=["open", "sepadebit"], due_on__lt=today, open_amount__isnull=False)
    if status == "overdue":
        return late
    if status == "open":
        return Q(status="open") & ~late
    return Q(status__in=PAID) & ~late if status == "paid" else Q(status=status)
