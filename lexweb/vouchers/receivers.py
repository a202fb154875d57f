"""What vouchers do when something below them has happened."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from lexweb.clients.models import Connection
from lexweb.files import signals
from lexweb.files.models import File
from lexweb.vouchers.duplicates import finding as duplicates
from lexweb.vouchers.models import Voucher


@receiver(signals.content_came)
def look_for_twins(sender: type[File], connection: Connection, voucher_id: UUID, **_: Any) -> None:
    """Find out whether another document has the same file."""
    duplicates.touched(connection, Voucher.objects.filter(connection=connection, lexware_id=voucher_id))
