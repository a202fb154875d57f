"""When to try again."""

import pytest

from lexweb.lexware import errors, retry

AGAIN_IF_READ = [errors.Unreachable(), errors.Unavailable()]
NEVER = [
    errors.Unauthorized(),
    errors.Forbidden(),
    errors.PlanRequired(),
    errors.NotFound(),
    errors.Conflict(),
    errors.Rejected(),
    errors.Uncertain(),
    errors.Unexpected(),
    errors.InvalidGrant(),
]


@pytest.mark.parametrize("error", AGAIN_IF_READ, ids=repr)
def test_only_reads_are_repeated_after_a_failure(error):
    assert retry.wait(error, "GET", 1) is not None
    assert retry.wait(error, "POST", 1) is None
    assert retry.wait(error, "PUT", 1) is None


@pytest.mark.parametrize("error", NEVER, ids=repr)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_these_are_never_repeated(error, method):
    assert retry.wait(error, method, 1) is None


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_everything_is_repeated_after_429_but_not_for_ever(method):
    waits = [retry.wait(errors.RateLimited(), method, attempt) for attempt in (1, 2, 3, 4)]
    assert 0.5 <= waits[0] <= 1 <= waits[1] <= 2 <= waits[2] <= 4
    assert waits[3] is None


def test_lexware_may_ask_for_a_longer_wait():
    assert retry.wait(errors.RateLimited(retry_after=9), "GET", 1) == 9
    assert retry.penalty(errors.RateLimited(retry_after=9), 1) == 9
    assert retry.penalty(errors.RateLimited(), 3) == 4


class Hours:
    """A clock that only sleeping and working move."""

    def __init__(self):
        self.now = 1000.0
        self.naps = []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.naps.append(seconds)
        self.now += seconds


def test_patience_ends_before_a_wait_that_would_be_too_long():
    hours, tries = Hours(), []

    def once(attempt):
        tries.append(attempt)
        raise errors.RateLimited(retry_after=6)

    with pytest.raises(errors.RateLimited):
        retry.Patience(10, hours.sleep, hours.clock).run(once, method="GET")
    assert tries == [1, 2]
    assert hours.naps == [6]


def test_patience_counts_what_the_exchanges_take():
    hours, tries = Hours(), []

    def once(attempt):
        tries.append(attempt)
        hours.now += 7
        raise errors.Unavailable

    with pytest.raises(errors.Unavailable):
        retry.Patience(10, hours.sleep, hours.clock).run(once, method="GET")
    assert tries == [1, 2]
    assert hours.now - 1000 <= 10 + 7


def test_patience_starts_with_the_call_not_with_its_first_attempt():
    hours = Hours()
    patience = retry.Patience(10, hours.sleep, hours.clock)
    hours.now += 9.9  # getting the token, say

    def once(attempt):
        raise errors.RateLimited

    with pytest.raises(errors.RateLimited):
        patience.run(once, method="GET")
    assert hours.naps == []


def test_what_comes_before_an_attempt_is_final():
    hours, calls = Hours(), []

    def ready():
        calls.append("ready")
        if len(calls) == 3:
            raise errors.RateLimited

    def once(attempt):
        calls.append("once")
        raise errors.Unavailable

    with pytest.raises(errors.RateLimited):
        retry.Patience(10, hours.sleep, hours.clock).run(once, method="GET", ready=ready)
    assert calls == ["ready", "once", "ready"]
