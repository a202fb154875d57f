"""
What our own files say about themselves, so that the sandbox need not read pictures.

A mark is ASCII without brackets: as keywords of a PDF, text of a PNG or comment of a JPEG it is in the file as it
is, and one search over the bytes finds it.
"""

import base64
import binascii
import datetime
import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from lexweb.sandbox.amounts import ZERO

MARK = re.compile(rb"lexweb-paper:([A-Za-z0-9_-]{1,8000}={0,2});")


@dataclass(frozen=True)
class Tax:
    """Net amount and tax of one rate (percent)."""

    rate: Decimal
    net: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Recognised:
    """What text recognition found in a receipt; all of it may be missing."""

    supplier: str | None = None
    number: str | None = None
    date: datetime.date | None = None
    due: datetime.date | None = None
    gross: Decimal | None = None
    taxes: tuple[Tax, ...] = ()

    @property
    def tax_amount(self) -> Decimal | None:
        """The tax of all rates; None if no tax was found."""
        return sum((tax.amount for tax in self.taxes), ZERO) if self.taxes else None

    @property
    def rate(self) -> Decimal | None:
        """The tax rate, if there is only one."""
        return self.taxes[0].rate if len(self.taxes) == 1 else None


NOTHING = Recognised()


def marked(found: Recognised) -> str:
    """The mark to put into a file."""
    values = {
        "supplier": found.supplier,
        "number": found.number,
        "date": found.date and f"{found.date}",
        "due": found.due and f"{found.due}",
        "gross": found.gross is not None and f"{found.gross}",
        "taxes": [[f"{tax.rate}", f"{tax.net}", f"{tax.amount}"] for tax in found.taxes],
    }
    text = json.dumps({name: value for name, value in values.items() if value})
    return f"lexweb-paper:{base64.urlsafe_b64encode(text.encode()).decode()};"


def read(content: bytes) -> Recognised:
    """What the mark in a file says; nothing without a mark, or with one that somebody else made up."""
    match = MARK.search(content)
    if not match:
        return NOTHING
    try:
        return _recognised(json.loads(base64.urlsafe_b64decode(match[1])))
    except (binascii.Error, ValueError, TypeError, KeyError, AttributeError, InvalidOperation):
        return NOTHING


def _recognised(values: dict[str, Any]) -> Recognised:
    return Recognised(
        supplier=_text(values.get("supplier")),
        number=_text(values.get("number")),
        date=_day(values.get("date")),
        due=_day(values.get("due")),
        gross=amount(values["gross"]) if "gross" in values else None,
        taxes=tuple(Tax(*(amount(value) for value in tax)) for tax in values.get("taxes", [])),
    )


def _text(value: Any) -> str | None:
    return str(value) if value is not None else None


def _day(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None


def amount(text: str) -> Decimal:
    """
    A number from a file we were given.

    :raises InvalidOperation: not a finite number of sensible size
    """
    value = Decimal(text)
    if not value.is_finite() or abs(value) >= Decimal(10) ** 12:
        raise InvalidOperation(text)
    return value
