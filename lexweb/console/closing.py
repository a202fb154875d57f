"""The end of a call: what became of it, noted once, together with its line in the history."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.console import drafts, keeping
from lexweb.console.models import Call
from lexweb.lexware.api import raw

State = Call.State


def finish(call: Call, **columns: Any) -> None:
    """Note what became of the call, and tell the history; nothing happens if somebody did so already."""
    with transaction.atomic():
        if not Call.objects.filter(pk=call.pk, state=State.SENDING).update(**columns):
            return
        for name, value in columns.items():
            setattr(call, name, value)
        activity.record(
            Kind.API_CALLED,
            client=call.client,
            by=call.staff,
            method=call.method,
            path=raw.template(call.path),  # words of the API alone: what else was typed may be a name
            outcome=str(call.status or call.trouble),
        )


def settle(*, now: Callable[[], datetime] = timezone.now) -> None:
    """Close the calls whose process was killed: a write may have been carried out, a read is over."""
    for call in Call.objects.filter(state=State.SENDING, at__lt=now() - keeping.IN_FLIGHT).select_related("client"):
        finish(call, **lost(call))


def lost(sent: drafts.Draft | Call) -> dict[str, Any]:
    """Return the columns of a call that nobody answered."""
    if sent.changes_data:
        return {"state": State.UNCERTAIN, "trouble": "uncertain"}
    return {"state": State.FAILED, "trouble": "unavailable"}
