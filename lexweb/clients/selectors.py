"""Which clients a person sees, and what their pages show."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from lexweb.clients import guardian
from lexweb.clients.models import Client, Connection, Invitation, LooseGrant
from lexweb.firm import roles
from lexweb.firm.models import Staff
from lexweb.firm.roles import Permission

WORDS = 8  # of a search; more would only burn time
SECRETS = ("connection__access_token", "connection__refresh_token")
SORTS = {"name": ["name", "pk"], "number": ["number", "pk"], "state": ["health_rank", "name", "pk"]}
ATTENTION = 20  # more troubled clients than this are a list of their own


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
    :param state: a code of `guardian.LOOKS`; "none" for clients that were never connected
    :param sort: a key of `SORTS`, with "-" in front for descending
    """
    clients = with_health(visible(staff))
    for word in text.split()[:WORDS]:
        clients = clients.filter(Q(name__icontains=word) | Q(number__icontains=word))
    if state in guardian.CODES:
        clients = clients.filter(health_rank=guardian.CODES.index(state))
    order = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return clients.order_by(*[f"-{name}" if sort.startswith("-") else name for name in order])


def state_counts(staff: Staff) -> dict[str, int]:
    """Return how many visible clients have each code of `guardian.LOOKS`."""
    rows = with_health(visible(staff)).order_by().values_list("health_rank").annotate(Count("pk"))
    return {guardian.CODES[rank]: count for rank, count in rows}


def needing_attention(staff: Staff) -> list[Client]:
    """Return the visible clients whose connection somebody should look at, the worst first."""
    ranks = [guardian.CODES.index(code) for code in guardian.TROUBLED]
    troubled = with_health(visible(staff)).filter(health_rank__in=ranks)
    return list(troubled.order_by("health_rank", "connection__state_since", "pk")[:ATTENTION])


def with_health(clients: QuerySet[Client], now: datetime | None = None) -> QuerySet[Any]:
    """Add `health_rank`, the place of `guardian.code_of` in `guardian.CODES`, to filter, count and sort by."""
    now = now or timezone.now()
    lasts = Q(connection__trouble_since__lte=now - guardian.LASTING)
    rules = (  # as in guardian.code_of
        ("none", Q(connection__isnull=True)),
        ("disconnected", Q(connection__state=Connection.State.DISCONNECTED)),
        ("reconnect", Q(connection__state=Connection.State.RECONNECT)),
        ("unreachable", lasts & Q(connection__trouble__in=guardian.UNREACHABLE)),
        ("throttled", lasts & Q(connection__trouble__in=guardian.THROTTLED)),
        ("plan", Q(connection__trouble__in=guardian.PLAN)),
        ("expiring", Q(connection__expires_on__lte=guardian.warn_until(now))),
    )
    whens = [When(rule, then=Value(guardian.CODES.index(code))) for code, rule in rules]
    healthy = Value(guardian.CODES.index("connected"))
    return clients.annotate(health_rank=Case(*whens, default=healthy, output_field=IntegerField()))


def open_invitation(connection: Connection) -> Invitation | None:
    """Return the link that the client can still use, if there is one."""
    return usable_invitations(timezone.now()).filter(connection=connection).order_by("-created_at").first()


def usable_invitations(now: datetime) -> QuerySet[Invitation]:
    """Return the links that were neither used nor withdrawn and have not ended."""
    return Invitation.objects.filter(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)


def responsible(connection: Connection) -> list[Staff]:
    """
    Return who is to be told about the connection: whoever works for the client and may connect it.

    If there is nobody, whoever connected it; if they left, the partners of the firm.
    """
    people = Staff.objects.filter(firm_id=connection.client.firm_id).order_by("pk")
    assigned = people.filter(assignment__client=connection.client_id)
    connecting = people.filter(pk=connection.connected_by_id or 0)
    partners = people.filter(role=roles.Role.PARTNER)
    for group in (assigned, connecting, partners):
        if able := [each for each in group if _may_mend(each)]:
            return able
    return []


def _may_mend(staff: Staff) -> bool:
    return staff.may_sign_in and roles.may(staff, Permission.CONNECTION_MANAGE)


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
