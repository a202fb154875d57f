"""
Whether a voucher's sums match its items (behaviour.md, chapter 12).

Totals have to match to the cent. The tax of an item may be off by one cent from amount and rate, because it is
the sum of rounded lines: the service's own tolerance is not published, this is our choice.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from lexweb.sandbox import categories
from lexweb.sandbox.amounts import CENT, HUNDRED, ZERO, cents, decimal
from lexweb.sandbox.bodies import Issue
from lexweb.sandbox.vouchers import kinds
from lexweb.sandbox.web import Json

NOISE = Decimal("0.000001")  # 0.1 + 0.2 is three tenths to the service, too


def is_exact(value: Any) -> bool:
    """Has the amount two places at most?"""
    return abs(decimal(value) - cents(decimal(value))) < NOISE


def amount(value: Any) -> Decimal:
    """An amount in euro and cents."""
    return cents(decimal(value))


def tax(item: Json, tax_type: str) -> Decimal:
    """The tax in (gross) or on top of (net) an item's amount."""
    value, rate = amount(item["amount"]), decimal(item["taxRatePercent"])
    if tax_type == "gross":
        return cents(value * rate / (HUNDRED + rate))
    return cents(value * rate / HUNDRED) if tax_type == "net" else ZERO


def issues(draft: Json) -> Iterator[Issue]:
    """What does not add up in a draft; what is missing is not looked at."""
    items = draft.get("voucherItems", [])
    if draft.get("taxType") not in kinds.TAX_TYPES or any(
        {"amount", "taxAmount", "taxRatePercent"} - set(item) for item in items
    ):
        return
    for index, item in enumerate(items):
        if not _tax_fits(item, draft["taxType"]):
            yield Issue("invalid_taxamount", f"voucherItems[{index}].taxAmount")
    if items:
        yield from _totals(draft, items)


def _totals(draft: Json, items: list[Json]) -> Iterator[Issue]:
    taxes = sum((amount(item["taxAmount"]) for item in items), ZERO)
    amounts = sum((amount(item["amount"]) for item in items), ZERO)
    gross = amounts + taxes if draft["taxType"] == "net" else amounts
    for name, total in (("totalGrossAmount", gross), ("totalTaxAmount", taxes)):
        if name in draft and amount(draft[name]) != total:
            yield Issue("invalid_total_amount", name)


def _tax_fits(item: Json, tax_type: str) -> bool:
    given = amount(item["taxAmount"])
    category = categories.by_id().get(str(item.get("categoryId")).lower())
    if given == ZERO and category and categories.is_reverse_charge(category):
        return True
    return abs(given - tax(item, tax_type)) <= CENT
