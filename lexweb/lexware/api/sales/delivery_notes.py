"""Delivery notes (docs: "Delivery Notes Endpoint"; behaviour.md, chapters 8 and 9)."""

from typing import ClassVar

from lexweb.lexware.api.sales.conditions import ShippingConditions
from lexweb.lexware.api.sales.documents import SalesDocument, SalesDraft
from lexweb.lexware.api.sales.endpoint import Pursuable


class DeliveryNote(SalesDocument):
    """A delivery note as read: no sums; `voucher_status` is draft or open."""

    shipping_conditions: ShippingConditions | None = None
    delivery_terms: str | None = None


class DeliveryNoteDraft(SalesDraft):
    """A delivery note to create: prices are optional, the contact's shipping address is preferred."""

    kind: ClassVar[str] = "deliverynote"

    shipping_conditions: ShippingConditions
    delivery_terms: str | None = None


class DeliveryNotesEndpoint(Pursuable[DeliveryNote, DeliveryNoteDraft]):
    """Calls about delivery notes. They follow quotations, order confirmations and invoices."""

    path = "/v1/delivery-notes"
    shape = DeliveryNote
