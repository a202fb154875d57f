"""
Records that a whole pass did not show: each is asked for by itself, and removed only when Lexware Office says so.

One that is answered in an odd way is left as it is: it must not keep a pass from its end.
"""

from datetime import datetime
from uuid import UUID

import structlog
from django.utils import timezone

from lexweb.clients.gateway import Office
from lexweb.clients.mirroring import Foreign
from lexweb.clients.models import Connection
from lexweb.clients.steps import Storing
from lexweb.lexware import errors
from lexweb.sync.records import Records

log = structlog.get_logger(__name__)


def unseen(records: Records, connection: Connection, since: datetime) -> UUID | None:
    """Return any record that was not shown since: to have them in an order would mean to sort them all."""
    rows = records.model._default_manager.filter(records.listed, connection=connection, seen_at__lt=since).order_by()
    found: UUID | None = next(iter(rows.values_list("lexware_id", flat=True)[:1]), None)
    return found


def ask(records: Records, office: Office, connection: Connection, record: UUID, storing: Storing) -> bool:
    """Ask for a record; return whether it was gone, and has been removed here."""
    asked_at = timezone.now()
    row = records.model._default_manager.filter(connection=connection, lexware_id=record)
    try:
        store = records.read(office, connection, record)
    except (errors.Rejected, errors.Unexpected) as error:
        log.warning("sync.record_skipped", kind=type(error).__name__)
        with storing():
            row.update(seen_at=asked_at)
        return False
    except errors.NotFound:
        return _forget(records, connection, record, storing)
    except errors.Forbidden:
        # What belongs to another organization may be answered so (oauth-and-partner.md, chapter 5). A lost right is,
        # too: then no page can be read either, and this ends the pass.
        office.contacts.page(size=1)
        return _forget(records, connection, record, storing)
    try:
        with storing():
            store()
            row.filter(seen_at__lt=asked_at).update(seen_at=asked_at)  # older than what stands here, so not stored
    except Foreign:
        return _forget(records, connection, record, storing)
    return False


def _forget(records: Records, connection: Connection, record: UUID, storing: Storing) -> bool:
    with storing():
        records.forget(connection, record)
    return True
