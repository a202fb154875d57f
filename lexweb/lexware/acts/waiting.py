"""Looking again and again, more and more slowly."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Waiting:
    """How long an act waits for what takes its time: the pauses between looks, in seconds, 30 s in all."""

    pauses: tuple[float, ...] = (1, 2, 4, 8, 15)
    sleep: Callable[[float], None] = field(default=time.sleep, compare=False)
    now: Callable[[], datetime] = field(default=_now, compare=False)

    def until(self, look: Callable[[], T | None]) -> T | None:
        """Return what `look` finds, None if that is nothing to the end."""
        found = look()
        for pause in self.pauses:
            if found is not None:
                break
            self.sleep(pause)
            found = look()
        return found


USUAL = Waiting()
