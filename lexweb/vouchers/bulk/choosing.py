"""What the list of a client's vouchers needs so that one can choose in it."""

from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet

from lexweb.clients.models import Connection
from lexweb.firm import roles
from lexweb.firm.models import Staff
from lexweb.firm.roles import Permission
from lexweb.outbox import selectors as outbox
from lexweb.outbox.selection import Selection
from lexweb.vouchers import kinds, listing
from lexweb.vouchers.models import Voucher

Row = tuple[Voucher, str, kinds.Badge]


def scope(connection: Connection) -> list[Any]:
    """Return whose vouchers the selection is made of: another organization's are others."""
    return ["vouchers", connection.pk, str(connection.organization_id)]


def chosen(connection: Connection, selection: Selection[listing.Query]) -> QuerySet[Voucher]:
    """Return what is chosen, as it is now."""
    if selection.query is not None:
        return listing.matching(connection, selection.query)
    return Voucher.objects.filter(connection=connection, pk__in=selection.ids)


def context(staff: Staff, connection: Connection, page: Page[Voucher], query: listing.Query) -> dict[str, Any]:
    """Return what selecting rows needs, and which of them are being changed at this moment."""
    under_way = outbox.under_way(connection, [voucher.target for voucher in page])
    may = may_choose(staff, connection)
    all_of_it: Selection[listing.Query] = Selection(query=query, count=page.paginator.count)
    return {
        "selectable": may,
        "all_of_search": all_of_it.signed(scope(connection)) if may else "",
        "under_way": under_way,
        "waiting": [voucher.pk for voucher in page if voucher.target in under_way],
    }


def may_choose(staff: Staff, connection: Connection) -> bool:
    """Say whether the person can do anything with what they would select."""
    return roles.may(staff, Permission.VOUCHER_EDIT) and connection.is_connected


def row(voucher: Voucher) -> Row:
    """Return a voucher as the list shows it."""
    return voucher, kinds.kind_text(voucher.kind), kinds.badge(voucher)
