"""
What each type of event means: which record to read, and how to store it.

An effect asks Lexware Office and returns what is left to do inside the transaction. What the event says of itself is
never stored: events come late, twice, and in any order; what is read now is true now.
"""

import contextlib
from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.utils import timezone

from lexweb.articles import mirror as articles
from lexweb.clients.gateway import Office
from lexweb.clients.mirroring import Foreign
from lexweb.clients.models import Connection
from lexweb.contacts import mirror as contacts
from lexweb.lexware import errors
from lexweb.lexware.api.event_subscriptions import EVENT_TYPES
from lexweb.sales import mirror as templates
from lexweb.vouchers import mirror as vouchers
from lexweb.vouchers import reading, rows
from lexweb.vouchers.models import Voucher

Kind = Voucher.Kind
Store = Callable[[], object]
Effect = Callable[[Office, Connection, UUID], Store]


def contact(office: Office, connection: Connection, record: UUID) -> Store:
    """Read a contact. What others do over there is no activity of the firm, so the history says nothing."""
    asked_at = timezone.now()
    try:
        payload = office.contacts.get(record).payload()
    except errors.NotFound:
        return lambda: contacts.forget(connection, record)
    return lambda: contacts.store_page(connection, [payload], asked_at=asked_at)


def article(office: Office, connection: Connection, record: UUID) -> Store:
    """Read an article."""
    asked_at = timezone.now()
    try:
        payload = office.articles.get(record).payload()
    except errors.NotFound:
        return lambda: articles.forget(connection, record)
    return lambda: articles.store_page(connection, [payload], asked_at=asked_at)


def template(office: Office, connection: Connection, record: UUID) -> Store:
    """Read a recurring template."""
    asked_at = timezone.now()
    try:
        payload = office.recurring_templates.get(record).payload()
    except errors.NotFound:
        return lambda: templates.forget(connection, record)
    return lambda: templates.store_detail(connection, payload, asked_at=asked_at)


def document(kind: str, office: Office, connection: Connection, record: UUID) -> Store:
    """Read a document by the resource of its kind."""
    asked_at = timezone.now()
    try:
        payload = reading.detail(office, kind, record)
    except errors.NotFound:
        return lambda: vouchers.forget(connection, record)
    # Bookkeeping vouchers share one resource; which of the four kinds it is, only the answer tells.
    found = str(payload.get("type") or kind) if kind in BOOKKEEPING else kind

    def store() -> None:
        with contextlib.suppress(Foreign):  # logged there
            vouchers.store_detail(connection, found, payload, asked_at=asked_at)

    return store


def payment(office: Office, connection: Connection, record: UUID) -> Store:
    """Read the payments of a document of whatever kind, and want the document: its status may be another one now."""
    asked_at = timezone.now()
    known = Voucher.objects.filter(connection=connection, lexware_id=record).first()
    try:
        payload = reading.payment(office, record)
    except errors.NotFound:
        return lambda: vouchers.want(connection, [record])
    if known is None:  # without payments, nothing says of which kind it is: it waits for the list of changes
        return document(payload["voucherType"], office, connection, record) if payload else _nothing

    def store() -> None:
        vouchers.store_payment(known, payload, asked_at=asked_at)
        vouchers.want(connection, [record])

    return store


def grant(office: Office, connection: Connection, record: UUID) -> Store:
    """Try the access if it is ours that was ended: refused, the gateway marks the connection."""
    if connection.lexware_connection_id in {None, record}:
        office.profile.get()
    return _nothing


def with_payment(effect: Effect, office: Office, connection: Connection, record: UUID) -> Store:
    """Read a document, and leave its payments to the back-fill, which reads them next."""
    store = effect(office, connection, record)

    def store_and_want() -> None:
        store()
        payable = Voucher.objects.filter(connection=connection, lexware_id=record, kind__in=rows.PAYABLE)
        payable.update(payment_wanted=True)

    return store_and_want


def _nothing() -> None:
    pass


BOOKKEEPING = frozenset({Kind.SALES_INVOICE, Kind.SALES_CREDIT_NOTE, Kind.PURCHASE_INVOICE, Kind.PURCHASE_CREDIT_NOTE})
_RESOURCES: dict[str, Effect] = {
    "contact": contact,
    "article": article,
    "recurring-template": template,
    "voucher": partial(document, Kind.PURCHASE_INVOICE),
    "invoice": partial(document, Kind.INVOICE),
    "credit-note": partial(document, Kind.CREDIT_NOTE),
    "down-payment-invoice": partial(document, Kind.DOWN_PAYMENT_INVOICE),
    "quotation": partial(document, Kind.QUOTATION),
    "order-confirmation": partial(document, Kind.ORDER_CONFIRMATION),
    "delivery-note": partial(document, Kind.DELIVERY_NOTE),
    "dunning": partial(document, Kind.DUNNING),
    "payment": payment,
    "token": grant,
}


def resource_of(event_type: str) -> str:
    """Return what an event is about: "contact", "credit-note", "payment" …"""
    return event_type.partition(".")[0]


def of(event_types: set[str]) -> Effect | None:
    """Return what to do about all events of one record, None if we know none of their types."""
    names = {resource_of(each) for each in event_types if each in EVENT_TYPES}
    if not names:
        return None
    first = min(names, key=lambda name: (name == "payment", name))  # other types name the kind as well
    effect = _RESOURCES[first]
    return partial(with_payment, effect) if "payment" in names - {first} else effect
