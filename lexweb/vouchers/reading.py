"""Which resource holds the detail of a document (behaviour.md, chapter 11)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from lexweb.clients.gateway import Office
from lexweb.lexware import errors
from lexweb.lexware.shapes import Flat
from lexweb.vouchers.models import Voucher

Kind = Voucher.Kind

RESOURCES: dict[str, Callable[[Office], Callable[[UUID], Flat]]] = {
    Kind.INVOICE: lambda office: office.invoices.get,
    Kind.CREDIT_NOTE: lambda office: office.credit_notes.get,
    Kind.DOWN_PAYMENT_INVOICE: lambda office: office.down_payment_invoices.get,
    Kind.QUOTATION: lambda office: office.quotations.get,
    Kind.ORDER_CONFIRMATION: lambda office: office.order_confirmations.get,
    Kind.DELIVERY_NOTE: lambda office: office.delivery_notes.get,
    Kind.DUNNING: lambda office: office.dunnings.get,
    Kind.SALES_INVOICE: lambda office: office.vouchers.get,
    Kind.SALES_CREDIT_NOTE: lambda office: office.vouchers.get,
    Kind.PURCHASE_INVOICE: lambda office: office.vouchers.get,
    Kind.PURCHASE_CREDIT_NOTE: lambda office: office.vouchers.get,
}


def detail(office: Office, kind: str, lexware_id: UUID) -> dict[str, Any]:
    """
    Read a document in full.

    :param kind: of `Voucher.Kind`
    :raises Unexpected: it is a kind that we do not know; nothing was sent
    """
    if kind not in RESOURCES:
        raise errors.Unexpected("unknown kind of document", method="GET")
    return RESOURCES[kind](office)(lexware_id).payload()


def payment(office: Office, lexware_id: UUID) -> dict[str, Any] | None:
    """Read how far a document is paid; None if nothing can be paid on it."""
    found = office.payments.get(lexware_id)
    return found.payload() if found else None
