"""
One request each: a page of a resource, and where to go on.

A cursor is JSON, {} at the beginning; it is stored with the page it led to, so that any other process goes on there.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.utils import timezone

from lexweb.clients.gateway import Office
from lexweb.clients.mirroring import Stored
from lexweb.clients.models import Connection
from lexweb.lexware import days
from lexweb.sales import mirror as sales_mirror
from lexweb.sync.models import Pass
from lexweb.vouchers import mirror as vouchers_mirror

log = structlog.get_logger(__name__)

Cursor = dict[str, Any]
Payloads = list[dict[str, Any]]

PAGES_SHOWN = 40  # of 250: Lexware Office hides what is beyond 10,000 entries
NEWEST_FIRST = "createdDate,DESC"
LATEST_FIRST = "updatedDate,DESC"
OVERLAP = timedelta(days=1)  # the filter is by day, and what changes while we read must not fall between two runs


@dataclass(frozen=True)
class Fetched:
    """
    One page.

    :param cursor: of the next page, None after the last
    :param ahead: pages still to come, as far as known
    :param capped: Lexware Office hides entries that no further page will show
    """

    payloads: Payloads
    cursor: Cursor | None = None
    ahead: int = 0
    capped: bool = False


def contacts(office: Office, _connection: Connection, cursor: Cursor) -> Fetched:
    """Read a page of contacts, which come by name; those beyond 10,000 are hidden."""
    return _paged(office.contacts.page(cursor.get("page", 0)))


def articles(office: Office, _connection: Connection, cursor: Cursor) -> Fetched:
    """Read a page of articles."""
    return _paged(office.articles.page(cursor.get("page", 0)))


def templates(office: Office, _connection: Connection, cursor: Cursor) -> Fetched:
    """Read a page of recurring templates in their short form."""
    return _paged(office.recurring_templates.page(cursor.get("page", 0)))


def vouchers(office: Office, _connection: Connection, cursor: Cursor) -> Fetched:
    """
    Read a page of the voucher list, the newest first.

    When 10,000 entries are shown, a new window begins with the day of the last one: createdDate never changes, so
    no row moves from one window to another (behaviour.md, chapters 3 and 11).
    """
    number, until = cursor.get("page", 0), cursor.get("until")
    filters: Any = {"created_date_to": date.fromisoformat(until)} if until else {}
    page = office.voucherlist.page("any", "any", number, sort=NEWEST_FIRST, **filters)
    fetched = _paged(page)
    if number + 1 < PAGES_SHOWN or not page.capped or not page.content:
        return Fetched(fetched.payloads, _and(fetched.cursor, until), fetched.ahead)
    last = days.day(page.content[-1].created_date)  # its filters are German days (behaviour.md, chapter 3)
    hidden = until == last.isoformat()  # more than 10,000 on a single day
    following = last - timedelta(days=1) if hidden else last
    return Fetched(fetched.payloads, {"page": 0, "until": following.isoformat()}, ahead=1, capped=hidden)


def changes(office: Office, connection: Connection, cursor: Cursor) -> Fetched:
    """Read what changed lately: rows of the voucher list, then the newest page of templates."""
    if cursor.get("part") == "templates":
        rows = office.recurring_templates.page(0).content
        return Fetched([{"template": row.payload()} for row in rows])
    since = cursor.get("since") or _changed_since(connection).isoformat()
    number = cursor.get("page", 0)
    page = office.voucherlist.page(
        "any", "any", number, sort=LATEST_FIRST, updated_date_from=date.fromisoformat(since)
    )  # fmt: skip
    fetched = _paged(page)
    following = {"part": "templates"} if fetched.cursor is None else {**fetched.cursor, "since": since}
    # More than 10,000 changes at once: the nightly comparison shows them all.
    return Fetched([{"voucher": row} for row in fetched.payloads], following, fetched.ahead + 1, page.capped)


def store_changes(connection: Connection, rows: Payloads, asked_at: datetime) -> Stored:
    """Store a page of `changes`."""
    stored = vouchers_mirror.store_page(connection, [r["voucher"] for r in rows if "voucher" in r], asked_at=asked_at)
    found = [row["template"] for row in rows if "template" in row]
    return stored + sales_mirror.store_page(connection, found, asked_at=asked_at) if found else stored


def profile(office: Office, _connection: Connection, _cursor: Cursor) -> Fetched:
    """Read the profile."""
    return Fetched([office.profile.get().payload()])


def countries(office: Office, _connection: Connection, _cursor: Cursor) -> Fetched:
    """Read the list of countries."""
    return Fetched([country.payload() for country in office.countries.list()])


def posting_categories(office: Office, _connection: Connection, _cursor: Cursor) -> Fetched:
    """Read the posting categories."""
    return Fetched([category.payload() for category in office.posting_categories.list()])


def payment_conditions(office: Office, _connection: Connection, _cursor: Cursor) -> Fetched:
    """Read the payment conditions."""
    return Fetched([condition.payload() for condition in office.payment_conditions.list()])


def print_layouts(office: Office, _connection: Connection, _cursor: Cursor) -> Fetched:
    """Read the print layouts."""
    return Fetched([layout.payload() for layout in office.print_layouts.list()])


def _changed_since(connection: Connection) -> date:
    """Return the German day from which on changes may be unknown: of the last look, or of the first list."""
    looked = Pass.objects.filter(state__connection=connection, resource__in=["changes", "vouchers"])
    vouched = [moment for moment in looked.values_list("vouched_at", flat=True) if moment]
    return days.day((max(vouched) if vouched else timezone.now()) - OVERLAP)


def _paged(page: Any) -> Fetched:
    if page.misfits:  # what is in the mirror of them already is asked for one by one at the end of the pass
        log.warning("sync.misfits", page=page.number, count=page.misfits)
    ahead = max(page.total_pages - page.number - 1, 0)
    cursor = None if page.final else {"page": page.number + 1}
    return Fetched(page.payloads(), cursor, ahead, page.capped)


def _and(cursor: Cursor | None, until: str | None) -> Cursor | None:
    return cursor if cursor is None or until is None else {**cursor, "until": until}
