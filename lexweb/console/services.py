"""
Sending a call: a row before the request, the answer and the history after it.

So each call stands in the history once, whatever happens: also one whose process was killed (`closing.settle`).
"""

import time
import uuid
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from lexweb.clients import gateway
from lexweb.clients.models import Client
from lexweb.clients.troubles import Trouble
from lexweb.console import closing, drafts, keeping
from lexweb.console.models import Call
from lexweb.firm.models import Staff
from lexweb.lexware.api import raw

State = Call.State
TWIN_WAIT = 12.0  # seconds to wait for the same form, sent a moment before


class SentBefore(Exception):
    """This form was sent already, with the same words; nothing was sent now."""

    def __init__(self, call: Call) -> None:
        super().__init__()
        self.call = call


def send(client: Client, draft: drafts.Draft, *, key: UUID, by: Staff) -> Call:
    """
    Send the call once, and return what became of it: any status is an answer, a trouble is noted in the call.

    :param key: of the form; the same form sent twice is one call. A read may be repeated, and so may what was edited
    :raises SentBefore: a write that was sent from this form already
    :raises Trouble: the client is not connected; nothing was sent
    """
    if not client.connection.is_connected:
        raise Trouble(client.connection.state, client.connection)
    call = _begin(client, draft, key, by)
    result = _exchange(call, draft)
    closing.finish(call, **result)
    keeping.thin_out(call)
    return call


def _begin(client: Client, draft: drafts.Draft, key: UUID, by: Staff) -> Call:
    values = {"client": client, "staff": by, "method": draft.method, "path": draft.path}
    sealed = keeping.seal_draft(draft)
    try:
        with transaction.atomic():
            return Call.objects.create(**values, key=key, draft=sealed)
    except IntegrityError:
        earlier = Call.objects.get(client=client, staff=by, key=key)
    if earlier.changes_data and keeping.draft_of(earlier) in (draft, None):
        raise SentBefore(_awaited(earlier))
    return Call.objects.create(**values, key=uuid.uuid4(), draft=sealed)


def _exchange(call: Call, draft: drafts.Draft) -> dict[str, Any]:
    """Return the columns that say what came back."""
    started = time.monotonic()
    try:
        with gateway.open_office(call.client.connection, passing=(gateway.Uncertain,)) as office:
            answer = office.raw(draft.call())
    except gateway.Uncertain:
        return closing.lost(draft) | {"ms": _ms(time.monotonic() - started)}
    except Trouble as trouble:
        return {"state": State.FAILED, "trouble": trouble.code, "ms": _ms(time.monotonic() - started)}
    return _columns(answer)


def _columns(answer: raw.RawAnswer) -> dict[str, Any]:
    return {
        "state": State.ANSWERED,
        "status": answer.status,
        "ms": _ms(answer.seconds),
        "size": len(answer.body),
        "request_id": answer.request_id,
        "answer": keeping.seal_answer(keeping.Answer(dict(answer.headers), answer.body)),
    }


def _awaited(call: Call) -> Call:
    """Return the call as it is when nobody is sending it any more, or after a while."""
    deadline = time.monotonic() + TWIN_WAIT
    while call.state == State.SENDING and time.monotonic() < deadline:
        time.sleep(0.2)
        call.refresh_from_db()
    return call


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
