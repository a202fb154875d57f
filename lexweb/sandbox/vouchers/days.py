"""Days of bookkeeping vouchers: plain when written, timestamps when read (behaviour.md, chapter 3)."""

import re
from datetime import date, datetime, time, timedelta, timezone

from lexweb.sandbox.clock import CET, stamp

PLAIN = re.compile(r"\d{4}-\d{2}-\d{2}")
STAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}(Z|[+-]\d{2}:\d{2})")
CEST = timezone(timedelta(hours=2))


def parsed(text: str) -> date:
    """
    The day that was written; the timestamp of a GET is taken back as well.

    Midnights in UTC, CET and CEST, which is what clients send, all fall on their own day in CEST.

    :raises ValueError: neither a day nor a timestamp with milliseconds and offset
    """
    if PLAIN.fullmatch(text):
        return date.fromisoformat(text)
    if STAMP.fullmatch(text):
        return datetime.fromisoformat(text).astimezone(CEST).date()
    raise ValueError(text)


def shown(day: date) -> str:
    """The day as a GET shows it: its first moment."""
    return stamp(datetime.combine(day, time(), CET).timestamp())
