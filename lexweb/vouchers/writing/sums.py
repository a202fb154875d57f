"""
What the lines of a voucher add up to (behaviour.md, chapter 12).

Gross: the total is the sum of amounts. Net: the sum of amounts and taxes. vatfree: there is no tax.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

TAX_TYPES = ("gross", "net", "vatfree")
GERMAN = (19, 7, 0, 16, 5)  # rates in the order of how likely they are
CENT, ZERO, HUNDRED = Decimal("0.01"), Decimal("0.00"), Decimal(100)


@dataclass(frozen=True)
class Totals:
    """`net` + `tax` = `gross`, always."""

    net: Decimal
    tax: Decimal
    gross: Decimal


def tax(amount: Decimal, rate: Decimal, tax_type: str) -> Decimal:
    """Return the tax in (gross) or on top of (net) an amount, to the cent."""
    if tax_type == "vatfree":
        return ZERO
    whole = HUNDRED + rate if tax_type == "gross" else HUNDRED
    return (amount * rate / whole).quantize(CENT, ROUND_HALF_UP)


def fits(amount: Decimal, rate: Decimal, tax_type: str, tax_amount: Decimal) -> bool:
    """Say whether Lexware Office takes this tax: to a cent what the rate says."""
    if tax_type == "vatfree":
        return tax_amount == 0
    return abs(tax_amount - tax(amount, rate, tax_type)) <= CENT


def kept_tax(amount: Decimal, rate: Decimal, tax_type: str, typed: Decimal | None) -> Decimal:
    """Return the tax as typed if it is within a cent of what the rate says, else what the rate says."""
    if typed is not None and fits(amount, rate, tax_type, typed):
        return typed
    return tax(amount, rate, tax_type)


def totals(lines: Iterable[Mapping[str, Any]], tax_type: str) -> Totals:
    """Return what the lines (as `fields` holds them) add up to; an amount that is empty counts as 0."""
    known = list(lines)
    amounts = sum((Decimal(line["amount"] or 0) for line in known), ZERO)
    taxes = sum((Decimal(line["tax_amount"] or 0) for line in known), ZERO)
    if tax_type == "net":
        return Totals(net=amounts, tax=taxes, gross=amounts + taxes)
    return Totals(net=amounts - taxes, tax=taxes, gross=amounts)


def proposed_lines(payload: Mapping[str, Any]) -> list[dict[str, str]]:
    """
    Return the line to offer for a voucher that has none: what text recognition has found; [] if that is nothing.

    Its rate is the German one that fits total and tax best; it has no category yet.
    """
    if payload.get("voucherItems") or payload.get("totalGrossAmount") is None:
        return []
    gross, found = Decimal(str(payload["totalGrossAmount"])), payload.get("totalTaxAmount")
    tax_type, tax_amount = payload.get("taxType") or "gross", None if found is None else Decimal(str(found))
    if tax_type == "vatfree":
        return [_line(gross, Decimal(0), ZERO)]
    rate = _likely_rate(gross, tax_amount)
    tax_amount = kept_tax(gross, rate, "gross", tax_amount)
    return [_line(gross - tax_amount if tax_type == "net" else gross, rate, tax_amount)]


def sure_lines(payload: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the same to take without a look at it: only if the tax that was read is what a German rate says."""
    found = payload.get("totalTaxAmount")
    lines = proposed_lines(payload) if found is not None else []
    return [line for line in lines if Decimal(line["tax_amount"]) == Decimal(str(found))]


def _likely_rate(gross: Decimal, tax_amount: Decimal | None) -> Decimal:
    if tax_amount is None:
        return Decimal(GERMAN[0])
    return min(map(Decimal, GERMAN), key=lambda rate: abs(tax(gross, rate, "gross") - tax_amount))


def _line(amount: Decimal, rate: Decimal, tax_amount: Decimal) -> dict[str, str]:
    amounts = {"amount": f"{amount:.2f}", "tax_rate": f"{rate:f}", "tax_amount": f"{tax_amount:.2f}"}
    return amounts | {"category_id": ""}
