"""Invoices (docs: "Invoices Endpoint"; partner docs: "Interaction Status"; behaviour.md, chapters 8 and 9)."""

from typing import ClassVar
from uuid import UUID

from lexweb.lexware import paths
from lexweb.lexware.api.sales.conditions import PaymentConditions, ShippingConditions
from lexweb.lexware.api.sales.documents import PayableDocument, PricedDraft
from lexweb.lexware.api.sales.endpoint import EInvoices, Pursuable
from lexweb.lexware.api.sales.interaction import InteractionStatus, InteractionStatusDraft
from lexweb.lexware.api.sales.line_items import LineItem
from lexweb.lexware.api.sales.parts import DownPaymentDeduction, XRechnung
from lexweb.lexware.shapes import ActionResult, Moment, Money


class Invoice(PayableDocument):
    """
    An invoice as read; `voucher_status` is draft, open, paid or voided.

    A closing invoice takes off down payments; `claimed_gross_amount` is what is left to pay then.
    """

    line_items: tuple[LineItem, ...] = ()
    shipping_conditions: ShippingConditions | None = None
    due_date: Moment | None = None
    x_rechnung: XRechnung | None = None
    closing_invoice: bool | None = None
    claimed_gross_amount: Money | None = None
    down_payment_deductions: tuple[DownPaymentDeduction, ...] = ()
    recurring_template_id: UUID | None = None


class InvoiceDraft(PricedDraft):
    """An invoice to create."""

    kind: ClassVar[str] = "invoice"

    line_items: tuple[LineItem, ...]
    payment_conditions: PaymentConditions | None = None
    shipping_conditions: ShippingConditions
    x_rechnung: XRechnung | None = None


class InvoicesEndpoint(EInvoices[Invoice], Pursuable[Invoice, InvoiceDraft]):
    """Calls about invoices. They follow quotations, order confirmations and delivery notes."""

    path = "/v1/invoices"
    shape = Invoice

    def interaction_status(self, invoice_id: UUID) -> InteractionStatus:
        """
        Read what a linked system did with the invoice (partner API).

        :raises NotFound: no such invoice, or it was not transmitted anywhere
        """
        return self._session.get(paths.record(self.path, invoice_id, "interaction-status"), InteractionStatus)

    def set_interaction_status(self, invoice_id: UUID, draft: InteractionStatusDraft) -> ActionResult:
        """
        Accept or reject the invoice on behalf of a linked system (partner API).

        :raises Conflict: it changed since (`draft.version` is not the newest)
        :raises Uncertain: it may be saved; read it and compare
        """
        path = paths.record(self.path, invoice_id, "interaction-status")
        return self._session.put(
            path, draft, look="invoices.interaction_status(id): a higher version means it was saved"
        )
