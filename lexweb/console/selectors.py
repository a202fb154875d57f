"""Reading calls: everybody their own."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from lexweb.clients import pace
from lexweb.clients.models import Client
from lexweb.console.models import Call
from lexweb.firm.models import Staff


@dataclass(frozen=True)
class Pace:
    """How soon the next call may go out: `wait` in seconds, 0 for at once; `rate` calls a second."""

    wait: float
    rate: int


def calls(client: Client, staff: Staff) -> QuerySet[Call]:
    """Return the person's calls for the client, the newest first; without what was typed and answered."""
    own = Call.objects.filter(client=client, staff=staff).select_related("client")
    return own.defer("draft", "answer").order_by("-at", "-id")


def find(client: Client, staff: Staff, key: UUID) -> Call | None:
    """Return a call of this person for this client."""
    return Call.objects.filter(client=client, staff=staff, key=key).select_related("client").first()


def remaining(client: Client) -> Pace | None:
    """Return what the client's account has left; None without a connection."""
    connection = getattr(client, "connection", None)
    if connection is None:
        return None
    rate = round(1 / settings.LEXWARE_SPACING) if settings.LEXWARE_SPACING else 2
    return Pace(pace.free_in(str(connection.organization_id)), rate)
