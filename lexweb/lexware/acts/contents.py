"""Is this file the one we sent?"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from lexweb.lexware import errors
from lexweb.lexware.api.files import FilesEndpoint
from lexweb.lexware.transfers import Upload

CHUNK = 64 * 1024


def among(files: FilesEndpoint, ids: Iterable[UUID], upload: Upload) -> UUID | None:
    """Return the first file with the content of the upload; each is downloaded, none is kept."""
    sent = _sent(upload)
    return next((file_id for file_id in ids if _stored(files, file_id) == sent), None)


def _sent(upload: Upload) -> bytes:
    with upload.open() as stream:
        return _digest(iter(lambda: stream.read(CHUNK), b""))


def _stored(files: FilesEndpoint, file_id: UUID) -> bytes | None:
    try:
        with files.download(file_id) as download:
            return _digest(download.chunks())
    except errors.NotFound:
        return None


def _digest(chunks: Iterator[Any]) -> bytes:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.digest()
