"""Receipts of the queue, as rows."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.vouchers.models import Voucher
from tests.sync import made_up


def receipt(connection: Connection, number: str, *, days: int = 0, **values: Any) -> Voucher:
    """Return a purchase invoice to be reviewed, of so many days ago, with one image."""
    day = timezone.localdate() - timedelta(days=days)
    given = {
        "kind": "purchaseinvoice", "status": "unchecked", "number": number, "voucher_on": day, "listed_on": day,
        "due_on": None, "search": f"{number} muster gmbh".lower(), "file_count": 1,
    }  # fmt: skip
    return made_up.voucher(connection, **given | values)
