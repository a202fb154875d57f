"""What all kinds of sales documents share, as read and as written."""

from typing import ClassVar
from uuid import UUID

from lexweb.lexware.api.sales.conditions import PaymentConditions, TaxConditions
from lexweb.lexware.api.sales.line_items import DeliveredItem
from lexweb.lexware.api.sales.parts import Address, DocumentFiles, RelatedVoucher, TaxAmount, TotalPrice
from lexweb.lexware.shapes import Moment, Shape


class SalesBody(Shape):
    """
    What reading and writing have in common.

    Absent texts, layout and language are the organization's own. Title up to 25, introduction and remark up to
    2000 characters; `\\n` breaks the line. `language` is de or en; English and layouts need INVOICING_PRO.
    """

    language: str | None = None
    voucher_date: Moment
    tax_conditions: TaxConditions
    print_layout_id: UUID | None = None
    title: str | None = None
    introduction: str | None = None
    remark: str | None = None


class SalesDocument(SalesBody):
    """
    A sales document as read.

    `electronic_document_profile` is NONE (drafts, too), EN16931 (ZUGFeRD) or XRechnung.
    """

    id: UUID
    organization_id: UUID | None = None
    created_date: Moment
    updated_date: Moment
    version: int
    archived: bool | None = None
    voucher_status: str
    voucher_number: str | None = None
    address: Address = Address()
    electronic_document_profile: str | None = None
    line_items: tuple[DeliveredItem, ...] = ()
    related_vouchers: tuple[RelatedVoucher, ...] = ()
    files: DocumentFiles | None = None

    @property
    def is_xrechnung(self) -> bool:
        """Tell whether its original is XML, which is what has to reach the recipient."""
        return (self.electronic_document_profile or "").casefold() == "xrechnung"


class PricedDocument(SalesDocument):
    """A sales document with sums."""

    total_price: TotalPrice | None = None
    tax_amounts: tuple[TaxAmount, ...] = ()


class PayableDocument(PricedDocument):
    """A sales document that says when to pay."""

    payment_conditions: PaymentConditions | None = None


class SalesDraft(SalesBody):
    """
    A sales document to create: 1 to 300 line items.

    Dates are moments (`days.moment` makes one of a day); anything else is a ValueError here, as Lexware would
    refuse it. Its `kind` is how the voucher list calls such documents.
    """

    kind: ClassVar[str]

    address: Address
    line_items: tuple[DeliveredItem, ...]


class PricedDraft(SalesDraft):
    """A sales document with sums, to create."""

    total_price: TotalPrice = TotalPrice()
