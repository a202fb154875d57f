"""Down payment invoices, which can only be read (docs: "Down Payment Invoices Endpoint"; behaviour.md, chapter 8)."""

from uuid import UUID

from lexweb.lexware.api.sales.conditions import ShippingConditions
from lexweb.lexware.api.sales.documents import PayableDocument
from lexweb.lexware.api.sales.endpoint import EInvoices
from lexweb.lexware.api.sales.line_items import LineItem
from lexweb.lexware.shapes import Moment


class DownPaymentInvoice(PayableDocument):
    """
    A down payment invoice as read, with one line item; `voucher_status` is draft, open, paid or voided.

    `closing_invoice_id` is the invoice that takes it off, once there is one.
    """

    line_items: tuple[LineItem, ...] = ()
    shipping_conditions: ShippingConditions | None = None
    due_date: Moment | None = None
    closing_invoice_id: UUID | None = None


class DownPaymentInvoicesEndpoint(EInvoices[DownPaymentInvoice]):
    """Calls about down payment invoices."""

    path = "/v1/down-payment-invoices"
    shape = DownPaymentInvoice
