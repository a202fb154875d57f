"""
Records that a whole pass did not show: each is asked for by itself, and removed only when Lexware Office says so.

One that is answered in an odd way is left as it is: it must not keep a pass from its end.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db.models import Model, Q
from django.utils import timezone

from lexweb.articles import mirror as articles
from lexweb.articles.models import Article
from lexweb.clients import mirroring
from lexweb.clients.gateway import Office
from lexweb.clients.models import Connection
from lexweb.clients.steps import Storing
from lexweb.contacts import mirror as contacts
from lexweb.contacts.models import Contact
from lexweb.lexware import errors
from lexweb.sales import mirror as templates
from lexweb.sales.models import RecurringTemplate
from lexweb.vouchers import mirror as vouchers
from lexweb.vouchers import reading
from lexweb.vouchers.models import Voucher

log = structlog.get_logger(__name__)

Unseen = Callable[[Connection, datetime], UUID | None]
Payload = dict[str, Any]


def unseen_contact(connection: Connection, since: datetime) -> UUID | None:
    """Return a contact that was not shown since."""
    return _unseen(Contact, connection, since)


def unseen_article(connection: Connection, since: datetime) -> UUID | None:
    """Return an article that was not shown since."""
    return _unseen(Article, connection, since)


def unseen_template(connection: Connection, since: datetime) -> UUID | None:
    """Return a template that was not shown since."""
    return _unseen(RecurringTemplate, connection, since)


def unseen_voucher(connection: Connection, since: datetime) -> UUID | None:
    """Return a document that was not shown since; dunnings never are (behaviour.md, chapter 11)."""
    return _unseen(Voucher, connection, since, ~Q(kind=Voucher.Kind.DUNNING))


def contact(office: Office, connection: Connection, record: UUID, storing: Storing) -> bool:
    """Ask for a contact; return whether it was gone."""
    return _ask(
        office, connection, record, storing, Contact, lambda: office.contacts.get(record).payload(),
        lambda payload, at: contacts.store(connection, payload, asked_at=at),
    )  # fmt: skip


def article(office: Office, connection: Connection, record: UUID, storing: Storing) -> bool:
    """Ask for an article; return whether it was gone."""
    return _ask(
        office, connection, record, storing, Article, lambda: office.articles.get(record).payload(),
        lambda payload, at: articles.store_page(connection, [payload], asked_at=at),
    )  # fmt: skip


def template(office: Office, connection: Connection, record: UUID, storing: Storing) -> bool:
    """Ask for a template; return whether it was gone."""
    return _ask(
        office, connection, record, storing, RecurringTemplate,
        lambda: office.recurring_templates.get(record).payload(),
        lambda payload, at: templates.store_detail(connection, payload, asked_at=at),
    )  # fmt: skip


def voucher(office: Office, connection: Connection, record: UUID, storing: Storing) -> bool:
    """Ask for a document by the resource of its kind; return whether it was gone."""
    kind = Voucher.objects.values_list("kind", flat=True).get(connection=connection, lexware_id=record)
    return _ask(
        office, connection, record, storing, Voucher, lambda: reading.detail(office, kind, record),
        lambda payload, at: vouchers.store_detail(connection, kind, payload, asked_at=at),
    )  # fmt: skip


def _unseen(model: type[Any], connection: Connection, since: datetime, which: Q = Q()) -> UUID | None:
    """Return any of them: to have them in an order would mean to sort them all."""
    rows = model.objects.filter(which, connection=connection, seen_at__lt=since).order_by()
    found: UUID | None = next(iter(rows.values_list("lexware_id", flat=True)[:1]), None)
    return found


def _ask(
    office: Office,
    connection: Connection,
    record: UUID,
    storing: Storing,
    model: type[Model],
    read: Callable[[], Payload],
    store: Callable[[Payload, datetime], object],
) -> bool:
    asked_at = timezone.now()
    rows: Any = model._default_manager.filter(connection=connection, lexware_id=record)
    try:
        payload = read()
    except (errors.Rejected, errors.Unexpected) as error:
        log.warning("sync.record_skipped", kind=type(error).__name__)
        with storing():
            rows.update(seen_at=asked_at)
        return False
    except errors.NotFound:
        return _remove(rows, storing)
    except errors.Forbidden:
        # What belongs to another organization may be answered so (oauth-and-partner.md, chapter 5). A lost right is,
        # too: then no page can be read either, and this ends the pass.
        office.contacts.page(size=1)
        return _remove(rows, storing)
    try:
        with storing():
            store(payload, asked_at)
            rows.filter(seen_at__lt=asked_at).update(seen_at=asked_at)  # older than what stands here, so not stored
    except mirroring.Foreign:
        return _remove(rows, storing)
    return False


def _remove(rows: Any, storing: Storing) -> bool:
    with storing():
        rows.delete()
    return True
