"""Reading uploads."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet

from lexweb.clients import selectors as clients
from lexweb.clients.models import Client, Connection
from lexweb.contacts import search
from lexweb.files.models import File
from lexweb.firm.models import Staff
from lexweb.outbox import selectors as outbox
from lexweb.outbox.models import Batch, Item
from lexweb.uploads.models import Upload
from lexweb.vouchers import kinds
from lexweb.vouchers.models import Voucher

State = Upload.State
GROUPS: dict[str, tuple[str, ...]] = {  # what one filters by
    "waiting": (State.ASKING, State.READY, State.REFUSED),
    "sending": (State.QUEUED,),
    "done": (State.DONE, State.DISCARDED),
}
PER_PAGE = 100
AT_ONCE = 500  # sent with one press of the button
CHOICES = 10  # vouchers offered to attach to


@dataclass(frozen=True)
class Counts:
    """How many uploads there are of each state."""

    ready: int = 0
    asking: int = 0
    refused: int = 0
    queued: int = 0
    done: int = 0
    discarded: int = 0

    @property
    def waiting(self) -> int:
        """Return how many wait for a person."""
        return self.ready + self.asking + self.refused

    @property
    def over(self) -> int:
        """Return how many need nobody any more."""
        return self.done + self.discarded


def counts(connection: Connection) -> Counts:
    """Return the counts of a client."""
    rows = Upload.objects.filter(connection=connection).order_by().values_list("state").annotate(Count("pk"))
    return Counts(**dict(rows))


def listing(connection: Connection, group: str, *, page: str | None) -> Page[Upload]:
    """Return one page; what somebody has to decide on comes first."""
    found = Upload.objects.filter(connection=connection, state__in=GROUPS[group])
    order = ("-finished_at", "pk") if group == "done" else ("state", "-created_at", "pk")
    return Paginator(found.select_related("item__batch", "staff").order_by(*order), PER_PAGE).get_page(page)


def find(connection: Connection, upload_id: UUID) -> Upload | None:
    """Return one upload of the client."""
    return Upload.objects.select_related("blob", "item__batch").filter(connection=connection, pk=upload_id).first()


def chosen(connection: Connection, ids: Iterable[UUID]) -> list[Upload]:
    """Return those of these uploads that are the client's."""
    return list(Upload.objects.filter(connection=connection, pk__in=list(ids)).order_by("created_at", "pk"))


def ready(connection: Connection) -> list[Upload]:
    """Return what may be sent, the oldest first, as many as go at once."""
    found = Upload.objects.filter(connection=connection, state=State.READY)
    return list(found.order_by("created_at", "pk")[:AT_ONCE])


def under_way(connection: Connection) -> list[tuple[Batch, outbox.Counts]]:
    """Return the batches of uploads that are not over, or hold something refused."""
    needed = [*outbox.OPEN, Item.State.REFUSED]
    mine = Upload.objects.filter(item__batch=OuterRef("pk"), item__state__in=needed, state=State.QUEUED)
    batches = list(Batch.objects.filter(Exists(mine), connection=connection).order_by("created_at"))
    counted = outbox.counts(batches)
    return [(batch, counted[batch.pk]) for batch in batches]


def vouchers(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, Voucher]:
    """Return documents by their id over there."""
    found = Voucher.objects.filter(connection=connection, lexware_id__in=list(ids))
    return {voucher.lexware_id: voucher for voucher in found}


def uploads(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, Upload]:
    """Return uploads by their id; without asking if none is wanted."""
    wanted = list(ids)
    return Upload.objects.filter(connection=connection).in_bulk(wanted) if wanted else {}


def is_gone(upload: Upload) -> bool:
    """Say whether it did arrive over there, and somebody deleted it or its voucher since."""
    if upload.state != State.DONE or upload.voucher_id is None or upload.file_id is None:
        return False
    return not File.objects.filter(connection=upload.connection_id, lexware_id=upload.file_id).exists()


def of_firm(staff: Staff) -> list[tuple[Client, Counts]]:
    """Return the clients with something that waits or is on its way, and how much."""
    open_states = (*GROUPS["waiting"], *GROUPS["sending"])
    mine = clients.visible(staff).order_by().values("pk")
    rows = Upload.objects.filter(connection__client__in=mine, state__in=open_states).order_by()
    found: dict[int, dict[str, int]] = {}
    for client_id, state, count in rows.values_list("connection__client_id", "state").annotate(Count("pk")):
        found.setdefault(client_id, {})[state] = count
    named = clients.visible(staff).filter(pk__in=found).order_by("name", "pk")
    return [(client, Counts(**found[client.pk])) for client in named]


def connected(staff: Staff) -> QuerySet[Client]:
    """Return the clients that one can upload for."""
    return clients.visible(staff).filter(connection__state=Connection.State.CONNECTED).order_by("name", "pk")


def candidates(connection: Connection, text: str) -> list[Voucher]:
    """Return the newest receipts whose number or contact holds the words; a file can be attached to these."""
    found = Voucher.objects.filter(connection=connection, kind__in=kinds.RECEIPTS, archived=False)
    for needle in search.needles(text):
        found = found.filter(search__contains=needle)
    return list(found.order_by("-listed_on", "-pk")[:CHOICES])
