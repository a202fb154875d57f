"""Order confirmations (docs: "Order Confirmations Endpoint"; behaviour.md, chapters 8 and 9)."""

from typing import ClassVar

from lexweb.lexware.api.sales.conditions import PaymentConditions, ShippingConditions
from lexweb.lexware.api.sales.documents import PayableDocument, PricedDraft
from lexweb.lexware.api.sales.endpoint import Pursuable
from lexweb.lexware.api.sales.line_items import LineItem


class OrderConfirmation(PayableDocument):
    """An order confirmation as read; `voucher_status` is draft or open."""

    line_items: tuple[LineItem, ...] = ()
    shipping_conditions: ShippingConditions | None = None
    delivery_terms: str | None = None


class OrderConfirmationDraft(PricedDraft):
    """An order confirmation to create; `delivery_terms` up to 255 characters."""

    kind: ClassVar[str] = "orderconfirmation"

    line_items: tuple[LineItem, ...]
    payment_conditions: PaymentConditions | None = None
    shipping_conditions: ShippingConditions
    delivery_terms: str | None = None


class OrderConfirmationsEndpoint(Pursuable[OrderConfirmation, OrderConfirmationDraft]):
    """Calls about order confirmations. They follow quotations."""

    path = "/v1/order-confirmations"
    shape = OrderConfirmation
