"""Reading the outbox."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lexweb.clients import selectors as clients
from lexweb.clients.models import Client, Connection
from lexweb.firm.models import Staff
from lexweb.outbox.models import Batch, Item

State = Item.State
OPEN = (State.WAITING, State.SENDING, State.UNCERTAIN)
GROUPS: dict[str, tuple[str, ...]] = {  # what one filters by
    "open": OPEN,
    "done": (State.DONE,),
    "refused": (State.REFUSED,),
    "cancelled": (State.CANCELLED,),
}
BATCHES, ITEMS = 20, 50  # on a page


@dataclass(frozen=True)
class Counts:
    """How many items of a batch are in each state."""

    waiting: int = 0
    sending: int = 0
    uncertain: int = 0
    done: int = 0
    refused: int = 0
    cancelled: int = 0

    @property
    def open(self) -> int:
        """Return how many are not over."""
        return self.waiting + self.sending + self.uncertain

    @property
    def total(self) -> int:
        """Return how many there are."""
        return self.open + self.done + self.refused + self.cancelled

    def __add__(self, other: Self) -> Self:
        """Return both together."""
        return type(self)(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


# --- for the worker -------------------------------------------------------------------------------------------------


def next_item(connection_id: int, now: datetime) -> Item | None:
    """Return what somebody has to look after first; items of one target never overtake each other."""
    if not _open(connection_id).filter(due_at__lte=now).exists():
        return None  # nearly always, and asked before every single step of a worker
    ready = _ready(connection_id).filter(due_at__lte=now).order_by("due_at", "pk")
    return ready.select_related("batch__staff", "connection__client").first()


def next_at(connection_id: int) -> datetime | None:
    """Return when `next_item` has something next; None if nothing is left to do."""
    return _ready(connection_id).order_by("due_at").values_list("due_at", flat=True).first()


def next_fresh_at(connection_id: int, now: datetime) -> datetime | None:
    """Return when the next item becomes due that was never tried, and is not due yet."""
    fresh = _ready(connection_id).filter(state=State.WAITING, attempts=0, doubts=0, due_at__gt=now)
    return fresh.order_by("due_at").values_list("due_at", flat=True).first()


def _ready(connection_id: int) -> QuerySet[Item]:
    still = _open(connection_id)
    earlier = still.filter(target=OuterRef("target"), pk__lt=OuterRef("pk")).exclude(target="")
    held = Q(state=State.WAITING, batch__paused_at__isnull=False)  # a person lets it wait; what is under way goes on
    return still.filter(~Exists(earlier)).exclude(held)


def left(connection: Connection) -> int:
    """Return how many items are not over."""
    return _open(connection.pk).count()


def _open(connection_id: int) -> QuerySet[Item]:
    return Item.objects.filter(connection_id=connection_id, due_at__isnull=False)


def state_counts() -> dict[str, int]:
    """Return how many items are in each state, of all clients."""
    found = dict(Item.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in State.values}


# --- for pages ------------------------------------------------------------------------------------------------------


def under_way(connection: Connection, targets: Iterable[str]) -> set[str]:
    """Return which of these have changes that are not over."""
    still = Item.objects.filter(connection=connection, due_at__isnull=False, target__in=list(targets))
    return set(still.values_list("target", flat=True))


def under_way_of(records: Iterable[tuple[int, str]]) -> set[tuple[int, str]]:
    """Return which of these (connection, target) have changes that are not over, of several clients at once."""
    wanted = set(records)
    still = Item.objects.filter(
        due_at__isnull=False,
        connection__in={connection for connection, _target in wanted},
        target__in={target for _connection, target in wanted},
    )
    return wanted & set(still.values_list("connection_id", "target"))


def all_under_way(connections: Iterable[int]) -> set[tuple[int, str]]:
    """Return every (connection, target) with changes that are not over."""
    still = Item.objects.filter(due_at__isnull=False, connection__in=list(connections))
    return set(still.values_list("connection_id", "target"))


def visible(staff: Staff) -> QuerySet[Batch]:
    """Return the batches of the clients the person may see; nobody reads names of other clients, not even his own."""
    mine = clients.visible(staff).order_by().values("pk")
    return Batch.objects.filter(connection__client__in=mine).select_related("connection__client")


def find(staff: Staff, batch_id: UUID) -> Batch | None:
    """Return the batch if the person may see it."""
    return visible(staff).filter(pk=batch_id).first()


def item(batch: Batch, number: int) -> Item | None:
    """Return one item of the batch."""
    return batch.items.filter(number=number).first()


def members(staff: Staff, groups: Iterable[UUID | None]) -> list[Batch]:
    """Return the batches of these groups whose clients the person may see, by the client's name."""
    found = visible(staff).filter(group__in=[group for group in groups if group])
    return list(found.order_by("connection__client__name", "pk"))


def listing(staff: Staff, *, group: str, client: str, mine: bool, page: str | None) -> Page[Batch]:
    """Return one page of batches, the newest first; of several with the same group the first one that fits."""
    found = visible(staff)
    if group in GROUPS:
        found = found.filter(Exists(Item.objects.filter(batch=OuterRef("pk"), state__in=GROUPS[group])))
    if client:
        found = found.filter(connection__client__slug=client)
    if mine:
        found = found.filter(staff=staff)
    earlier = found.filter(group=OuterRef("group"), pk__lt=OuterRef("pk"))
    found = found.filter(Q(group__isnull=True) | ~Exists(earlier))
    return Paginator(found.order_by("-created_at", "pk"), BATCHES).get_page(page)


def counts(batches: Iterable[Batch]) -> dict[UUID, Counts]:
    """Return the counts by batch."""
    rows = Item.objects.filter(batch__in=list(batches)).order_by().values_list("batch", "state").annotate(Count("pk"))
    found: dict[UUID, dict[str, int]] = {}
    for batch, state, count in rows:
        found.setdefault(batch, {})[state] = count
    return {batch: Counts(**states) for batch, states in found.items()}


def refused(batches: Iterable[Batch], *, page: str | None) -> Page[Item]:
    """Return one page of what was refused of several batches, client by client."""
    found = Item.objects.filter(batch__in=list(batches), state=State.REFUSED)
    found = found.select_related("batch__connection__client")
    return Paginator(found.order_by("batch__connection__client__name", "batch", "number"), ITEMS).get_page(page)


def items(batch: Batch, *, group: str, page: str | None) -> Page[Item]:
    """Return one page of the batch's items, as they were asked for."""
    found = batch.items.order_by("number")
    if group in GROUPS:
        found = found.filter(state__in=GROUPS[group])
    return Paginator(found, ITEMS).get_page(page)


def clients_with_batches(staff: Staff) -> list[Client]:
    """Return the clients to choose from."""
    with_batches = Batch.objects.filter(connection=OuterRef("connection"))
    return list(clients.visible(staff).filter(Exists(with_batches)).order_by("name", "pk"))


def counter(staff: Staff) -> Counts:
    """Return the person's own items by state, without those that are over and need nobody."""
    needed = [*OPEN, State.REFUSED]
    rows = Item.objects.filter(batch__in=visible(staff).filter(staff=staff).values("pk"), state__in=needed)
    return Counts(**dict(rows.order_by().values_list("state").annotate(Count("pk"))))
