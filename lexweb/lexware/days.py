"""
Days in Germany, and the moments that Lexware takes and shows for them (behaviour.md, chapter 3).

Sales documents refuse a plain date with 406; a whole day in a filter of the voucher list is one in Germany.
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
