"""Quotations (docs: "Quotations Endpoint"; behaviour.md, chapters 8 and 9)."""

from typing import ClassVar

from lexweb.lexware.api.sales.conditions import PaymentConditions
from lexweb.lexware.api.sales.documents import PayableDocument, PricedDraft
from lexweb.lexware.api.sales.endpoint import Listed
from lexweb.lexware.api.sales.line_items import QuotedItem
from lexweb.lexware.shapes import ActionResult, Moment


class Quotation(PayableDocument):
    """A quotation as read; `voucher_status` is draft, open, accepted or rejected."""

    line_items: tuple[QuotedItem, ...] = ()
    expiration_date: Moment | None = None


class QuotationDraft(PricedDraft):
    """A quotation to create."""

    kind: ClassVar[str] = "quotation"

    line_items: tuple[QuotedItem, ...]
    payment_conditions: PaymentConditions | None = None
    expiration_date: Moment


class QuotationsEndpoint(Listed[Quotation, QuotationDraft]):
    """Calls about quotations, with which a chain of documents begins."""

    path = "/v1/quotations"
    shape = Quotation

    def create(self, draft: QuotationDraft, *, finalize: bool = False) -> ActionResult:
        """
        Create a quotation. A draft can be finalized in Lexware Office only.

        :param finalize: issue it at once, which cannot be undone
        :raises Rejected: Lexware Office refuses the values; `issues` says which
        :raises Uncertain: it may exist now; ask `find(error.sent, since=…)` before trying again
        """
        look = "quotations.find(draft, since=…) returns it if it was created"
        return self._create(draft, look=look, finalize=finalize)
