"""Where a request's body ends: after so many bytes, or after the last chunk (RFC 9112, chapters 6 and 7)."""

from io import BufferedIOBase

LONGEST_LINE = 8_192  # bytes of a chunk's size with its extensions, or of a trailer
LARGEST = 64 * 1024 * 1024  # bytes of a body in chunks; ten times what the API takes


class Broken(ValueError):
    """The body does not follow the rules; where the next request begins is unknown."""


class UnknownCoding(ValueError):
    """The body is sent in another way than whole or in chunks."""


def read(coding: str | None, length: str | None, stream: BufferedIOBase) -> bytes:
    """
    The whole body, of a request whose head names this Transfer-Encoding and this Content-Length.

    Clients that stream what they send do not know its length and send chunks.

    :raises Broken: no length, it ends too early, or it is too large
    :raises UnknownCoding: in words of the client's own
    """
    if coding:
        if coding.strip().lower() != "chunked":
            raise UnknownCoding(coding)
        return _chunks(stream)
    if length and not length.isdecimal():
        raise Broken(length)
    return stream.read(int(length or 0))


def _chunks(stream: BufferedIOBase) -> bytes:
    """Extensions of chunks and trailers are ignored."""
    body = bytearray()
    while size := _size(_line(stream)):
        if len(body) + size > LARGEST:
            raise Broken("too large")
        chunk = stream.read(size)
        if len(chunk) < size or _line(stream):
            raise Broken("a chunk is not as long as it says")
        body += chunk
    while _line(stream):
        pass
    return bytes(body)


def _line(stream: BufferedIOBase) -> bytes:
    line = stream.readline(LONGEST_LINE)
    if not line.endswith(b"\n"):
        raise Broken("the body does not end")
    return line.rstrip(b"\r\n")


def _size(line: bytes) -> int:
    digits = line.partition(b";")[0].strip()
    if not digits or digits.strip(b"0123456789abcdefABCDEF"):
        raise Broken("a chunk without a size")
    return int(digits, 16)
