"""Doing the same with many receipts of the queue, whichever client they are of."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lexweb.firm import roles
from lexweb.firm.access import staff_view
from lexweb.firm.roles import Permission
from lexweb.outbox.selection import Selection, number
from lexweb.review import choosing, presenting, queue
from lexweb.review.filters import Filters
from lexweb.ui import htmx
from lexweb.ui.http import Request
from lexweb.vouchers.bulk import page as bulk_page
from lexweb.vouchers.models import Voucher


@require_POST
@staff_view(Permission.VOUCHER_EDIT)
def bulk(request: Request) -> HttpResponse:
    """What was chosen in the queue: say what to do, look, confirm."""
    return bulk_page.respond(request, _origin(request))


@require_POST
@staff_view(Permission.VOUCHER_EDIT)
def undo(request: Request, move: UUID) -> HttpResponse:
    """Take an assignment back."""
    return bulk_page.undo(request, move, listed=reverse("review:list"))


@staff_view(Permission.VOUCHER_VIEW)
def under_way(request: Request) -> HttpResponse:
    """The rows that said "being sent", as they are now; asked for again until none says so."""
    of = queue.scope(request.user)
    ids = Selection.of_ids(request.GET.getlist("id")[: queue.PER_PAGE], number).ids
    vouchers = list(Voucher.objects.filter(connection__in=list(of.places), pk__in=ids).select_related("assignee"))
    people = {voucher.assignee.pk: voucher.assignee.name for voucher in vouchers if voucher.assignee}
    still = choosing.under_way(vouchers)
    context = {
        "rows": presenting.rows(vouchers, of, people, Filters()),
        "under_way": still,
        "waiting": [voucher.pk for voucher in vouchers if voucher.pk in still],
        "selectable": roles.may(request.user, Permission.VOUCHER_EDIT),
    }
    return htmx.page(request, "review/under_way.html", "under-way", context)


def _origin(request: Request) -> bulk_page.Origin[Filters]:
    of = queue.scope(request.user)
    return bulk_page.Origin(
        scope=choosing.scope(request.user),
        query=choosing.filters,
        vouchers=lambda selection: choosing.chosen(of, selection),
        title=_("Review queue"),
        here=reverse("review:bulk"),
        listed=reverse("review:list"),
        undo=lambda move: reverse("review:undo_assigning", args=[move]),
    )
