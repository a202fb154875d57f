"""What becomes of a webhook after each attempt (behaviour.md, chapter 15)."""

from dataclasses import dataclass

DELIVERED = {200, 201, 202, 204}
GONE = 410
AGAIN = {401, 403, 404, 429}
DNS, TIMEOUT, UNREACHABLE, REDIRECTS = "dns", "timeout", "unreachable", "redirects"
MINUTE, HOUR = 60.0, 3600.0
# Five quick ones, then twenty: the first of them after half an hour, the others every two hours.
WAITS = (10.0, 20.0, 40.0, 80.0, 160.0, 30 * MINUTE, *[2 * HOUR] * 19)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One attempt: the receiver's status, or the problem on the way to it."""

    status: int | None
    problem: str | None = None

    @property
    def delivered(self) -> bool:
        """Did the receiver take it?"""
        return self.status in DELIVERED


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What to do next.

    :ivar wait: seconds until the next attempt; None if there is none
    :ivar unsubscribe: whether the subscription ends
    """

    wait: float | None = None
    unsubscribe: bool = False


def verdict(outcome: Outcome, failed_before: int) -> Verdict:
    """
    Judge an attempt.

    Time-outs and refused connections count like 5xx, too many redirects like the other 4xx (our choice).

    :param failed_before: how many attempts of this delivery have failed already
    """
    if outcome.delivered:
        return Verdict()
    if outcome.status == GONE:
        return Verdict(unsubscribe=True)
    if not _again(outcome):
        return Verdict()
    if failed_before < len(WAITS):
        return Verdict(wait=WAITS[failed_before])
    return Verdict(unsubscribe=outcome.status == 404 or outcome.problem == DNS)


def _again(outcome: Outcome) -> bool:
    if outcome.status is None:
        return outcome.problem != REDIRECTS
    return outcome.status in AGAIN or outcome.status >= 500
