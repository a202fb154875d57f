"""Writing the history, in the transaction of the change it tells of."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from lexweb.activity.kinds import Kind
from lexweb.activity.models import Entry

if TYPE_CHECKING:
    from lexweb.clients.models import Client
    from lexweb.firm.models import Staff


def record(kind: Kind, *, client: "Client", by: "Staff | None", target: str = "", **values: Any) -> Entry:
    """
    Add an entry.

    :param by: the person, or None for lexweb itself
    :param target: "<type>:<id>" of the thing, for the history of that thing alone
    :param values: JSON-ready parts of the sentence; labels as untranslated English message ids
    """
    made = entry(kind, client=client, by=by, target=target, **values)
    made.save()
    return made


def record_all(entries: Iterable[Entry]) -> None:
    """Add many entries."""
    Entry.objects.bulk_create(entries, batch_size=500)


def entry(kind: Kind, *, client: "Client", by: "Staff | None", target: str = "", **values: Any) -> Entry:
    """Return an entry as `record` adds it, without adding it."""
    return Entry(
        kind=kind,
        firm_id=client.firm_id,
        client_id=client.pk,
        target=target,
        actor_id=by.pk if by else None,
        actor_name=by.name if by else "",
        at=timezone.now(),
        values=values,
    )
