"""Reading documents from the mirror."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from lexweb.clients.models import Client, Connection
from lexweb.files.models import File
from lexweb.vouchers.models import Voucher


@dataclass(frozen=True)
class Left:
    """What the back-fill still has to read: so many requests, for so many documents."""

    requests: int = 0
    vouchers: int = 0


def find(client: Client, lexware_id: UUID) -> Voucher | None:
    """Return the client's document with this id of Lexware Office, and its detail."""
    found = Voucher.objects.select_related("connection__client", "detail").filter(connection__client=client)
    return found.filter(lexware_id=lexware_id).first()


def files(voucher: Voucher) -> list[File]:
    """Return the files of a document, in its order."""
    found = File.objects.filter(connection=voucher.connection_id, voucher_id=voucher.lexware_id)
    return list(found.order_by("position", "pk"))


def totals(connection: Connection) -> dict[str, int]:
    """Return how many documents there are, and how many more are archived."""
    found = Voucher.objects.filter(connection=connection)
    return {
        "vouchers": found.filter(archived__in=[False]).count(),
        "archived_vouchers": found.filter(archived__in=[True]).count(),
    }


def left(connection: Connection) -> Left:
    """Return what is left to be read of one connection."""
    return lefts([connection.pk])[connection.pk]


def lefts(connections: Iterable[int]) -> dict[int, Left]:
    """Return what is left of many connections at once."""
    keys = list(connections)
    vouchers = Voucher.objects.filter(connection__in=keys).order_by().values_list("connection")
    details = vouchers.filter(wanted__gt=0).annotate(requests=Count("id"), vouchers=Count("id"))
    payments = vouchers.filter(payment_wanted=True).annotate(
        requests=Count("id"), vouchers=Count("id", filter=Q(wanted=0))
    )
    found = dict.fromkeys(keys, Left())
    for key, requests, count in details.union(payments, all=True):
        found[key] = Left(found[key].requests + requests, found[key].vouchers + count)
    return found


def wanted_most(connection: Connection) -> Voucher | None:
    """Return the document whose detail is wanted most, of equals the one created last."""
    first = _wanted(connection).order_by(F("wanted").desc(), F("created_at").desc())
    return first.select_related("connection").first()


def payment_wanted(connection: Connection) -> Voucher | None:
    """Return a document whose payments are to be read, the one created last."""
    found = Voucher.objects.filter(connection=connection, payment_wanted=True).order_by(F("created_at").desc())
    return found.select_related("connection").first()


def _wanted(connection: Connection) -> QuerySet[Voucher]:
    return Voucher.objects.filter(Q(connection=connection) & Q(wanted__gt=0))
