"""Who of the firm looks after a voucher: our own, nothing that Lexware Office knows. Done at once; can be undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.activity.models import Entry
from lexweb.clients import selectors as clients
from lexweb.clients.models import Client
from lexweb.firm import roles
from lexweb.firm.models import Staff
from lexweb.firm.roles import Permission
from lexweb.vouchers.models import Voucher

log = structlog.get_logger(__name__)

UNDO = timedelta(minutes=10)  # longer than any toast
AT_ONCE = 500
NEEDED = Permission.VOUCHER_EDIT  # to do anything with what one is given
KINDS = (Kind.VOUCHER_ASSIGNED, Kind.VOUCHER_UNASSIGNED)
COLUMNS = ("lexware_id", "number", "contact_name", "connection__client", "assignee__name")


class MayNotSee(Exception):
    """The person does not work for one of the clients; nothing was assigned."""


@dataclass(frozen=True)
class Assigned:
    """How many vouchers were given to somebody else than before; `move` takes it back."""

    count: int
    move: UUID


def people(staff: Staff, concerned: Iterable[Client]) -> list[Staff]:
    """Return whom one can assign vouchers of these clients to: who works for one of them at least, oneself first."""
    colleagues = Staff.objects.filter(firm_id=staff.firm_id, is_active=True, role__in=roles.with_permission(NEEDED))
    all_of_firm = Q(role__in=roles.with_permission(Permission.CLIENT_ALL))
    assigned = Q(assignment__client__in=[client.pk for client in concerned])
    found = colleagues.filter(all_of_firm | assigned).distinct().order_by("name", "pk")
    return sorted(found, key=lambda each: each != staff)


def sees(assignee: Staff) -> set[int]:
    """Return the clients whose vouchers can be assigned to the person."""
    may = roles.may(assignee, NEEDED)
    return set(clients.visible(assignee).values_list("pk", flat=True)) if may else set()


def assign(vouchers: Iterable[Voucher], assignee: Staff | None, by: Staff) -> Assigned:
    """
    Give the vouchers to a person, or to nobody; their clients are read with them.

    :raises MayNotSee: the person does not work for one of the clients
    """
    wanted = list(vouchers)
    if assignee and not {voucher.connection.client_id for voucher in wanted} <= sees(assignee):
        raise MayNotSee
    move = uuid4()
    with transaction.atomic():
        found = [voucher for voucher in _locked(wanted) if voucher.assignee_id != (assignee and assignee.pk)]
        _give([(voucher, assignee) for voucher in found], by, move)
    log.info("voucher.assigned", staff=by.pk, count=len(found))
    return Assigned(len(found), move)


def undo(move: UUID, by: Staff) -> int:
    """Give back what `by` has just assigned, as far as nobody has assigned it since; return how many."""
    visible = list(clients.visible(by).values_list("pk", flat=True))
    entries = Entry.objects.filter(
        client_id__in=visible, actor_id=by.pk, kind__in=KINDS, at__gt=timezone.now() - UNDO, values__move=str(move)
    )
    told = {(entry.client_id, entry.target): entry.values for entry in entries}
    earlier = Staff.objects.in_bulk({values["from"] for values in told.values() if values["from"]})
    targets = [(client, target.removeprefix("voucher:")) for client, target in told]
    rows = Voucher.objects.filter(
        connection__client__in={client for client, _id in targets}, lexware_id__in=[each for _client, each in targets]
    )
    with transaction.atomic():
        back = [
            (voucher, earlier.get(values["from"]))
            for voucher in _locked(rows.select_related("connection__client"))
            if (values := told.get((voucher.connection.client_id, voucher.target)))
            and voucher.assignee_id == values["to"]
        ]
        _give(back, by, uuid4())
    return len(back)


def _locked(vouchers: Iterable[Voucher]) -> list[Voucher]:
    """Return them as they are now, each kept from others until the end of the transaction."""
    keys = [voucher.pk for voucher in vouchers]
    found: list[Voucher] = []
    for start in range(0, len(keys), AT_ONCE):
        some = Voucher.objects.select_related("connection__client", "assignee").only(*COLUMNS)
        found += some.filter(pk__in=keys[start : start + AT_ONCE]).select_for_update(of=("self",)).order_by("pk")
    return found


def _give(moves: Sequence[tuple[Voucher, Staff | None]], by: Staff, move: UUID) -> None:
    """Store who has what now, and tell of each."""
    wanted: dict[int | None, list[int]] = {}
    for voucher, assignee in moves:
        wanted.setdefault(assignee.pk if assignee else None, []).append(voucher.pk)
    for assignee_id, keys in wanted.items():
        for start in range(0, len(keys), AT_ONCE):
            Voucher.objects.filter(pk__in=keys[start : start + AT_ONCE]).update(assignee=assignee_id)
    activity.record_all(_told(voucher, assignee, by, move) for voucher, assignee in moves)


def _told(voucher: Voucher, assignee: Staff | None, by: Staff, move: UUID) -> Entry:
    before = voucher.assignee
    return activity.entry(
        Kind.VOUCHER_ASSIGNED if assignee else Kind.VOUCHER_UNASSIGNED,
        client=voucher.connection.client, by=by, target=voucher.target, name=voucher.number or voucher.contact_name,
        assignee=str(assignee or ""), before=str(before or ""), to=assignee and assignee.pk,
        move=str(move), **{"from": before and before.pk},
    )  # fmt: skip
