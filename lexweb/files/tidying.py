"""
What goes from the storage by itself: what can be fetched again and nobody looked at, and what no row knows.

Whoever needs bytes to stay says so by a foreign key, see store.py.
"""

import contextlib
import re
from datetime import timedelta

from django.db import transaction
from django.db.models import ForeignObjectRel
from django.utils import timezone

from lexweb.files import store
from lexweb.files.models import Blob, File

UNUSED = timedelta(days=30)
ORPHANED = timedelta(days=1)


def tidy() -> int:
    """Drop what was fetched and not used for long, and what no row knows; return how many went. A daily chore."""
    unused = [*Blob.objects.filter(used_at__lt=timezone.now() - UNUSED).values_list("pk", flat=True)]
    return sum(_drop_unused(each) for each in unused) + sum(_drop_orphans(shard) for shard in _shards())


def _drop_unused(pk: int) -> bool:
    """Drop a blob that nobody needs; whoever takes it meanwhile waits for the lock, or keeps it."""
    with transaction.atomic():
        blob = Blob.objects.select_for_update().filter(pk=pk).first()
        if blob is None or _is_needed(blob):
            return False
        store.drop(blob)
    return True


def _is_needed(blob: Blob) -> bool:
    """Say whether anything but files refers to it."""
    relations = [each for each in Blob._meta.get_fields(include_hidden=True) if isinstance(each, ForeignObjectRel)]
    return any(
        relation.field.model._default_manager.filter(**{relation.field.name: blob.pk}).exists()
        for relation in relations
        if relation.field.model is not File
    )


def _shards() -> list[str]:
    with contextlib.suppress(FileNotFoundError):
        return [name for name in store.storage().listdir("")[0] if re.fullmatch("[0-9a-f]{2}", name)]
    return []


def _drop_orphans(shard: str) -> int:
    """Remove folders without a row; a young one may be about to get it."""
    there = {f"{shard}/{name}" for name in store.storage().listdir(shard)[0]}
    known = Blob.objects.filter(key__startswith=f"{shard}/").values_list("key", flat=True)
    orphans = [key for key in there.difference(known) if _is_old(key)]
    for key in orphans:
        store.erase(key)
    return len(orphans)


def _is_old(key: str) -> bool:
    storage = store.storage()
    names = [f"{key}/{name}" for name in storage.listdir(key)[1]] or [key]
    try:
        return max(map(storage.get_modified_time, names)) < timezone.now() - ORPHANED
    except FileNotFoundError:  # somebody else just removed it
        return False
