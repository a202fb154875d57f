"""
One record by itself: how to read it over there, how to keep what was said, and how to forget it.

`asking.py` does it for what a pass did not show, `event_effects.py` for what an event is about.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID

from django.db.models import Model, Q
from django.utils import timezone

from lexweb.articles import mirror as articles
from lexweb.articles.models import Article
from lexweb.clients.gateway import Office
from lexweb.clients.models import Connection
from lexweb.contacts import mirror as contacts
from lexweb.contacts.models import Contact
from lexweb.sales import mirror as templates
from lexweb.sales.models import RecurringTemplate
from lexweb.vouchers import kinds, reading
from lexweb.vouchers import mirror as vouchers
from lexweb.vouchers.models import Voucher

Kind = Voucher.Kind

Store = Callable[[], object]
"""Stores what was read; to be called in a transaction. Raises `Foreign` if it is another organization's."""


@dataclass(frozen=True)
class Records:
    """
    The records of one table of the mirror.

    :param read: asks Lexware Office for one of them; raises NotFound if it is not there any more
    :param forget: removes it here, with all that belongs to it; says whether it was there
    :param listed: which rows a list shows at all
    """

    model: type[Model]
    read: Callable[[Office, Connection, UUID], Store]
    forget: Callable[[Connection, UUID], bool]
    listed: Q = field(default_factory=Q)


def documents(kind: str) -> Records:
    """Return documents that are read by the resource of this kind."""
    return replace(DOCUMENTS, read=partial(_document, kind))


def _contact(office: Office, connection: Connection, record: UUID) -> Store:
    asked_at = timezone.now()
    payload = office.contacts.get(record).payload()
    return lambda: contacts.store(connection, payload, asked_at=asked_at)


def _article(office: Office, connection: Connection, record: UUID) -> Store:
    asked_at = timezone.now()
    payload = office.articles.get(record).payload()
    return lambda: articles.store_page(connection, [payload], asked_at=asked_at)


def _template(office: Office, connection: Connection, record: UUID) -> Store:
    asked_at = timezone.now()
    payload = office.recurring_templates.get(record).payload()
    return lambda: templates.store_detail(connection, payload, asked_at=asked_at)


def _document(kind: str, office: Office, connection: Connection, record: UUID) -> Store:
    asked_at = timezone.now()
    payload = reading.detail(office, kind, record)
    # Bookkeeping vouchers share one resource; which of the four kinds it is, only the answer tells.
    found = str(payload.get("type") or kind) if kind in kinds.RECEIPTS else kind
    return lambda: vouchers.store_detail(connection, found, payload, asked_at=asked_at)


def _known_document(office: Office, connection: Connection, record: UUID) -> Store:
    kind = Voucher.objects.values_list("kind", flat=True).get(connection=connection, lexware_id=record)
    return _document(kind, office, connection, record)


CONTACTS = Records(Contact, _contact, contacts.forget)
ARTICLES = Records(Article, _article, articles.forget)
TEMPLATES = Records(RecurringTemplate, _template, templates.forget)
DOCUMENTS = Records(  # no list shows dunnings (behaviour.md, chapter 11)
    Voucher, _known_document, vouchers.forget, ~Q(kind=Kind.DUNNING)
)
