"""The list of what we mirror, in the order in which it is fetched."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from lexweb.clients import gateway
from lexweb.clients.models import Connection
from lexweb.contacts import mirror as contacts
from lexweb.contacts import reconcile

log = structlog.get_logger(__name__)

Payloads = list[dict[str, Any]]


@dataclass(frozen=True)
class Fetched:
    """One page: `number` from 0, `total` pages in all; `capped` if Lexware Office hides entries beyond 10,000."""

    payloads: Payloads
    number: int
    total: int
    capped: bool = False


@dataclass(frozen=True)
class Resource:
    """
    How to mirror one kind of record.

    :param pages: page after page, from the given number on
    :param store: puts one page into the mirror; doing it twice changes nothing
    :param finish: looks after what was not seen in a whole pass
    """

    name: str
    pages: Callable[[gateway.Office, int], Iterator[Fetched]]
    store: Callable[[Connection, Payloads, datetime], None]
    finish: Callable[[gateway.Office, Connection, datetime], Iterator[None]] | None = None


def _countries(office: gateway.Office, _start: int) -> Iterator[Fetched]:
    yield Fetched([country.payload() for country in office.countries.list()], number=0, total=1)


def _contacts(office: gateway.Office, start: int) -> Iterator[Fetched]:
    for page in office.contacts.pages(start=start):
        if page.misfits:  # what is in the mirror of them already is asked for one by one at the end of the pass
            log.warning("sync.misfits", page=page.number, count=page.misfits)
        yield Fetched([c.payload() for c in page.content], page.number, max(page.total_pages, 1), page.capped)


RESOURCES = (
    Resource("contacts", _contacts, lambda c, rows, at: contacts.store_page(c, rows, seen_at=at), reconcile.missing),
    Resource("countries", _countries, lambda _c, rows, _at: contacts.store_countries(rows)),
)
