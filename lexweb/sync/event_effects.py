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

from lexweb.clients.gateway import Office
from lexweb.clients.mirroring import Foreign
from lexweb.clients.models import Connection
from lexweb.lexware import errors
from lexweb.lexware.api.event_subscriptions import EVENT_TYPES
from lexweb.sync import records
from lexweb.sync.records import Records, Store, documents
from lexweb.vouchers import mirror as vouchers
from lexweb.vouchers import reading, rows
from lexweb.vouchers.models import Voucher

Kind = Voucher.Kind
Effect = Callable[[Office, Connection, UUID], Store]


def read(kind: Records, office: Office, connection: Connection, record: UUID) -> Store:
    """Read a record. What others do over there is no activity of the firm, so the history says nothing."""
    try:
        store = kind.read(office, connection, record)
    except errors.NotFound:
        return lambda: kind.forget(connection, record)

    def store_own() -> None:
        with contextlib.suppress(Foreign):  # logged there
            store()

    return store_own


def payment(office: Office, connection: Connection, record: UUID) -> Store:
    """Read the payments of a document of whatever kind, and want the document: its status may be another one now."""
    asked_at = timezone.now()
    known = Voucher.objects.filter(connection=connection, lexware_id=record).first()
    try:
        payload = reading.payment(office, record)
    except errors.NotFound:
        return lambda: vouchers.want(connection, [record])
    if known is None:  # without payments, nothing says of which kind it is: it waits for the list of changes
        return read(documents(payload["voucherType"]), office, connection, record) if payload else _nothing

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


_RESOURCES: dict[str, Effect] = {
    "contact": partial(read, records.CONTACTS),
    "article": partial(read, records.ARTICLES),
    "recurring-template": partial(read, records.TEMPLATES),
    "voucher": partial(read, documents(Kind.PURCHASE_INVOICE)),
    "invoice": partial(read, documents(Kind.INVOICE)),
    "credit-note": partial(read, documents(Kind.CREDIT_NOTE)),
    "down-payment-invoice": partial(read, documents(Kind.DOWN_PAYMENT_INVOICE)),
    "quotation": partial(read, documents(Kind.QUOTATION)),
    "order-confirmation": partial(read, documents(Kind.ORDER_CONFIRMATION)),
    "delivery-note": partial(read, documents(Kind.DELIVERY_NOTE)),
    "dunning": partial(read, documents(Kind.DUNNING)),
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
