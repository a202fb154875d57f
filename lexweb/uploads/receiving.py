"""
Files as they come over the line: one at a time in memory, nothing on the disk that is not sealed.

Django's own way would hold large ones in a folder of the system, in the clear, before anybody is asked.
"""

import hashlib
from dataclasses import dataclass, field
from io import BufferedIOBase
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParserError

from lexweb.clients.models import Connection
from lexweb.files import inspecting, store
from lexweb.files.models import Blob
from lexweb.ui.http import Request

MOST = 256 * 1024 * 1024  # bytes of one request; more is not even read
LARGEST = 2**31 - 1  # bytes that a column holds


class TooMuch(Exception):
    """More than one request may bring."""


class BrokenOff(Exception):
    """The connection ended, or what came is no form; nothing of the last file is kept."""


@dataclass
class Arrived:
    """One file; `blob` is None if there is nothing in it, or more than Lexware Office takes."""

    name: str
    size: int
    sha256: str
    blob: Blob | None


@dataclass
class Delivery:
    """What a request brought."""

    files: list[Arrived]
    fields: QueryDict = field(repr=False)

    def throw_away(self) -> None:
        """Keep nothing of it."""
        for file in self.files:
            if file.blob:
                store.drop(file.blob)


class _Taking(FileUploadHandler):
    """Puts each file into the store as soon as it is whole."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self.arrived: list[Arrived] = []
        self._connection = connection

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._bytes, self._size, self._digest = bytearray(), 0, hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._size += len(raw_data)
        self._digest.update(raw_data)
        if self._size <= inspecting.MOST:
            self._bytes += raw_data
        else:
            self._bytes.clear()  # read past the rest: a sentence is a better answer than a broken connection
        return None

    def file_complete(self, file_size: int) -> None:
        blob = store.put(self._connection, [bytes(self._bytes)]) if self._bytes else None
        self._bytes.clear()
        self.arrived.append(Arrived(self.file_name or "", self._size, self._digest.hexdigest(), blob))


class _Line(BufferedIOBase):
    """Counts what comes in: a line that breaks off looks like a short file otherwise."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        self._request = request
        self.count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data: bytes = self._request.read(-1 if size is None else size)
        self.count += len(data)
        return data


def take(request: Request, connection: Connection) -> Delivery:
    """
    Read the request.

    :raises TooMuch: it announces more than one request may bring
    :raises BrokenOff: it did not arrive as a whole
    :raises Unavailable: of the store
    """
    announced = int(request.META.get("CONTENT_LENGTH") or 0)
    if announced > MOST:
        raise TooMuch
    taking = _Taking(connection)
    try:
        fields = _read(request, taking, announced)
    except BaseException:
        Delivery(taking.arrived, QueryDict()).throw_away()
        raise
    delivery = Delivery(taking.arrived, fields)
    if too_large := _named(fields):
        delivery.files.append(too_large)
    return delivery


def _read(request: Request, taking: _Taking, announced: int) -> QueryDict:
    """Have the files taken; return what else there is."""
    request.upload_handlers = [taking]
    line = _Line(request)
    try:
        fields, _files = request.parse_file_upload(request.META, line)
    except (MultiPartParserError, OSError) as error:
        raise BrokenOff from error
    except (TooManyFilesSent, TooManyFieldsSent, RequestDataTooBig) as error:
        raise TooMuch from error
    if line.count < announced:
        raise BrokenOff
    return fields


def _named(fields: QueryDict) -> Arrived | None:
    """Return what our script did not even send, as it is too large; known by name and size, as nobody has its bytes."""
    name, size = fields.get("name", ""), fields.get("size", "")
    if not (name and size.isdecimal() and inspecting.MOST < int(size) <= LARGEST):
        return None
    return Arrived(name, int(size), hashlib.sha256(f"{size} {name}".encode()).hexdigest(), None)
