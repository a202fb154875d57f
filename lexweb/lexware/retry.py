"""
When to try again: a function *(error, method, attempt) → seconds to wait, or None to stop*.

Reads are repeated; writes only after 429, the one refusal that promises nothing happened (behaviour.md,
chapter 2).
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from lexweb.lexware import errors
from lexweb.lexware.answers import READS

T = TypeVar("T")

ATTEMPTS = 4  # the first one included


def wait(error: errors.LexwareError, method: str, attempt: int) -> float | None:
    """
    Return how many seconds to wait before the next try, or None to give up.

    :param attempt: tries made so far, 1 after the first
    """
    if attempt >= ATTEMPTS or not _repeatable(error, method):
        return None
    asked = error.retry_after if isinstance(error, errors.RateLimited) else None
    return max(asked or 0.0, backoff(attempt))


def backoff(attempt: int) -> float:
    """Return 0.5-1 s after the first try, then 1-2 s, then 2-4 s: doubling, with jitter."""
    jitter = 0.5 + random.random() / 2  # noqa: S311 - it spreads load and guards nothing
    return float(2 ** (attempt - 1)) * jitter


def penalty(error: errors.LexwareError, attempt: int) -> float:
    """Return for how many seconds everyone on the same connection should hold back."""
    asked = error.retry_after if isinstance(error, errors.RateLimited) else None
    return max(asked or 0.0, float(2 ** (attempt - 1)))


class Patience:
    """
    The time one call may take until its last try starts: a person in front of a form does not wait for ever.

    The call begins here, and everything counts: exchanges, pauses, waits for a slot. So a call lasts at most as
    long as the patience, one exchange (`Timeouts.total`) and the pace's wait before it. Only a token that has to
    be renewed comes on top: the renewal, and one more exchange with its wait.
    """

    def __init__(
        self, seconds: float, sleep: Callable[[float], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._deadline = clock() + seconds
        self._sleep = sleep
        self._clock = clock
        self._attempt = 0

    def run(self, once: Callable[[int], T], *, method: str, ready: Callable[[], None] = lambda: None) -> T:
        """
        Call `once` with the number of the attempt until it succeeds, or trying again makes no sense.

        :param ready: called before each attempt; what it raises is final
        """
        while True:
            self._attempt += 1
            ready()
            try:
                return once(self._attempt)
            except errors.LexwareError as error:
                pause = wait(error, method, self._attempt)
                if pause is None or self._clock() + pause > self._deadline:
                    raise
            self._sleep(pause)


def _repeatable(error: errors.LexwareError, method: str) -> bool:
    if isinstance(error, errors.RateLimited):
        return True
    return method in READS and isinstance(error, errors.Unreachable | errors.Unavailable)
