"""Vouchers to create."""

from datetime import date
from decimal import Decimal
from typing import Any

from lexweb.lexware.api.vouchers import VoucherDraft, VoucherItem
from lexweb.lexware.office import Office


def draft(office: Office, **members: Any) -> VoucherDraft:
    """A purchase over 119 EUR, from the collective vendor."""
    category = next(each for each in office.posting_categories.list() if each.type == "outgo" and each.split_allowed)
    item = VoucherItem(
        amount=Decimal(119), tax_amount=Decimal(19), tax_rate_percent=Decimal(19), category_id=category.id
    )
    whole: dict[str, Any] = {
        "type": "purchaseinvoice",
        "voucher_number": "R & D <7>",
        "voucher_date": date(2026, 4, 10),
        "total_gross_amount": Decimal(119),
        "total_tax_amount": Decimal(19),
        "tax_type": "gross",
        "use_collective_contact": True,
        "voucher_items": (item,),
    }
    return VoucherDraft(**whole | members)
