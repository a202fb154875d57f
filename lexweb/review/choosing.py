"""What the review queue needs so that one can choose in it, over all clients."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet

from lexweb.firm import roles
from lexweb.firm.models import Staff
from lexweb.firm.roles import Permission
from lexweb.outbox import selectors as outbox
from lexweb.outbox.selection import Selection
from lexweb.review import queue
from lexweb.review.filters import Filters
from lexweb.vouchers.models import Voucher


def scope(staff: Staff) -> list[Any]:
    """Return whose queue the selection is made in."""
    return ["review", staff.pk]


def filters(**stored: Any) -> Filters:
    """Return the filters from what was signed: JSON knows no tuples."""
    return Filters(**stored | {"client": tuple(stored["client"])})


def chosen(of: queue.Scope, selection: Selection[Filters]) -> QuerySet[Voucher]:
    """Return what is chosen, as it is now: of clients that the person sees by now."""
    if selection.query is not None:
        return queue.matching(of, selection.query)
    return Voucher.objects.filter(connection__in=list(of.places), pk__in=selection.ids)


def context(staff: Staff, page: Page[Voucher], query: Filters) -> dict[str, Any]:
    """Return what selecting rows needs, and which of them are being changed at this moment."""
    may = roles.may(staff, Permission.VOUCHER_EDIT)
    all_of_it: Selection[Filters] = Selection(query=query, count=page.paginator.count)
    waiting = under_way(page)
    return {
        "selectable": may,
        "all_of_search": all_of_it.signed(scope(staff)) if may else "",
        "under_way": waiting,
        "waiting": [voucher.pk for voucher in page if voucher.pk in waiting],
    }


def under_way(vouchers: Iterable[Voucher]) -> set[int]:
    """Return which of these are being changed at this moment."""
    records = {(voucher.connection_id, voucher.target): voucher.pk for voucher in vouchers}
    return {records[record] for record in outbox.under_way_of(records)} if records else set()
