"""Who may send a form for a new contact, and what became of it: the claims on `Submission`."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from lexweb.contacts.models import IN_FLIGHT, Contact, Submission

Payload = dict[str, Any]
State = Submission.State

TWIN_WAIT = 12.0  # seconds to wait for the same form, sent a moment before


class Lost(Exception):
    """Somebody else claimed the submission, as we held it for longer than `IN_FLIGHT`."""


@dataclass
class Claim:
    """
    The right to send a submission.

    :param doubt: what an earlier try sent and may have got through: to be looked for before anything is sent
    """

    submission: Submission
    taken_at: datetime
    doubt: Payload | None = None


def take(submission: Submission, draft: Payload) -> Claim | None:
    """Return the claim if the submission is free to be sent; None if it is done, or somebody is sending it."""
    now, same = timezone.now(), Submission.objects.filter(pk=submission.pk)
    if same.filter(state=State.RELEASED).update(state=State.SENDING, claimed_at=now, sent=draft):
        return Claim(submission, now)
    doubtful = Q(state=State.UNCERTAIN) | Q(state=State.SENDING, claimed_at__lt=now - IN_FLIGHT)
    if same.filter(doubtful).update(state=State.SENDING, claimed_at=now):
        submission.refresh_from_db()
        return Claim(submission, now, doubt=submission.sent)
    return None


def about_to_send(claim: Claim, draft: Payload) -> None:
    """
    Note what is sent, and renew the claim: from here on the time of the request counts.

    :raises Lost: it is no longer ours; nothing may be sent
    """
    now = timezone.now()
    if not _mine(claim).update(claimed_at=now, sent=draft):
        raise Lost
    claim.taken_at = now


def give_back(claim: Claim, *, refused: bool) -> None:
    """
    Note that this try made no contact that we know of; nothing happens if the claim is somebody else's by now.

    :param refused: what this try sent was surely not carried out; an earlier doubt stays what it was
    """
    if not refused:
        _mine(claim).update(state=State.UNCERTAIN)
    elif claim.doubt is None:
        _mine(claim).update(state=State.RELEASED)
    else:
        _mine(claim).update(state=State.UNCERTAIN, sent=claim.doubt)


def finish(claim: Claim, contact: Contact) -> bool:
    """Note what it has become; return False if the claim is somebody else's by now."""
    return bool(_mine(claim).update(state=State.DONE, contact=contact))


def wait(submission: Submission) -> None:
    """Wait until nobody is sending the submission, for a while, and load how it is then."""
    deadline = time.monotonic() + TWIN_WAIT
    while time.monotonic() < deadline:
        submission.refresh_from_db()
        if submission.state != State.SENDING:
            return
        time.sleep(0.2)


def _mine(claim: Claim) -> QuerySet[Submission]:
    return Submission.objects.filter(pk=claim.submission.pk, state=State.SENDING, claimed_at=claim.taken_at)
