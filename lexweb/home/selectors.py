"""What the start page shows."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from lexweb.activity import presenters
from lexweb.activity import selectors as history
from lexweb.clients import guardian
from lexweb.clients import selectors as clients
from lexweb.clients.models import Client
from lexweb.firm.models import Staff
from lexweb.outbox import selectors as outbox
from lexweb.review import queue
from lexweb.sync import overview
from lexweb.sync import selectors as sync

MOST = 10  # clients that wait to be connected


@dataclass(frozen=True)
class Start:
    """
    Everything over the clients in the person's view.

    :param states: (code of `guardian.LOOKS`, word, count) of those that occur, and always of the usual three
    :param to_review: how many receipts wait, counted up to one more than `queue.BADGE_CAP`
    :param refused: the person's own changes that Lexware Office refused
    """

    total: int
    states: list[tuple[str, str, int]]
    contacts: int
    vouchers: int
    to_review: int
    troubled: list[Client]
    unconnected: list[Client]
    refused: int
    firm: overview.Firm
    workers: sync.Workers
    history: list[tuple[presenters.Sentence, Client]]


def start(staff: Staff) -> Start:
    """Return the start page of a person, in a fixed number of queries."""
    firm = overview.firm(staff)
    names = {client.pk: client for client in firm.everybody}
    entries = history.of_clients(names)[:12]
    return Start(
        total=len(names),
        states=_states(firm.everybody, timezone.now()),
        contacts=_sum(firm.everybody, "contacts"),
        vouchers=_sum(firm.everybody, "vouchers"),
        to_review=queue.badge(staff),
        troubled=clients.needing_attention(staff),
        unconnected=[client for client in firm.everybody if not hasattr(client, "connection")][:MOST],
        refused=outbox.counter(staff).refused,
        firm=firm,
        workers=sync.workers(),
        history=[(presenters.present(entry), names[entry.client_id]) for entry in entries],
    )


def _states(everybody: list[Client], now: datetime) -> list[tuple[str, str, int]]:
    codes = Counter(
        guardian.code_of(client.connection, now) if hasattr(client, "connection") else "none" for client in everybody
    )
    usual = ("connected", "reconnect", "none")
    shown = [*usual, *(code for code in guardian.CODES if codes[code] and code not in usual)]
    return [(code, str(guardian.LOOKS[code].label), codes[code]) for code in shown]


def _sum(everybody: list[Client], name: str) -> int:
    return sum(client.connection.counts.get(name, 0) for client in everybody if hasattr(client, "connection"))
