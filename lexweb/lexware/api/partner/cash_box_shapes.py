"""The shapes of cash boxes and daily closings (partner docs: "Cash Boxes"; oauth-and-partner.md, chapter 5)."""

from uuid import UUID

from lexweb.lexware import paging
from lexweb.lexware.paging import Page
from lexweb.lexware.shapes import Moment, Money, Shape

LARGEST = 100  # closings on a page


class CashBoxDraft(Shape):
    """A cash box to create. Its name is unique and not "Hauptkasse"; `identifier` is the till's and stays."""

    cash_box_name: str
    opening_date: Moment
    opening_amount: Money
    currency: str = "EUR"
    external_reference: str | None = None
    identifier: str


class CashBoxUpdate(Shape):
    """What can be changed: the name."""

    cash_box_name: str
    version: int


class CashBox(Shape):
    """A cash box as read."""

    cash_box_id: UUID
    organization_id: UUID | None = None
    cash_box_name: str
    opening_date: Moment | None = None
    opening_amount: Money | None = None
    currency: str | None = None
    external_reference: str | None = None
    identifier: str | None = None
    created_date: Moment | None = None
    updated_date: Moment | None = None
    version: int | None = None


class Position(Shape):
    """
    A sum of one day by way of payment, category and rate; `amount` is gross.

    `payment_type` is cash, creditCard, electronicCash or valueCoupon; `voucher_type` revenue, expense,
    revenueReduction or opening.
    """

    payment_type: str
    category_id: UUID
    amount: Money
    tax_rate_percentage: Money
    note: str | None = None
    currency: str = "EUR"
    tax_type: str = "gross"
    voucher_type: str
    voucher_id: UUID | None = None
    voucher_status: str | None = None


class Balance(Shape):
    """A daily closing; `voucher_number` is that of the Z-Bon."""

    voucher_number: str
    voucher_date: Moment
    user_name: str | None = None
    positions: tuple[Position, ...] = ()
    cash_box_id: UUID | None = None
    organization_id: UUID | None = None


class Balances(Page[Balance]):
    """A page of daily closings; only its content is promised. Without the numbers only its length tells the last."""

    number: int = 0
    size: int = LARGEST
    total_pages: int = paging.WINDOW // LARGEST  # as many as there can be
    total_elements: int = 0
    first: bool = True
    last: bool = False

    @property
    def final(self) -> bool:
        """Tell whether nothing comes after this page."""
        if "total_pages" in self.model_fields_set:
            return super().final
        return len(self.content) + self.misfits < self.size
