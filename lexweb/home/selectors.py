"""What the start page shows."""

from dataclasses import dataclass

from django.db.models import QuerySet

from lexweb.activity import presenters
from lexweb.activity import selectors as history
from lexweb.clients import selectors as clients
from lexweb.clients.models import Client, Connection
from lexweb.firm.models import Staff


@dataclass(frozen=True)
class Start:
    """Counts by connection state, the clients that need somebody, and what happened last."""

    counts: dict[str, int]
    total: int
    contacts: int
    to_reconnect: list[Client]
    unconnected: list[Client]
    history: list[tuple[presenters.Sentence, Client]]


def start(staff: Staff) -> Start:
    """Return the start page of a person, over the clients in their view."""
    visible = clients.visible(staff)
    counts = clients.state_counts(staff)
    names = {client.pk: client for client in visible}
    entries = history.of_clients(names)[:12]
    return Start(
        counts=counts,
        total=sum(counts.values()),
        contacts=sum(c.connection.counts.get("contacts", 0) for c in names.values() if hasattr(c, "connection")),
        to_reconnect=list(_in_state(visible, Connection.State.RECONNECT)),
        unconnected=list(visible.filter(connection__isnull=True).order_by("name")[:10]),
        history=[(presenters.present(entry), names[entry.client_id]) for entry in entries],
    )


def _in_state(visible: QuerySet[Client], state: str) -> QuerySet[Client]:
    return visible.filter(connection__state=state).order_by("connection__state_since")[:20]
