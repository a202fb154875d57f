"""Doing the same with many vouchers of one client."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lexweb.clients.access import client_view
from lexweb.clients.models import Connection
from lexweb.firm.roles import Permission
from lexweb.outbox import selectors as outbox
from lexweb.outbox.selection import Selection, number
from lexweb.ui import htmx
from lexweb.ui.http import Request
from lexweb.vouchers import listing
from lexweb.vouchers.bulk import choosing, page
from lexweb.vouchers.models import Voucher


@require_POST
@client_view(Permission.VOUCHER_EDIT)
def bulk(request: Request) -> HttpResponse:
    """What was chosen in the client's list: say what to do, look, confirm."""
    connection = getattr(request.client, "connection", None)
    if connection is None:
        return htmx.page(request, "vouchers/unconnected.html", "rows")
    return page.respond(request, _origin(request, connection))


@require_POST
@client_view(Permission.VOUCHER_EDIT)
def undo(request: Request, move: UUID) -> HttpResponse:
    """Take an assignment back."""
    return page.undo(request, move, listed=_list(request))


@client_view(Permission.VOUCHER_VIEW)
def under_way(request: Request) -> HttpResponse:
    """The rows that said "being sent", as they are now; asked for again until none says so."""
    connection = getattr(request.client, "connection", None)
    ids = Selection.of_ids(request.GET.getlist("id")[: listing.PER_PAGE], number).ids
    rows = list(Voucher.objects.filter(connection=connection, pk__in=ids)) if connection else []
    targets = outbox.under_way(connection, [row.target for row in rows]) if connection else set()
    context = {
        "rows": [choosing.row(row) for row in rows],
        "under_way": targets,
        "waiting": [row.pk for row in rows if row.target in targets],
        "selectable": connection is not None and choosing.may_choose(request.user, connection),
    }
    return htmx.page(request, "vouchers/under_way.html", "under-way", context)


def _origin(request: Request, connection: Connection) -> page.Origin[listing.Query]:
    slug = request.client.slug
    return page.Origin(
        scope=choosing.scope(connection),
        query=listing.Query,
        vouchers=lambda selection: choosing.chosen(connection, selection),
        title=_("Vouchers"),
        here=reverse("vouchers:bulk", args=[slug]),
        listed=_list(request),
        undo=lambda move: reverse("vouchers:undo_assigning", args=[slug, move]),
    )


def _list(request: Request) -> str:
    return reverse("vouchers:list", args=[request.client.slug])
