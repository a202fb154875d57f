"""Amounts and days, as people read and type them."""

import re
from datetime import date, datetime
from decimal import Decimal

from lexweb.sandbox.amounts import decimal
from lexweb.sandbox.clock import CET
from lexweb.sandbox.office.mistakes import Mistake
from lexweb.sandbox.paper import german

AMOUNT = re.compile(r"(?P<whole>\d{1,3}(\.\d{3})+|\d{1,9})(,(?P<comma>\d{1,2}))?|(?P<plain>\d{1,9}\.\d{1,2})")


def money(value: object) -> str:
    """``1.234,56 €``; nothing for None."""
    return "" if value is None else german.money(decimal(value))


def number(value: object) -> str:
    """A quantity or rate with the decimals it needs."""
    return german.number(decimal(value), 4, fewest=0)


def plain(value: object) -> str:
    """An amount the way it is typed: ``1234,56``; nothing for None."""
    return "" if value is None else f"{decimal(value):.2f}".replace(".", ",")


def day(value: str | None) -> str:
    """``20.11.2026`` for a day or timestamp of the API; nothing for None."""
    return german.day(date.fromisoformat(value[:10])) if value else ""


def moment(seconds: float) -> str:
    """``20.11.2026, 09:42`` for seconds since the epoch."""
    return f"{datetime.fromtimestamp(seconds, CET):%d.%m.%Y, %H:%M}"


def amount(text: str) -> Decimal:
    """
    A typed amount: ``1.234,56``, ``1234,56`` or ``1234.56``. A dot before three digits separates thousands.

    :raises Mistake: it is none
    """
    match = AMOUNT.fullmatch(text.replace("€", "").strip())
    if match is None:
        raise Mistake(f"„{text}“ ist kein Betrag. Zum Beispiel: 1.234,56")
    return Decimal(match["plain"] or f"{match['whole'].replace('.', '')}.{match['comma'] or 0}")


def typed_day(text: str) -> date:
    """
    A typed day: ``20.11.2026`` or ``2026-11-20``.

    :raises Mistake: it is none
    """
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            found = datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
        if found.year >= 1970:
            return found
    raise Mistake(f"„{text}“ ist kein Datum. Zum Beispiel: 20.11.2026")
