"""Token buckets (behaviour.md, chapter 2)."""

import time
from collections.abc import Callable


class Pace:
    """
    Lets ``rate`` requests per second through for each key, ``burst`` at once after a rest.

    Not thread-safe by itself; the caller holds the state's lock.
    """

    def __init__(self, rate: float, burst: float, now: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._now = rate, burst, now
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> bool:
        """Take one token from the bucket of this key; False when it is empty."""
        now = self._now()
        tokens, since = self._buckets.get(key, (self._burst, now))
        tokens = min(self._burst, tokens + (now - since) * self._rate)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, now)
        return allowed

    def reset(self) -> None:
        """Fill all buckets."""
        self._buckets.clear()
