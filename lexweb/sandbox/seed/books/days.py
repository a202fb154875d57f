"""Days and moments of the demo data; all of them count back from ``today``."""

from datetime import date, timedelta
from functools import lru_cache
from random import Random

SPAN = 425  # days, 14 months
SATURDAY = 5


@lru_cache(maxsize=4_000)
def midnight(day: date) -> str:
    """The day as the API shows it: its first moment (behaviour.md, chapter 3)."""
    return f"{day}T00:00:00.000+01:00"


def moment(random: Random, day: date, today: date) -> str:
    """Some moment of the day; early on ``today`` itself, lest it lies ahead."""
    minute = int(random.random() * (50 if day >= today else 660))
    hour = 0 if day >= today else 7
    return f"{day}T{hour + minute // 60:02d}:{minute % 60:02d}:{minute * 7 % 60:02d}.{minute * 13 % 1000:03d}+01:00"


def workday(day: date) -> date:
    """The day, or the Friday before it."""
    return day - timedelta(max(0, day.weekday() - SATURDAY + 1))


def after(day: date, days: int) -> date:
    """So many days later."""
    return day + timedelta(days)


def some(random: Random, first: date, last: date) -> date:
    """Some day from ``first`` to ``last``, both included."""
    return first + timedelta(int(random.random() * ((last - first).days + 1)))
