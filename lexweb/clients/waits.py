"""How long to wait before something is tried again."""

import random
from datetime import timedelta


def doubled(first: timedelta, times: int, longest: timedelta) -> timedelta:
    """Return the first wait, doubled so many times."""
    wait: timedelta = first * 2 ** min(times, 20)
    return min(wait, longest)


def spread(wait: timedelta) -> timedelta:
    """Return the wait, a fifth shorter to a fifth longer: what failed together is not tried again together."""
    return wait * random.uniform(0.8, 1.2)  # noqa: S311 — spreads work, guards nothing
