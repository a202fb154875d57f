"""
The shapes of bookkeeping vouchers (docs: "Vouchers Endpoint"; behaviour.md, chapter 12).

A receipt that was uploaded is a voucher, too: `blank` until its text is recognized, then `unchecked`. Of those,
anything but type and dates of change may be missing.
"""

from typing import Any, Self
from uuid import UUID

from pydantic import model_validator

from lexweb.lexware import shapes
from lexweb.lexware.api.voucher_days import Day, plain
from lexweb.lexware.shapes import Moment, Money, Shape

_READ_ONLY = ("id", "organizationId", "voucherStatus", "createdDate", "updatedDate")


class VoucherItem(Shape):
    """
    The sum for one tax rate and posting category; `amount` is net or gross, following the voucher's tax type.

    `tax_rate_percent`: sales documents call it taxRatePercentage.
    """

    amount: Money
    tax_amount: Money
    tax_rate_percent: Money
    category_id: UUID


class VoucherBody(Shape):
    """
    What reading and writing have in common.

    `type` is salesinvoice, salescreditnote, purchaseinvoice or purchasecreditnote; `tax_type` is net, gross or
    vatfree. The sums have to match the items. With `use_collective_contact`, `contact_id` is ignored.
    """

    type: str
    voucher_number: str | None = None
    voucher_date: Day | None = None
    shipping_date: Day | None = None
    due_date: Day | None = None
    total_gross_amount: Money | None = None
    total_tax_amount: Money | None = None
    tax_type: str | None = None
    use_collective_contact: bool | None = None
    contact_id: UUID | None = None
    contact_name: str | None = None
    remark: str | None = None
    voucher_items: tuple[VoucherItem, ...] = ()
    files: tuple[UUID, ...] = ()


class Voucher(VoucherBody):
    """
    A voucher as read.

    `voucher_status` is blank, unchecked, open, paid, paidoff, voided, transferred or sepadebit.
    """

    id: UUID
    organization_id: UUID | None = None
    voucher_status: str | None = None
    created_date: Moment
    updated_date: Moment
    version: int


class VoucherDraft(VoucherBody):
    """
    A voucher to write: without `version` to create, with the one last read to update.

    An update replaces everything, and a file whose id is left out is deleted for good: begin with `of`. The status
    is not part of a draft, given or read: Lexware refuses a repeated one, and `book` is the one way to change it.
    """

    version: int | None = None

    @classmethod
    def of(cls, voucher: Voucher) -> Self:
        """Take over everything that can be written, unknown members and files included; days become plain."""
        draft = shapes.rewritten(cls, voucher, read_only=_READ_ONLY)
        days = {name: getattr(voucher, name) for name in ("voucher_date", "shipping_date", "due_date")}
        return draft.model_copy(update={name: plain(day) for name, day in days.items() if day})

    @model_validator(mode="before")
    @classmethod
    def _without_status(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if name not in ("voucherStatus", "voucher_status")}


class Booking(VoucherBody):
    """What books an unchecked voucher. Only `VouchersEndpoint.book` makes one."""

    version: int
    voucher_status: str = "open"
