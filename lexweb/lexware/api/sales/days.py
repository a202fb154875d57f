"""
Calendar days of sales documents, which are moments there.

A plain date is refused with 406; Lexware shows the day on which midnight in Germany falls (behaviour.md,
chapter 3).
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

GERMANY = ZoneInfo("Europe/Berlin")


def moment(day: date) -> datetime:
    """Return the moment at which a day begins in Germany, to be sent as `voucher_date` and the like."""
    return datetime.combine(day, time(), GERMANY)


def day(moment: datetime) -> date:
    """Return the day it is in Germany at a moment that was read."""
    return moment.astimezone(GERMANY).date()
