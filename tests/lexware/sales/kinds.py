"""The kinds of sales documents, for tests about all of them."""

from typing import NamedTuple

from lexweb.lexware.api.sales.credit_notes import CreditNote, CreditNoteDraft
from lexweb.lexware.api.sales.delivery_notes import DeliveryNote, DeliveryNoteDraft
from lexweb.lexware.api.sales.documents import SalesDocument, SalesDraft
from lexweb.lexware.api.sales.down_payment_invoices import DownPaymentInvoice
from lexweb.lexware.api.sales.dunnings import Dunning, DunningDraft
from lexweb.lexware.api.sales.invoices import Invoice, InvoiceDraft
from lexweb.lexware.api.sales.order_confirmations import OrderConfirmation, OrderConfirmationDraft
from lexweb.lexware.api.sales.quotations import Quotation, QuotationDraft


class Kind(NamedTuple):
    resource: str  # the address, and the first part of the samples' names
    shape: type[SalesDocument]
    draft: type[SalesDraft] | None

    @property
    def endpoint(self) -> str:
        """The attribute of Office."""
        return self.resource.replace("-", "_")


DOWN_PAYMENT = Kind("down-payment-invoices", DownPaymentInvoice, None)
DUNNING = Kind("dunnings", Dunning, DunningDraft)
QUOTATION = Kind("quotations", Quotation, QuotationDraft)
PURSUABLE = (
    Kind("invoices", Invoice, InvoiceDraft),
    Kind("credit-notes", CreditNote, CreditNoteDraft),
    Kind("order-confirmations", OrderConfirmation, OrderConfirmationDraft),
    Kind("delivery-notes", DeliveryNote, DeliveryNoteDraft),
)
LISTED = (*PURSUABLE, QUOTATION)
CREATABLE = (*LISTED, DUNNING)
ALL = (*CREATABLE, DOWN_PAYMENT)
