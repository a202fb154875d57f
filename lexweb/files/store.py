"""
Bytes at rest: encrypted, in the storage "receipts", each content in a folder of its own with all that was made of it.

Whoever needs bytes to stay refers to their blob by a foreign key of another model than `File`, as an open upload or
submission does; what only files refer to can be fetched again, and goes when nobody looked at it for a month.
"""

import contextlib
import hashlib
import os
import secrets
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

import structlog
from django.core.files import File as Opened
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import transaction
from django.utils import timezone

from lexweb.clients import troubles, vault
from lexweb.clients.models import Connection
from lexweb.files import sealing
from lexweb.files.models import Blob

CONTENT = "content"
IN_MEMORY = 1024 * 1024  # what is larger waits on disk, encrypted
A_DAY = timedelta(days=1)

log = structlog.get_logger(__name__)


class TooLarge(Exception):
    """More bytes came than were allowed; nothing of them is kept."""


class Unavailable(troubles.Trouble):
    """The storage is full, read-only, or cannot be reached; what is in it is as safe as before."""

    def __init__(self) -> None:
        super().__init__("storage")


class Lost(Exception):
    """The bytes are missing, altered, or sealed with a key that is gone."""


def put(connection: Connection, chunks: Iterable[bytes], *, media_type: str = "", most: int | None = None) -> Blob:
    """
    Store the bytes, and return what was made of them: hash and size are known then.

    The object is complete, and on disk, before there is a row for it: whatever breaks off leaves nothing that counts.

    :raises TooLarge: there are more than `most`
    :raises Unavailable: the storage does not take it
    """
    blob = Blob(connection=connection, media_type=media_type, key=_new_key(), secret=vault.seal(secrets.token_hex(32)))
    counted = _Counted(chunks, most)
    try:
        _write(blob, CONTENT, counted)
        with _storing():
            _settle(_name(blob, CONTENT))
        blob.size, blob.sha256 = counted.size, counted.sha256
        blob.save()
    except BaseException:
        erase(blob.key)
        raise
    return blob


def read(blob: Blob) -> bytes:
    """
    Return the whole content.

    :raises Lost: it is not there any more, or not what was put there
    :raises Unavailable: nobody can say at this moment
    """
    return b"".join(chunks(blob))


def chunks(blob: Blob) -> Iterator[bytes]:
    """
    Yield the content bit by bit; each bit is proven, that all of them are there only at the end.

    :raises Lost: it is not there any more, or not what was put there
    :raises Unavailable: nobody can say at this moment
    """
    _touch(blob)
    digest = hashlib.sha256()
    for chunk in _open(blob, CONTENT):
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != blob.sha256:
        raise Lost


def drop(blob: Blob) -> None:
    """Delete the row, and on commit the bytes with all that was made of them. Twice does no harm."""
    with transaction.atomic():
        Blob.objects.filter(pk=blob.pk).delete()
        transaction.on_commit(lambda: erase(blob.key))


def derived(blob: Blob, name: str, make: Callable[[bytes], bytes]) -> bytes:
    """
    Return what `make` makes of the content; it is kept beside it under the name, encrypted as well.

    :raises Lost: the content is gone
    """
    with contextlib.suppress(Lost):
        kept = b"".join(_open(blob, name))
        _touch(blob)
        return kept
    made = make(read(blob))
    with contextlib.suppress(Unavailable):  # it can be made again
        _erase_one(_name(blob, name))  # what could not be read, if anything
        _write(blob, name, [made])
    return made


def reseal() -> int:
    """Seal the keys of all blobs with the first of TOKEN_KEYS; the bytes stay as they are. Return how many are lost."""
    lost = 0
    for blob in Blob.objects.only("secret").iterator():
        try:
            Blob.objects.filter(pk=blob.pk).update(secret=vault.rotate(blob.secret))
        except vault.Unreadable:
            lost += 1
    return lost


def erase(key: str) -> None:
    """Remove a folder; what a crash, or a storage that fails, leaves of it goes when tidying.py comes by."""
    with contextlib.suppress(FileNotFoundError, Unavailable), _storing():
        for name in storage().listdir(key)[1]:
            _erase_one(f"{key}/{name}")
    _erase_one(key)  # a folder, where there are any


def storage() -> Storage:
    """Return where they are."""
    return storages["receipts"]


class _Counted:
    """Bytes on their way; once they are through, it knows how many there were and their hash."""

    def __init__(self, chunks: Iterable[bytes], most: int | None) -> None:
        self.size = 0
        self._chunks, self._most, self._digest = chunks, most, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.size += len(chunk)
            if self._most is not None and self.size > self._most:
                raise TooLarge
            self._digest.update(chunk)
            yield chunk

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def _new_key() -> str:
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


def _name(blob: Blob, name: str) -> str:
    return f"{blob.key}/{name}"


def _secret(blob: Blob) -> bytes:
    try:
        return bytes.fromhex(vault.unseal(blob.secret))
    except vault.Unreadable as problem:
        raise Lost from problem


def _write(blob: Blob, name: str, chunks: Iterable[bytes]) -> None:
    """Write one object; if somebody else wrote the same at the same time, theirs stays."""
    wanted = _name(blob, name)
    with SpooledTemporaryFile(IN_MEMORY) as waiting:
        for part in sealing.seal(chunks, _secret(blob), name):
            with _storing():
                waiting.write(part)
        with _storing():
            waiting.seek(0)
            written = storage().save(wanted, Opened(waiting, wanted))
    if written != wanted:
        _erase_one(written)


def _open(blob: Blob, name: str) -> Iterator[bytes]:
    secret = _secret(blob)
    try:
        sealed: IO[bytes]
        with _storing(), storage().open(_name(blob, name)) as sealed:
            yield from sealing.unseal(sealed, secret, name)
    except (FileNotFoundError, sealing.Altered) as problem:
        raise Lost from problem


@contextlib.contextmanager
def _storing() -> Iterator[None]:
    """
    Tell what is not there, as every storage says it, from a storage that fails in its own words.

    :raises Unavailable: it fails
    """
    try:
        yield
    except (FileNotFoundError, sealing.Altered):
        raise
    except Exception as problem:
        log.error("receipts.storage_failed", kind=type(problem).__name__, number=getattr(problem, "errno", None))
        raise Unavailable from problem


def _settle(name: str) -> None:
    """Have a file on the disk itself before anybody relies on it; other storages do that by themselves."""
    kept_in = storage()
    if not isinstance(kept_in, FileSystemStorage):
        return
    path = Path(kept_in.path(name))
    for each in (path, path.parent):
        number = os.open(each, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _touch(blob: Blob) -> None:
    """Note the use; once a day is enough."""
    if blob.used_at < timezone.now() - A_DAY:
        blob.used_at = timezone.now()
        Blob.objects.filter(pk=blob.pk).update(used_at=blob.used_at)


def _erase_one(name: str) -> None:
    with contextlib.suppress(FileNotFoundError, Unavailable), _storing():
        storage().delete(name)
