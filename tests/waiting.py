"""Waiting for what others do: generously, as a busy machine stands still for a second now and then."""

import time
from collections.abc import Callable


def until(true: Callable[[], object], *, seconds: float = 60.0) -> None:
    """Wait for something; fail if it does not come."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
