"""
Days of bookkeeping vouchers: written as `2026-04-10`, read as `2026-04-10T00:00:00.000+02:00` (behaviour.md,
chapter 3).

`Day` is a `date` either way. One that was read remembers its spelling, so that a payload comes out as it came in.
"""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import PlainSerializer, PlainValidator

from lexweb.lexware import days


class ReadDay(date):
    """A day in Germany, and the timestamp it was read as."""

    written: str

    @classmethod
    def of(cls, written: str) -> Self:
        """
        Read a timestamp.

        :raises ValueError: it is none, or has no offset, so that nobody knows which day it means
        """
        moment = datetime.fromisoformat(written)
        if moment.tzinfo is None:
            raise ValueError("a timestamp without an offset")
        german = days.day(moment)
        day = cls(german.year, german.month, german.day)
        day.written = written
        return day

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).of, (self.written,)


def plain(day: date) -> date:
    """Return the day without its spelling: it is written the short way then."""
    return date(day.year, day.month, day.day)


def _read(given: Any) -> date:
    if isinstance(given, str):
        return ReadDay.of(given) if "T" in given else date.fromisoformat(given)
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    raise ValueError("not a day")  # a datetime would hide which time zone its day is meant in


def _write(day: date) -> str:
    return day.written if isinstance(day, ReadDay) else day.isoformat()


Day = Annotated[date, PlainValidator(_read), PlainSerializer(_write, return_type=str)]
