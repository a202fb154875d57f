"""The time, as the sandbox sees it."""

import time
from datetime import date, datetime, timedelta, timezone

# The API answers in German local time. A fixed offset spares us the time zone database; readers must parse it
# anyway.
CET = timezone(timedelta(hours=1))


class Clock:
    """Wall clock that can be moved forward, so that tokens and codes expire without anybody waiting."""

    def __init__(self) -> None:
        self.ahead = 0.0  # seconds

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time() + self.ahead

    def advance(self, seconds: float) -> None:
        """Move the clock forward."""
        self.ahead += seconds

    def reset(self) -> None:
        """Back to the real time."""
        self.ahead = 0.0

    def today(self) -> date:
        """The day it is in Germany."""
        return datetime.fromtimestamp(self.now(), CET).date()

    def stamp(self) -> str:
        """Now, the way the API writes it."""
        return stamp(self.now())


def stamp(moment: float) -> str:
    """``yyyy-MM-ddTHH:mm:ss.SSS+01:00``, exactly three digits of milliseconds (behaviour.md, chapter 3)."""
    return datetime.fromtimestamp(moment, CET).isoformat(timespec="milliseconds")
