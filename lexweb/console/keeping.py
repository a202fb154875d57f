"""What is kept of calls, sealed, and for how long."""

import base64
import json
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from lexweb.clients import vault
from lexweb.console import drafts
from lexweb.console.models import Call

NEWEST = 100  # calls of one person for one client
AGE = timedelta(days=90)
ANSWER_AGE = timedelta(minutes=30)  # long enough to read, reload and download
LARGEST_ANSWER = 10_000_000  # bytes; larger ones are told of, but not kept
# After that whoever was sending is dead: 8 s of patience, twice 60 s for exchanges, 60 s for a new token.
IN_FLIGHT = timedelta(seconds=240)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    headers: dict[str, str]
    body: bytes = field(repr=False)


def seal_draft(draft: drafts.Draft) -> str:
    """Return the draft sealed."""
    return vault.seal(draft.dumped())


def draft_of(call: Call) -> drafts.Draft | None:
    """Return what was sent; None if the key it was sealed with is gone."""
    try:
        return drafts.loaded(vault.unseal(call.draft))
    except vault.Unreadable:
        return None


def seal_answer(answer: Answer) -> str:
    """Return the answer sealed; "" if it is too large to keep."""
    if len(answer.body) > LARGEST_ANSWER:
        return ""
    body = base64.b64encode(answer.body).decode()
    return vault.seal(json.dumps({"headers": answer.headers, "body": body}))


def answer_of(call: Call) -> Answer | None:
    """Return what came back; None if it is not kept, or no longer."""
    if not call.answer or call.at < timezone.now() - ANSWER_AGE:
        return None
    try:
        kept = json.loads(vault.unseal(call.answer))
    except vault.Unreadable:
        return None
    return Answer(kept["headers"], base64.b64decode(kept["body"]))


def thin_out(call: Call) -> None:
    """Keep the newest calls of this person for this client."""
    own = Call.objects.filter(client_id=call.client_id, staff_id=call.staff_id).order_by("-at", "-id")
    old = list(own.values_list("pk", flat=True)[NEWEST : 2 * NEWEST])
    Call.objects.filter(pk__in=old).delete()


def forget() -> None:
    """Empty the answers that are due, and delete what is too old."""
    now = timezone.now()
    Call.objects.filter(at__lt=now - AGE).delete()
    Call.objects.filter(at__lt=now - ANSWER_AGE).exclude(answer="").update(answer="")


def reseal() -> None:
    """Seal every draft with the newest key; answers do not live that long."""
    for call in Call.objects.only("pk", "draft").iterator():
        try:
            Call.objects.filter(pk=call.pk).update(draft=vault.rotate(call.draft))
        except vault.Unreadable:
            continue
