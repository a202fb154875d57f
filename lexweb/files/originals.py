"""The bytes as they came in, handed out; nothing in them may run, wherever the browser puts them."""

from base64 import b64encode
from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from lexweb.files import store
from lexweb.files.models import Blob


def respond(blob: Blob, name: str, media_type: str) -> StreamingHttpResponse:
    """
    Return the content as a download, with its hash.

    :raises Lost: of the store; before the answer begins, as afterwards nobody can say so any more
    """
    rest = store.chunks(blob)
    first = next(rest, b"")
    response = StreamingHttpResponse(_joined(first, rest), content_type=media_type or "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Length"] = str(blob.size)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(blob.sha256)).decode()}:"
    return response


def _joined(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
