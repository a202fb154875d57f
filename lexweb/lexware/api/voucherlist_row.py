"""A row of the voucher list (behaviour.md, chapter 11)."""

from uuid import UUID

from lexweb.lexware.shapes import Flat, Moment, Money


class VoucherListRow(Flat):
    """
    The short form of a document. Amounts are in `currency` and positive.

    `contact_id` is None for the collective contact, `open_amount` for drafts and kinds without payment. A row
    asked for as open or sepadebit can come back as overdue. Number and date are missing while a receipt waits to
    be read (blank) or checked.
    """

    id: UUID
    voucher_type: str
    voucher_status: str
    voucher_number: str | None = None
    voucher_date: Moment | None = None
    created_date: Moment
    updated_date: Moment
    due_date: Moment | None = None
    contact_id: UUID | None = None
    contact_name: str | None = None
    total_amount: Money | None = None
    open_amount: Money | None = None
    currency: str
    archived: bool
