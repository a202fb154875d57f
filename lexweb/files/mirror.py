"""Which files belong to which document."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from lexweb.clients import mirroring
from lexweb.clients.models import Connection
from lexweb.files.models import File


def note(connection: Connection, voucher_id: UUID, ids: Sequence[UUID]) -> None:
    """
    Note that a document has exactly these files, in this order. What is known of their contents stays.

    :param voucher_id: the id over there
    """
    known = File.objects.filter(connection=connection, voucher_id=voucher_id).order_by("position")
    if [*known.values_list("lexware_id", flat=True)] == [*ids]:
        return
    with transaction.atomic():
        mirroring.lock(connection)
        known.exclude(lexware_id__in=ids).delete()
        files = [
            File(connection=connection, lexware_id=each, voucher_id=voucher_id, position=position)
            for position, each in enumerate(dict.fromkeys(ids))
        ]
        File.objects.bulk_create(
            files, update_conflicts=True, unique_fields=["connection", "lexware_id"],
            update_fields=["voucher_id", "position"],
        )  # fmt: skip


def forget(connection: Connection, voucher_id: UUID) -> bool:
    """Remove the files of a document that Lexware Office no longer knows; say whether there were any."""
    return bool(File.objects.filter(connection=connection, voucher_id=voucher_id).delete()[0])
