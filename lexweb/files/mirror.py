"""Which files belong to which document."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from lexweb.clients import mirroring
from lexweb.clients.models import Connection
from lexweb.files import signals
from lexweb.files.models import Blob, File

REFUSED = ("forbidden", "plan", "tier")
OF_FILES = {*REFUSED, "missing", "not_ready", "too_large", "unexpected"}  # says nothing about the whole connection
AGAIN = timedelta(days=1)  # until a file that Lexware Office failed to send is asked for by itself again


def note(connection: Connection, voucher_id: UUID, ids: Sequence[UUID], *, rendered: str = "") -> None:
    """
    Note that a document has exactly these files, in this order. What is known of their contents stays.

    :param voucher_id: the id over there
    :param rendered: the resource that makes them, "" if they were uploaded
    """
    known = File.objects.filter(connection=connection, voucher_id=voucher_id).order_by("position")
    if [*known.values_list("lexware_id", "rendered")] == [(each, rendered) for each in ids]:
        return
    with transaction.atomic():
        mirroring.lock(connection)
        known.exclude(lexware_id__in=ids).delete()
        files = [
            File(connection=connection, lexware_id=each, voucher_id=voucher_id, position=position, rendered=rendered)
            for position, each in enumerate(dict.fromkeys(ids))
        ]
        File.objects.bulk_create(
            files, update_conflicts=True, unique_fields=["connection", "lexware_id"],
            update_fields=["voucher_id", "position", "rendered"],
        )  # fmt: skip


def forget(connection: Connection, voucher_id: UUID) -> bool:
    """Remove the files of a document that Lexware Office no longer knows; say whether there were any."""
    return bool(File.objects.filter(connection=connection, voucher_id=voucher_id).delete()[0])


def missing(connection: Connection) -> QuerySet[File]:
    """Return the files that are not here and that it makes sense to ask for without anybody asking us."""
    again = Q(problem="unavailable", problem_at__lt=timezone.now() - AGAIN)
    return File.objects.filter(Q(problem="") | again, connection=connection, blob=None)


def keep(file: File, blob: Blob, **columns: object) -> bool:
    """
    Make the blob the file's content and note what is in it; say whether it was taken: somebody may have been faster.

    :param columns: of `File`, what was found in it
    """
    empty = File.objects.filter(pk=file.pk, blob=None)
    taken = bool(empty.update(blob=blob, problem="", problem_at=None, **columns))
    if taken:
        signals.content_came.send(File, connection=file.connection, voucher_id=file.voucher_id)
    return taken


def pass_over(file: File, problem: str) -> None:
    """
    Note why a file could not be read, so that nobody asks for it again and again; see `missing`.

    What is refused by rights or plan is refused for all files of its kind, see `want_missing`.
    """
    without = File.objects.filter(connection=file.connection_id, blob=None)
    found = without.filter(rendered=file.rendered) if problem in REFUSED else without.filter(pk=file.pk)
    file.problem, file.problem_at = problem, timezone.now()
    found.update(problem=problem, problem_at=file.problem_at)


def want_missing(connection: Connection) -> int:
    """Want the files that were refused, now that rights or plan are others; return how many."""
    refused = File.objects.filter(connection=connection, problem__in=REFUSED)
    return refused.update(problem="", problem_at=None)
