"""What people do with uploads: bring them in, decide, send them, put them aside."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from lexweb.clients import troubles
from lexweb.clients.models import Connection
from lexweb.files import inspecting, naming, store
from lexweb.files.models import Blob
from lexweb.firm.models import Staff
from lexweb.outbox import services as outbox
from lexweb.outbox.models import Batch, Item
from lexweb.uploads import acts, comparing, selectors
from lexweb.uploads.models import Upload
from lexweb.uploads.receiving import Arrived

log = structlog.get_logger(__name__)

State = Upload.State
KEPT = timedelta(days=30)
LONGEST_NAME = 120  # bytes
UNNAMED = "Beleg"
OPEN = (State.READY, State.ASKING, State.QUEUED)


class NothingReady(Exception):
    """None of them may be sent: somebody else has sent or put aside all of them."""


def bring(connection: Connection, arrived: Arrived, *, by: Staff) -> tuple[Upload, bool]:
    """
    Make an upload of a file that has arrived; say whether it is new.

    The same bytes again are the upload that is here already, unless somebody has put that aside, or deleted over there
    what had become of it.

    :raises Trouble: nobody could look into it; nothing of it is kept
    """
    known = _known(connection, arrived.sha256)
    if known is None:
        try:
            upload = _made(connection, arrived, by=by)  # outside of the transaction: to look into a file takes its time
        except troubles.Trouble:
            if arrived.blob:
                store.drop(arrived.blob)
            raise
        try:
            with transaction.atomic():
                if upload.invoice_key:
                    comparing.ask_about_other_files(connection, upload)
                upload.save(force_insert=True)
        except IntegrityError:  # somebody brought the same at the same moment
            known = Upload.objects.get(connection=connection, sha256=arrived.sha256, state__in=OPEN)
    if arrived.blob and (known or upload.state == State.REFUSED):
        store.drop(arrived.blob)
    return (known, False) if known else (upload, True)


def send(connection: Connection, uploads: Collection[Upload], *, by: Staff, batch_id: UUID) -> Batch:
    """
    Put uploads that may be sent into the outbox, each once.

    :param batch_id: made with the page, so that pressing the button twice makes one batch
    :raises NothingReady: there is nothing to send
    """
    if earlier := Batch.objects.filter(pk=batch_id, connection=connection, act=acts.NAME).first():
        return earlier
    with transaction.atomic():
        ready = list(_ready(connection, uploads).select_for_update().order_by("created_at", "pk"))
        if not ready:
            raise NothingReady
        wanted = [outbox.Wanted(acts.target(each), each.name, acts.wish(each)) for each in ready]
        batch = outbox.put(connection, acts.NAME, wanted, wish={"count": len(ready)}, by=by, batch_id=batch_id)
        items = {item.own_wish["upload"]: item for item in batch.items.all()}
        queued = [each for each in ready if str(each.pk) in items]
        for each in queued:
            each.state, each.item = State.QUEUED, items[str(each.pk)]
        Upload.objects.bulk_update(queued, ["state", "item"], batch_size=500)
    log.info("uploads.sent", batch=str(batch.pk), count=len(ready))
    return batch


def allow(connection: Connection, uploads: Collection[Upload]) -> int:
    """Send it although it may be a duplicate: a person has looked. Return how many that were."""
    return _mine(connection, uploads).filter(state=State.ASKING).update(state=State.READY)


def discard(connection: Connection, uploads: Collection[Upload]) -> int:
    """Put aside what is not to be sent; its bytes go. Return how many that were."""
    with transaction.atomic():
        waiting = Q(state__in=[State.READY, State.ASKING, State.REFUSED])
        going = list(_mine(connection, uploads).filter(waiting).select_for_update())
        blobs = [each.blob for each in going if each.blob]
        _mine(connection, going).update(state=State.DISCARDED, blob=None, finished_at=timezone.now())
        for blob in blobs:
            store.drop(blob)
    return len(going)


def attach(connection: Connection, uploads: Collection[Upload], voucher_id: UUID | None) -> int:
    """Let them be attached to a voucher over there, or become new ones; return how many that were."""
    waiting = _mine(connection, uploads).filter(state__in=[State.READY, State.ASKING])
    return waiting.update(target_id=voucher_id)


def bring_home(connection: Connection) -> None:
    """What was taken back in the outbox waits here again."""
    back = Upload.objects.filter(connection=connection, state=State.QUEUED)
    back = back.filter(Q(item__isnull=True) | Q(item__state=Item.State.CANCELLED))
    back.update(state=State.READY, item=None)


def start_over(connection: Connection) -> None:
    """The connection belongs to another organization now: what was done is not there, and nothing is on its way."""
    mine = Upload.objects.filter(connection=connection)
    with transaction.atomic():
        mine.filter(state=State.DONE).delete()
        mine.filter(state=State.QUEUED).update(state=State.READY, item=None)
        mine.filter(state__in=[State.READY, State.ASKING]).update(target_id=None, suspicions=[], state=State.READY)


def forget_old(now: datetime | None = None) -> int:
    """Remove what has long been refused, put aside or done; never what waits, or its bytes. Return how many."""
    over = Upload.objects.filter(state__in=[State.REFUSED, State.DISCARDED, State.DONE])
    return over.filter(finished_at__lt=(now or timezone.now()) - KEPT).delete()[0]


def _known(connection: Connection, sha256: str) -> Upload | None:
    same = Upload.objects.filter(connection=connection, sha256=sha256).exclude(state=State.DISCARDED)
    found = same.order_by(F("finished_at").desc(nulls_first=True), "-created_at").first()
    return None if found is not None and selectors.is_gone(found) else found


def _made(connection: Connection, arrived: Arrived, *, by: Staff) -> Upload:
    seen = _look(arrived)
    upload = Upload(
        connection=connection, staff=by, size=arrived.size, sha256=arrived.sha256,
        name=naming.safe(arrived.name, most=LONGEST_NAME) or UNNAMED,
        media_type=seen.media_type, pages=seen.pages, profile=seen.profile, reason=seen.problem,
    )  # fmt: skip
    if seen.problem or arrived.blob is None:
        upload.state, upload.finished_at = State.REFUSED, timezone.now()
        return upload
    upload.invoice_key, upload.warnings = comparing.invoice_key(seen.invoice), list(seen.warnings)
    upload.suspicions = comparing.suspicions(connection, seen)
    upload.state = State.ASKING if upload.suspicions else State.READY
    upload.blob = arrived.blob
    Blob.objects.filter(pk=arrived.blob.pk).update(media_type=seen.media_type)
    return upload


def _look(arrived: Arrived) -> inspecting.Seen:
    if arrived.blob is None:
        problem = "too_large" if arrived.size else "empty"
        return inspecting.Seen("", arrived.size, arrived.sha256, problem=problem)
    return inspecting.look(store.read(arrived.blob))


def _mine(connection: Connection, uploads: Collection[Upload]) -> QuerySet[Upload]:
    return Upload.objects.filter(connection=connection, pk__in=[each.pk for each in uploads])


def _ready(connection: Connection, uploads: Collection[Upload]) -> QuerySet[Upload]:
    return _mine(connection, uploads).filter(state=State.READY)
