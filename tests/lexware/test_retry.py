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


def test_patience_ends_before_a_wait_that_would_be_too_long():
    naps: list[float] = []
    tries = []

    def once(attempt):
        tries.append(attempt)
        raise errors.RateLimited(retry_after=6)

    with pytest.raises(errors.RateLimited):
        retry.Patience(10, naps.append).run(once, method="GET")
    assert tries == [1, 2]
    assert naps == [6]
