"""The list of what we mirror, in the order in which it is fetched; `passes.py` walks through it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lexweb.articles import mirror as articles
from lexweb.clients import mirroring
from lexweb.clients.gateway import Office
from lexweb.clients.mirroring import Stored
from lexweb.clients.models import Connection
from lexweb.contacts import mirror as contacts
from lexweb.masterdata import mirror as masterdata
from lexweb.sales import mirror as templates
from lexweb.sync import fetching, records
from lexweb.sync.fetching import Cursor, Fetched, Payloads
from lexweb.sync.records import Records
from lexweb.vouchers import mirror as vouchers

NIGHTLY = timedelta(days=1)
DAILY_ROUND = timedelta(hours=6)  # where no webhooks tell what changed


@dataclass(frozen=True)
class Resource:
    """
    How to mirror one kind of record.

    :param fetch: one request: the page that the cursor names, and the cursor of the next one
    :param store: puts a page into the mirror; doing it twice changes nothing
    :param records: what a whole pass did not show of them was deleted over there, or slipped through: see asking.py
    :param every: how often it is read as a whole where webhooks tell of changes, and where they do not
    """

    name: str
    fetch: Callable[[Office, Connection, Cursor], Fetched]
    store: Callable[[Connection, Payloads, datetime], Stored]
    records: Records | None = None
    every: tuple[timedelta, timedelta] = (NIGHTLY, NIGHTLY)

    @property
    def is_increment(self) -> bool:
        """Say whether it reads only what changed lately."""
        return self.name == "changes"


def _masterdata(name: str) -> Callable[[Connection, Payloads, datetime], Stored]:
    return lambda connection, rows, at: masterdata.store(connection, name, rows, asked_at=at)


def _profile(connection: Connection, rows: Payloads) -> Stored:
    stored = mirroring.store_profile(connection, rows[0])
    if stored.changed:  # another plan may show what was refused
        vouchers.want_missing(connection)
    return stored


RESOURCES = (
    Resource(
        "contacts", fetching.contacts, lambda c, rows, at: contacts.store_page(c, rows, asked_at=at),
        records.CONTACTS, (NIGHTLY, DAILY_ROUND),
    ),
    Resource(
        "vouchers", fetching.vouchers, lambda c, rows, at: vouchers.store_page(c, rows, asked_at=at),
        records.DOCUMENTS,
    ),
    Resource("profile", fetching.profile, lambda c, rows, _at: _profile(c, rows)),
    Resource(
        "articles", fetching.articles, lambda c, rows, at: articles.store_page(c, rows, asked_at=at),
        records.ARTICLES, (NIGHTLY, DAILY_ROUND),
    ),
    Resource(
        "templates", fetching.templates, lambda c, rows, at: templates.store_page(c, rows, asked_at=at),
        records.TEMPLATES,
    ),
    Resource("posting-categories", fetching.posting_categories, _masterdata("posting-categories")),
    Resource("payment-conditions", fetching.payment_conditions, _masterdata("payment-conditions")),
    Resource("print-layouts", fetching.print_layouts, _masterdata("print-layouts")),
    Resource("countries", fetching.countries, lambda _c, rows, _at: contacts.store_countries(rows)),
    Resource(
        "changes", fetching.changes, fetching.store_changes, every=(timedelta(hours=1), timedelta(minutes=15)),
    ),
)  # fmt: skip
NAMED = {resource.name: resource for resource in RESOURCES}
FIRST = ("contacts", "vouchers")  # with these listed, the client is usable
