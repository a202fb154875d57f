"""Decimals and days out of JSON, and cents that add up."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CENT = Decimal("0.01")
ZERO = Decimal(0)
HUNDRED = Decimal(100)


def decimal(value: Any) -> Decimal:
    """A JSON number (or a numeric string, or nothing) as it was written; floats are not trusted with cents."""
    if value is None:
        return ZERO
    return Decimal(value if isinstance(value, int) else str(value))


def cents(value: Decimal) -> Decimal:
    """Rounded to two places, half up, as invoices are."""
    return value.quantize(CENT, ROUND_HALF_UP)


def day(value: Any) -> date | None:
    """The day of an API timestamp or date, in the offset it came with."""
    return date.fromisoformat(value[:10]) if value else None


def settled(parts: Sequence[Decimal], total: Decimal) -> list[Decimal] | None:
    """
    The parts, changed by a cent each (the largest first) so that they add up to ``total``.

    None if that would take more than one cent a part: then the total is wrong, not the rounding.
    """
    missing = int((total - sum(parts, ZERO)) / CENT)
    if abs(missing) > len(parts):
        return None
    largest = set(sorted(range(len(parts)), key=lambda index: -abs(parts[index]))[: abs(missing)])
    step = CENT if missing > 0 else -CENT
    return [part + step if index in largest else part for index, part in enumerate(parts)]
