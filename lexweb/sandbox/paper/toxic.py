"""
PDF files that Lexware Office would not take: with scripts, with programs to start, encrypted.

No parser: names are searched in everything but stream contents, and in object streams, where writers of today
hide their dictionaries. Good enough for a stand-in; a real guard would need a real parser.
"""

import re
import zlib
from collections.abc import Iterator

STREAM = re.compile(rb"stream\r?\n")
POISON = re.compile(rb"/(JavaScript|JS|Launch|Encrypt)(?![A-Za-z0-9])")
SPELLED = re.compile(rb"#([0-9A-Fa-f]{2})")
MOST = 8 * 1024 * 1024  # bytes we unpack of one file


def poisoned(content: bytes) -> bool:
    """Whether a PDF has JavaScript (also as its OpenAction), starts something or is encrypted."""
    return any(POISON.search(SPELLED.sub(_letter, part)) for part in _dictionaries(content))


def broken(content: bytes) -> bool:
    """Whether a file that begins like a PDF does not end like one, or has no page."""
    if b"startxref" not in content[-2048:] or b"%%EOF" not in content[-2048:]:
        return True
    return not any(re.search(rb"/Type\s*/Pages?\b", part) for part in _dictionaries(content))


def _dictionaries(content: bytes) -> Iterator[bytes]:
    left = MOST
    *chunks, rest = content.split(b"endstream")
    for chunk in chunks:
        start = STREAM.search(chunk)
        head = chunk[: start.start()] if start else chunk
        yield head
        if start and left > 0 and b"/ObjStm" in SPELLED.sub(_letter, head):
            unpacked = _unpacked(chunk[start.end() :], left)
            left -= len(unpacked)
            yield unpacked
    yield rest


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return packed


def _letter(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])
