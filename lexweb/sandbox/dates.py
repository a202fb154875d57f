"""Timestamps that were written: sales documents, finance (behaviour.md, chapter 3)."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.findings import wrong
from lexweb.sandbox.web import Json

PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}(Z|[+-]\d{2}:\d{2})", re.ASCII)
YEARS = range(1900, 3000)  # our choice
GERMANY, OFFSETS = ZoneInfo("Europe/Berlin"), ("+01:00", "+02:00")


def invalid(values: Json, name: str, field: str) -> Iterator[Detail]:
    """The finding for a date that is no full timestamp; nothing if it is absent."""
    if name in values and moment(values[name]) is None:
        yield wrong(field, "Datum muss dem Format yyyy-MM-dd'T'HH:mm:ss.SSSXXX entsprechen", "PATTERN")


def moment(text: str) -> datetime | None:
    """The timestamp, exactly three digits of milliseconds and an offset; else None."""
    if not PATTERN.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def german(text: str) -> str:
    """
    The timestamp in German time, as it is kept and shown: midnight there is another day's evening in UTC.

    Both of Germany's offsets are left alone all the year round, as clients get them wrong (our choice).
    """
    if text.endswith(OFFSETS):
        return text
    return datetime.fromisoformat(text).astimezone(GERMANY).isoformat(timespec="milliseconds")


def day(text: str) -> date:
    """The day of a timestamp that is kept."""
    return date.fromisoformat(text[:10])


def later(text: str, days: int) -> str:
    """The timestamp so many days later, same time and offset."""
    return (day(text) + timedelta(days=days)).isoformat() + text[10:]
