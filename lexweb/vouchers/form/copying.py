"""What an earlier voucher says about the next one of the same supplier."""

from uuid import UUID

from lexweb.clients.models import Connection
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import fields

SHOWN = 5
OWN = ("voucher_number", "voucher_date", "shipping_date", "due_date", "remark")  # each voucher has its own


def earlier(connection: Connection, contact_id: UUID) -> list[Voucher]:
    """Return the newest bookkeeping vouchers of a contact that have lines, with `detail`; archived ones left out."""
    found = Voucher.objects.filter(connection=connection, contact_id=contact_id, kind__in=fields.KINDS)
    found = found.filter(archived=False, detail__raw__isnull=False).exclude(status="voided")
    newest = found.select_related("connection__client", "detail").order_by("-listed_on", "-pk")
    return [voucher for voucher in newest[: SHOWN * 4] if voucher.detail.raw.get("voucherItems")][:SHOWN]


def values_of(voucher: Voucher) -> fields.Values:
    """Return what a new voucher takes over: all but number, days and remark. Needs `detail`."""
    return fields.read(voucher.detail.raw) | dict.fromkeys(OWN, "")
