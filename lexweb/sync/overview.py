"""The sync of all clients a person may see, in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Value
from django.utils import timezone

from lexweb.clients import selectors as clients
from lexweb.clients.models import Client, Connection
from lexweb.firm.models import Staff
from lexweb.outbox.models import Item
from lexweb.sync import selectors
from lexweb.sync.models import Event, Pass, State
from lexweb.sync.selectors import Progress
from lexweb.vouchers import selectors as vouchers

SHOWS = ("running", "trouble", "paused")  # what one can look for


@dataclass(frozen=True)
class Row:
    """One client; `progress` is None if it never had a sync."""

    client: Client
    progress: Progress | None
    events: int = 0  # told by Lexware Office, not dealt with
    changes: int = 0  # in the outbox


@dataclass(frozen=True)
class Firm:
    """
    What is true of all the clients that a person may see.

    :param counts: how many there are of each of `SHOWS`, and "connected"
    :param left: what is still to come of each connection's vouchers
    :param eta: seconds until the last of those under way is done
    """

    everybody: list[Client]
    counts: Counter[str]
    left: dict[int, vouchers.Left]
    underway: dict[int, Progress] = field(default_factory=dict)

    @property
    def total_left(self) -> int:
        """Return of how many vouchers details are still to come."""
        return sum(each.vouchers for each in self.left.values())

    @property
    def eta(self) -> int | None:
        """Return the seconds until the last of those under way is done: each account has its own pace."""
        return max((each.eta_all for each in self.underway.values() if each.eta_all is not None), default=None)


def firm(staff: Staff) -> Firm:
    """Look at all clients of the person."""
    now = timezone.now()
    everybody = list(clients.visible(staff).select_related("connection__sync__paused_by").order_by("name", "pk"))
    states = [state for client in everybody if (state := _state(client))]
    marks = [mark for client in everybody for mark in _marks(client, now)]
    left = vouchers.lefts([state.connection_id for state in states])
    running = [state for state in states if "running" in _marks(state.connection.client, now)]
    return Firm(everybody, Counter(marks), left, _measured(running, left, now))


def choose(found: Firm, staff: Staff, *, text: str = "", show: str = "") -> list[Client]:
    """Return the clients that match a search and one of `SHOWS`."""
    chosen = found.everybody
    if text:
        keys = set(clients.search(staff, text=text).values_list("pk", flat=True))
        chosen = [client for client in chosen if client.pk in keys]
    now = timezone.now()
    return [client for client in chosen if not show or show in _marks(client, now)]


def rows(found: Firm, page: Iterable[Client]) -> list[Row]:
    """Return the rows of one page."""
    page = list(page)
    states = {client.pk: state for client in page if (state := _state(client))}
    now = timezone.now()
    keys = {pk: state.connection_id for pk, state in states.items()}
    resting = {  # of these the lists say nothing
        keys[pk]: selectors.measure(state, [], found.left[keys[pk]], now) for pk, state in states.items()
    }
    progress = resting | found.underway
    waiting = _waiting(list(keys.values()))
    return [
        Row(client, progress.get(key), waiting["events", key], waiting["changes", key])
        for client, key in ((client, keys.get(client.pk, 0)) for client in page)
    ]


def _waiting(connections: list[int]) -> Counter[tuple[str, int]]:
    """Return how many events and changes each connection has that are not dealt with, in one query."""
    events = Event.objects.filter(connection__in=connections, due_at__isnull=False).order_by()
    items = Item.objects.filter(connection__in=connections, due_at__isnull=False).order_by()
    counts = [
        found.values_list("connection").annotate(what=Value(what), count=Count("pk"))
        for what, found in (("events", events), ("changes", items))
    ]
    return Counter({(what, key): count for key, what, count in counts[0].union(counts[1], all=True)})


def _measured(states: list[State], left: dict[int, vouchers.Left], now: datetime) -> dict[int, Progress]:
    passes: defaultdict[int, list[Pass]] = defaultdict(list)
    for each in Pass.objects.filter(state__in=states) if states else ():
        passes[each.state_id].append(each)
    return {
        state.connection_id: selectors.measure(state, passes[state.pk], left[state.connection_id], now)
        for state in states
    }


def _state(client: Client) -> State | None:
    return getattr(getattr(client, "connection", None), "sync", None)


def _marks(client: Client, now: datetime) -> set[str]:
    """Return what one can find the client by."""
    connection, state = getattr(client, "connection", None), _state(client)
    if connection is None:
        return set()
    marks = {"connected"} if connection.is_connected else set()
    if connection.state == Connection.State.RECONNECT or (connection.is_connected and state and state.error):
        marks.add("trouble")
    if state and state.paused_at:
        marks.add("paused")
    if connection.is_connected and state and selectors.is_worked_on(state, now):
        marks.add("running")
    return marks
