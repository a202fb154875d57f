"""Reading the content of a file from Lexware Office (behaviour.md, chapter 9)."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from lexweb.clients import troubles
from lexweb.clients.gateway import Office
from lexweb.files import inspecting, mirror, store
from lexweb.files.models import Blob, File
from lexweb.lexware.transfers import Download

MOST = 32 * 1024 * 1024  # bytes; uploads have 5 MiB, rendered documents may be larger


@dataclass(frozen=True)
class Fetched:
    """A content that is here but belongs to no file yet, and what is in it."""

    blob: Blob
    seen: inspecting.Seen


def fetch(office: Office, file: File) -> Fetched:
    """
    Read a file in one request.

    :raises LexwareError: as it comes
    :raises TooLarge: we keep none of that size
    :raises Trouble: it cannot be stored, or looked into, at this moment
    """
    with _download(office, file) as download:
        blob = store.put(file.connection, download.chunks(), media_type=download.media_type[:40], most=MOST)
    try:
        return Fetched(blob, inspecting.look(store.read(blob)))
    except troubles.Trouble:
        store.drop(blob)
        raise


def keep(file: File, fetched: Fetched) -> None:
    """Make it the file's content; if somebody was faster, or the file is gone, what was read is dropped."""
    seen, blob = fetched.seen, fetched.blob
    taken = mirror.keep(
        file, blob, media_type=seen.media_type or blob.media_type or "application/octet-stream", size=seen.size,
        sha256=seen.sha256, pages=seen.pages, profile=seen.profile,
    )  # fmt: skip
    if not taken:
        store.drop(blob)


def _download(office: Office, file: File) -> AbstractContextManager[Download]:
    """Open the original: XML where the document is XML."""
    if not file.rendered:
        return office.files.download(file.lexware_id, accept="*/*")
    documents = getattr(office, file.rendered.replace("-", "_"))
    opened: AbstractContextManager[Download] = documents.file(file.voucher_id)
    return opened
