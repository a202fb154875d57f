"""Which clients a person sees, and what their pages show."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from lexweb.clients.models import Client, Connection, LooseGrant
from lexweb.firm import roles
from lexweb.firm.models import Staff
from lexweb.firm.roles import Permission

WORDS = 8  # of a search; more would only burn time
SECRETS = ("connection__access_token", "connection__refresh_token")
SORTS = {"name": ["name", "pk"], "number": ["number", "pk"], "state": ["connection__state", "name", "pk"]}


def visible(staff: Staff) -> QuerySet[Client]:
    """Return the clients the person may see: all of the firm, or those assigned. Never another firm's."""
    clients = Client.objects.filter(firm_id=staff.firm_id).select_related("connection").defer(*SECRETS)
    if not roles.may(staff, Permission.CLIENT_ALL):
        clients = clients.filter(assignment__staff=staff)
    return clients


def find(staff: Staff, slug: str) -> Client | None:
    """Return the client at this address, or nothing if the person may not know of it."""
    return visible(staff).filter(slug=slug).first()


def search(staff: Staff, *, text: str = "", state: str = "", sort: str = "name") -> QuerySet[Client]:
    """
    Return the clients for the list.

    :param text: part of the name or number
    :param state: a `Connection.State`, or "none" for clients that were never connected
    :param sort: a key of `SORTS`, with "-" in front for descending
    """
    clients = visible(staff)
    for word in text.split()[:WORDS]:
        clients = clients.filter(Q(name__icontains=word) | Q(number__icontains=word))
    if state == "none":
        clients = clients.filter(connection__isnull=True)
    elif state in Connection.State.values:
        clients = clients.filter(connection__state=state)
    order = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return clients.order_by(*[f"-{name}" if sort.startswith("-") else name for name in order])


def state_counts(staff: Staff) -> dict[str, int]:
    """Return how many visible clients are in each connection state; "none" for never connected."""
    rows = visible(staff).order_by().values_list("connection__state").annotate(Count("pk"))
    return {state or "none": count for state, count in rows}


def open_questions(client: Client, staff: Staff) -> QuerySet[LooseGrant]:
    """Return the grants that wait for this person's answer, the newest first."""
    waiting = LooseGrant.objects.filter(client=client, staff=staff, revoke_at__gt=timezone.now())
    return waiting.exclude(question="").order_by("-created_at")


def same_organization(client: Client, organization_id: UUID | str | None) -> Client | None:
    """Return another client of the same firm that is connected to this organization."""
    if organization_id is None:
        return None
    others = Client.objects.filter(
        firm_id=client.firm_id,
        connection__organization_id=organization_id,
        connection__state=Connection.State.CONNECTED,
    )
    return others.exclude(pk=client.pk).first()


def loose_grants_due(now: object) -> QuerySet[LooseGrant]:
    """Return the grants to revoke by now."""
    return LooseGrant.objects.filter(revoke_at__lte=now).order_by("revoke_at")
