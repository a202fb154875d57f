"""
Who may send a form for a new record, and what became of it: the claims on a `Submission` of any context.

The API has no idempotency key, so every try of a form has to know what the earlier ones have done.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from lexweb.clients import troubles
from lexweb.lexware import errors
from lexweb.outbox import claims, models

Payload = dict[str, Any]
State = models.Submission.State
S = TypeVar("S", bound=models.Submission)

# After that, whoever was sending is dead. It counts from right before the request, or from looking for what an earlier
# try has sent.
IN_FLIGHT = claims.IN_FLIGHT
TWIN_WAIT = 12.0  # seconds to wait for the same form, sent a moment before


NOT_CARRIED_OUT = {"rate_limited", "unreachable", "reconnect", "disconnected", "sealed", "plan", "forbidden"}


class Lost(Exception):
    """Somebody else claimed the submission, as we held it for longer than `IN_FLIGHT`."""


@dataclass
class Claim(Generic[S]):
    """
    The right to send a submission.

    :param doubt: what an earlier try sent and may have got through: to be looked for before anything is sent
    """

    submission: S
    taken_at: datetime
    doubt: Payload | None = None


def take(submission: S, draft: Payload) -> Claim[S] | None:
    """Return the claim if the submission is free to be sent; None if it is done, or somebody is sending it."""
    now, same = timezone.now(), _same(submission)
    if same.filter(state=State.RELEASED).update(state=State.SENDING, claimed_at=now, sent=draft):
        return Claim(submission, now)
    doubtful = Q(state=State.UNCERTAIN) | Q(state=State.SENDING, claimed_at__lt=now - IN_FLIGHT)
    if same.filter(doubtful).update(state=State.SENDING, claimed_at=now):
        submission.refresh_from_db()
        return Claim(submission, now, doubt=submission.sent)
    return None


def about_to_send(claim: Claim[S], draft: Payload) -> None:
    """
    Note what is sent, and renew the claim: from here on the time of the request counts.

    :raises Lost: it is no longer ours; nothing may be sent
    """
    note(claim, sent=draft)


def note(claim: Claim[S], **values: Any) -> None:
    """
    Note how far it got, and renew the claim.

    :raises Lost: it is no longer ours; nothing may be sent
    """
    now = timezone.now()
    if not _mine(claim).update(claimed_at=now, **values):
        raise Lost
    claim.taken_at = now


def give_back(claim: Claim[S], *, refused: bool) -> None:
    """
    Note that this try made no record that we know of; nothing happens if the claim is somebody else's by now.

    :param refused: what this try sent was surely not carried out; an earlier doubt stays what it was
    """
    if not refused:
        _mine(claim).update(state=State.UNCERTAIN)
    elif claim.doubt is None:
        _mine(claim).update(state=State.RELEASED)
    else:
        _mine(claim).update(state=State.UNCERTAIN, sent=claim.doubt)


def finish(claim: Claim[S], **made: Any) -> bool:
    """Note what it has become, by the column for it; return False if the claim is somebody else's by now."""
    return bool(_mine(claim).update(state=State.DONE, **made))


def surely_not(error: Exception) -> bool:
    """Say whether a write that ended like this was surely not carried out."""
    if isinstance(error, troubles.Trouble):
        return error.code in NOT_CARRIED_OUT
    if isinstance(error, errors.Rejected):
        return True
    return isinstance(error, errors.LexwareError) and troubles.code_of(error) in NOT_CARRIED_OUT


def wait(submission: models.Submission) -> None:
    """Wait until nobody is sending the submission, for a while, and load how it is then."""
    deadline = time.monotonic() + TWIN_WAIT
    while time.monotonic() < deadline:
        submission.refresh_from_db()
        if submission.state != State.SENDING:
            return
        time.sleep(0.2)


def _mine(claim: Claim[S]) -> QuerySet[S]:
    return _same(claim.submission).filter(state=State.SENDING, claimed_at=claim.taken_at)


def _same(submission: S) -> QuerySet[S]:
    return type(submission)._default_manager.filter(pk=submission.pk)
