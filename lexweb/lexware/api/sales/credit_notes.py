"""Credit notes (docs: "Credit Notes Endpoint"; behaviour.md, chapters 8 and 9)."""

from typing import ClassVar

from lexweb.lexware.api.sales.documents import PricedDocument, PricedDraft
from lexweb.lexware.api.sales.endpoint import EInvoices, Pursuable
from lexweb.lexware.api.sales.line_items import CreditedItem


class CreditNote(PricedDocument):
    """A credit note as read; `voucher_status` is draft, open, paidoff or voided."""

    line_items: tuple[CreditedItem, ...] = ()


class CreditNoteDraft(PricedDraft):
    """A credit note to create: no due date, no delivery, no payment conditions, no discounts of items."""

    kind: ClassVar[str] = "creditnote"

    line_items: tuple[CreditedItem, ...]


class CreditNotesEndpoint(EInvoices[CreditNote], Pursuable[CreditNote, CreditNoteDraft]):
    """
    Calls about credit notes.

    After an invoice (one for each at most, not after a draft or closing invoice) a final one is paidoff at once
    and lowers the invoice's open amount; on its own it stays open. Its text has to name the invoice itself.
    """

    path = "/v1/credit-notes"
    shape = CreditNote
