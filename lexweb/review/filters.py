"""What the address of the review queue says; everything that narrows it down stands there, and nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict

from lexweb.contacts import search
from lexweb.firm.models import Staff
from lexweb.ui import typed
from lexweb.vouchers import kinds

ME, NOBODY = "me", "nobody"
OLDEST, URGENT = "", "urgent"
AGES = (7, 14, 30, 90)  # days that the page offers; the address takes any
OLD = 14  # days after which a receipt is late: a tab of its own
MOST_CLIENTS = 50  # more in one address are cut
TEXT = 100


@dataclass(frozen=True)
class Filters:
    """
    The filters of one address; nonsense in it is left out.

    :param client: slugs; empty for all clients that the person sees
    :param kind: a key of `kinds.GROUPS`
    :param least, most: amounts as they were typed
    :param older: at least so many days old
    :param image: "none" for receipts without a file
    :param duplicate: "1" for what may be a duplicate
    :param assigned: ME, NOBODY or the key of a person
    :param sort: OLDEST first, or URGENT: by the day it is due
    """

    client: tuple[str, ...] = ()
    kind: str = ""
    q: str = ""
    least: str = ""
    most: str = ""
    older: str = ""
    image: str = ""
    duplicate: str = ""
    assigned: str = ""
    sort: str = OLDEST

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Return the filters of an address."""
        text = {name: query.get(name, "").replace("\0", " ").strip()[:TEXT] for name in _NAMES}
        slugs = tuple(dict.fromkeys(slug for slug in query.getlist("client") if slug.isalnum()))
        return cls(
            client=slugs[:MOST_CLIENTS],
            kind=text["kind"] if text["kind"] in kinds.GROUPS else "",
            q=text["q"],
            least=text["least"] if amount(text["least"]) is not None else "",
            most=text["most"] if amount(text["most"]) is not None else "",
            older=str(int(text["older"])) if _is_number(text["older"]) else "",
            image="none" if text["image"] == "none" else "",
            duplicate="1" if text["duplicate"] == "1" else "",
            assigned=text["assigned"] if text["assigned"] in {ME, NOBODY} or _is_number(text["assigned"]) else "",
            sort=URGENT if text["sort"] == URGENT else OLDEST,
        )

    @classmethod
    def of(cls, query: str) -> Self:
        """Return the filters of what stands behind the question mark."""
        return cls.read(QueryDict(query))

    @property
    def query(self) -> str:
        """Return what stands behind the question mark; equal filters give equal texts."""
        return urlencode([(name, value) for name, value in self.parts()])

    @property
    def narrows(self) -> bool:
        """Say whether something is left out."""
        return replace(self, sort=OLDEST) != Filters()

    def parts(self) -> Iterator[tuple[str, str]]:
        """Yield name and value of everything that is set."""
        for slug in sorted(self.client):
            yield "client", slug
        for name in _NAMES:
            if value := getattr(self, name):
                yield name, value

    def without(self, name: str, value: str = "") -> "Filters":
        """Return the filters without one of them; of several clients without this one."""
        if name == "client":
            return replace(self, client=tuple(slug for slug in self.client if slug != value))
        empty: dict[str, Any] = {name: ""}
        return replace(self, **empty)

    def condition(self, *, staff: Staff, connections: dict[str, int], today: date) -> Q:
        """
        Return what a voucher of the queue has to fulfil, all clients of the person but these being left out already.

        :param connections: by slug, of the clients that the person sees
        """
        found = Q()
        if self.client:
            found &= Q(connection__in=[connections[slug] for slug in self.client if slug in connections])
        if self.kind:
            found &= Q(kind__in=kinds.GROUPS[self.kind][1])
        for needle in search.needles(self.q):
            found &= Q(search__contains=needle)
        found &= self._amounts()
        if self.older:
            found &= Q(listed_on__lte=today - timedelta(days=int(self.older)))
        if self.image:
            found &= Q(file_count=0, kind__in=kinds.RECEIPTS)
        if self.duplicate:
            found &= Q(suspect__in=[True])  # as in vouchers/listing.py: "=" is written in a way no index answers
        if self.assigned:
            found &= Q(assignee=_person(self.assigned, staff))
        return found

    def _amounts(self) -> Q:
        found = Q()
        if (least := amount(self.least)) is not None:
            found &= Q(total_amount__gte=least)
        if (most := amount(self.most)) is not None:
            found &= Q(total_amount__lte=most)
        return found


_NAMES = tuple(field.name for field in fields(Filters) if field.name != "client")


def amount(text: str) -> Decimal | None:
    """Return an amount as people type it, or None."""
    try:
        return typed.parse_amount(text) if text else None
    except typed.Unreadable:
        return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6


def _person(assigned: str, staff: Staff) -> int | None:
    if assigned == NOBODY:
        return None
    return staff.pk if assigned == ME else int(assigned)
