"""
Days and amounts as people type them: 2011, 20.11., 201126, heute, +14; 1.234,5.

Pure: text in, date or Decimal out. `static/js/typed.js` does the same in the browser (tests/e2e/test_typed.py).
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

NAMED = {
    "heute": 0, "h": 0, "today": 0, "t": 0, "gestern": -1, "g": -1, "yesterday": -1, "y": -1, "morgen": 1, "m": 1,
    "tomorrow": 1,
}  # fmt: skip
STEP = re.compile(r"([+-])(\d{1,4})", re.ASCII)
PARTED = re.compile(r"(\d{1,2})[./ -](?:(\d{1,2})(?:[./ -](\d{4}|\d{2})?)?)?", re.ASCII)
WRITTEN_OUT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
DIGITS = re.compile(r"\d{1,2}|\d{4}|\d{6}|\d{8}", re.ASCII)
YEARS = range(2000, 2100)
MINUS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})
AMOUNT = re.compile(r"(-?)(\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3}){2,})?(?:[.,](\d{1,2})?)?(-?)", re.ASCII)
ENGLISH = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+)\.(\d{1,2})(-?)", re.ASCII)
LARGEST = Decimal(10) ** 12


class Unreadable(ValueError):
    """It is no day, or no amount."""


def parse_day(text: str, *, today: date, base: date | None = None) -> date:
    """
    Return the day.

    A day alone is one of this month; a day and month without a year the one nearest to today.

    :param base: what +14 counts from; by default today
    :raises Unreadable: nobody could say which day this is
    """
    typed = " ".join(text.translate(MINUS).casefold().split())
    if typed in NAMED:
        return today + timedelta(days=NAMED[typed])
    if step := STEP.fullmatch(typed.replace(" ", "")):
        return _stepped(base or today, int(step[1] + step[2]))
    for year, month, day in _readings(typed):
        found = _nearest(day, month, today) if year is None else _day(year, month or today.month, day)
        if found is not None and found.year in YEARS:
            return found
    raise Unreadable(text)


def parse_amount(text: str) -> Decimal:
    """
    Return the amount, with two decimals: 1.234,5 and 1,234.50 and 1234.5 are all understood, as is 12,50-.

    A single dot before three digits parts thousands, as in German; a single comma there could be either, and is not
    guessed.

    :raises Unreadable: it is no amount, or has more than two decimals
    """
    typed = re.sub(r"[\s'’€]|eur", "", text.translate(MINUS).casefold())
    found = ENGLISH.fullmatch(typed) or AMOUNT.fullmatch(typed)
    if found is None or not (found[2] or found[3]):
        raise Unreadable(text)
    front, whole, cents, back = found.groups()
    amount = Decimal(f"{re.sub('[.,]', '', whole or '0')}.{cents or '0'}").quantize(Decimal("0.01"))
    if amount >= LARGEST or (front and back):
        raise Unreadable(text)
    return -amount if front or back else amount


def parse_rate(text: str) -> Decimal:
    """
    Return a tax rate: 19, 19 %, 5,5.

    :raises Unreadable: it is no rate
    """
    rate = parse_amount(text.replace("%", ""))
    if not 0 <= rate < 100:
        raise Unreadable(text)
    return rate.normalize() if rate % 1 else rate.to_integral_value()


def _readings(typed: str) -> Iterator[tuple[int | None, int | None, int]]:
    """Yield what the digits may mean: year, month, day; what is not said is None."""
    if found := WRITTEN_OUT.fullmatch(typed):
        yield int(found[1]), int(found[2]), int(found[3])
    elif found := PARTED.fullmatch(typed):
        yield _year(found[3]), _number(found[2]), int(found[1])
    elif DIGITS.fullmatch(typed):
        yield _year(typed[4:]), _number(typed[2:4]), int(typed[:2])
        if len(typed) == 8:
            yield int(typed[:4]), int(typed[4:6]), int(typed[6:])


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _year(digits: str | None) -> int | None:
    return int(digits) + (2000 if len(digits) == 2 else 0) if digits else None


def _nearest(day: int, month: int | None, today: date) -> date | None:
    if month is None:
        return _day(today.year, today.month, day)
    found = [_day(today.year + step, month, day) for step in (-1, 0, 1)]
    return min((each for each in found if each), key=lambda each: abs(each - today), default=None)


def _stepped(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise Unreadable(str(days)) from None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
