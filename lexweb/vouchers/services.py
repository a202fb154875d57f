"""What people do with documents of the mirror."""

from dataclasses import dataclass

from django.utils import timezone

from lexweb.clients import gateway, mirroring, troubles
from lexweb.vouchers import mirror, reading
from lexweb.vouchers.models import Voucher


class Gone(Exception):
    """The document no longer exists in Lexware Office."""


@dataclass(frozen=True)
class Opened:
    """A document as new as it can be had; `trouble` says why it is not newer, or has no detail."""

    voucher: Voucher
    trouble: troubles.Trouble | None = None


def opened(voucher: Voucher) -> Opened:
    """
    Return a document that a person opens: read right now if its detail or payments are not here, or not new.

    :raises Gone: it was deleted in Lexware Office
    """
    if not voucher.wanted and not voucher.payment_wanted:
        return Opened(voucher)
    trouble = None
    try:
        _read(voucher)
    except gateway.NotFound as error:
        mirror.forget(voucher.connection, voucher.lexware_id)
        raise Gone from error
    except mirroring.Foreign as error:
        raise Gone from error
    except troubles.Trouble as problem:
        trouble = problem
    newest = Voucher.objects.select_related("connection__client", "detail").filter(pk=voucher.pk).first()
    if newest is None:
        raise Gone
    return Opened(newest, trouble)


def _read(voucher: Voucher) -> None:
    """
    Read what is wanted, and store it.

    :raises NotFound: it was deleted
    """
    connection = voucher.connection
    with gateway.open_office(connection, passing=(gateway.NotFound,)) as office:
        if voucher.wanted:
            asked_at = timezone.now()
            payload = reading.detail(office, voucher.kind, voucher.lexware_id)
            voucher = mirror.store_detail(connection, voucher.kind, payload, asked_at=asked_at)
        if voucher.payment_wanted:
            asked_at = timezone.now()
            try:
                payment = reading.payment(office, voucher.lexware_id)
            except gateway.NotFound:
                mirror.doubt(voucher)
            else:
                mirror.store_payment(voucher, payment, asked_at=asked_at)
