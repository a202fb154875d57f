"""Large files on their way: never in memory as a whole."""

import io
import re
import socket
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lexweb.lexware.office import ApiKey, NoPace, Office
from lexweb.lexware.transfers import Upload
from tests.contract import schema

FIVE_MB = 5 * 1024 * 1024
ALLOWED = FIVE_MB // 5  # bytes of memory on the way of 5 MB: buffers, and httpx itself; half a megabyte as measured
RESULT = schema.sample("files.upload.response")


class Counted(io.RawIOBase):
    """A file of 5 MB that exists nowhere, and what was asked of it."""

    def __init__(self) -> None:
        self.at = 0

    def read(self, size: int = -1) -> bytes:
        count = FIVE_MB - self.at if size < 0 else min(size, FIVE_MB - self.at)
        self.at += count
        return b"x" * count

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset + (0, self.at, FIVE_MB)[whence]
        return self.at

    def tell(self) -> int:
        return self.at


class Nowhere:
    """Somewhere to write to that keeps nothing."""

    def __init__(self) -> None:
        self.size = 0
        self.largest = 0

    def write(self, chunk: bytes) -> int:
        self.size += len(chunk)
        self.largest = max(self.largest, len(chunk))
        return len(chunk)


@contextmanager
def far_end(answer: bytes, repeat: int = 0) -> Iterator[tuple[str, list[int]]]:
    """Serve one request with little memory: count its bytes, answer, and send `repeat` bytes more."""
    taken: list[int] = []

    def run(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        connection.settimeout(20)
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                head += _some(connection.recv(1))
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            missing, buffer = int(length[1]) if length else 0, bytearray(65_536)
            taken.append(missing)
            while missing:
                missing -= _some(connection.recv_into(buffer))
            connection.sendall(answer)
            for _ in range(repeat // len(buffer)):
                connection.sendall(buffer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=run, args=(listener,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", taken
        thread.join(5)


def _some(read):
    """Raise at the end of what is read, which would never be enough."""
    if not read:
        raise EOFError
    return read


@contextmanager
def measured() -> Iterator[list[int]]:
    peak: list[int] = []
    tracemalloc.start()
    try:
        yield peak
        peak.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("voucher", [None, RESULT["voucherId"]])
def test_five_megabytes_up(answer, voucher):
    with far_end(answer(202, RESULT)) as (url, taken), Office(url, credentials=ApiKey("k"), pace=NoPace()) as office:
        upload = Upload("beleg.pdf", "application/pdf", Counted)
        with measured() as peak:
            result = office.vouchers.attach(voucher, upload) if voucher else office.files.upload(upload)
    assert str(result.id) == RESULT["id"]
    assert taken[0] > FIVE_MB
    assert peak[0] < ALLOWED


def test_five_megabytes_down():
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: {FIVE_MB}\r\n\r\n".encode()
    target = Nowhere()
    with (
        far_end(head, FIVE_MB) as (url, _),
        Office(url, credentials=ApiKey("k"), pace=NoPace()) as office,
        measured() as peak,
        office.files.download(RESULT["id"]) as download,
    ):
        assert download.size == FIVE_MB
        assert download.save(target) == FIVE_MB
    assert target.size == FIVE_MB
    assert peak[0] < ALLOWED


def test_an_upload_names_its_type(stage, office, answer):
    stage.play(answer(202, RESULT))
    result = office.files.upload(Upload("Größe.pdf", "application/pdf", lambda: io.BytesIO(b"%PDF-1.7")))
    assert str(result.voucher_id) == RESULT["voucherId"]
    body = stage.heard[0].body
    assert b'name="type"\r\n\r\nvoucher\r\n' in body
    assert 'filename="Größe.pdf"'.encode() in body
    assert b"%PDF-1.7" in body


@pytest.mark.parametrize("accept", ["*/*", "application/pdf", "application/xml"])
def test_a_download_says_what_it_wants(stage, office, answer, accept):
    stage.play(answer(200, b"<Invoice/>", Content_Type="application/xml"))
    with office.files.download(RESULT["id"], accept=accept) as download:
        assert b"".join(download.chunks()) == b"<Invoice/>"
    assert stage.heard[0].headers["accept"] == accept
    assert stage.heard[0].target == f"/v1/files/{RESULT['id']}"


def test_the_status_is_kept_as_it_comes(stage, office, answer):
    stage.play(answer(200, {"status": "upload_success", "more": [1]}))
    assert office.files.status(RESULT["id"]).payload() == {"status": "upload_success", "more": [1]}
