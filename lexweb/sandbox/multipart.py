"""
Multipart bodies as all kinds of clients write them (RFC 7578).

Parts in any order, names with and without quotes, file names in plain UTF-8, as ``filename*`` (RFC 8187) or as an
encoded word, which .NET sends. Sizes and types that a part claims to have do not matter. bottle's own parser knows
neither of the last two spellings, and refuses a file of almost 100 KiB in front of a field.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value

CRLF = b"\r\n"


@dataclass(frozen=True)
class Part:
    """One file of a multipart body."""

    name: str
    content: bytes


def read(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, Part]]:
    """
    The fields and the files; of several with the same name the first.

    :raises ValueError: it is not a multipart body, or it is not complete
    """
    fields: dict[str, str] = {}
    files: dict[str, Part] = {}
    for name, file_name, content in _parts(_boundary(content_type), body):
        if file_name:
            files.setdefault(name, Part(file_name, content))
        else:
            fields.setdefault(name, content.decode("utf-8", "replace"))
    return fields, files


def _boundary(content_type: str) -> bytes:
    boundary = _parameters("Content-Type", content_type).get("boundary", "")
    if not content_type.strip().lower().startswith("multipart/") or not boundary:
        raise ValueError("not a multipart body")
    return boundary.encode("latin-1", "replace")


def _parts(boundary: bytes, body: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Name, file name (empty: a field) and content of each part; what stands around them is ignored."""
    delimiter = re.compile(CRLF + b"--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r\n|\Z)")
    stream = CRLF + body
    found = delimiter.search(stream)
    while found and not found[1]:
        start, found = found.end() + len(CRLF), delimiter.search(stream, found.end())
        if found is None:
            break
        head, _, content = stream[start : found.start()].partition(CRLF * 2)
        name, file_name = _names(head)
        if name:
            yield name, file_name, content
    if found is None:
        raise ValueError("the multipart body does not end")


def _names(head: bytes) -> tuple[str, str]:
    for line in head.split(CRLF):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-disposition":
            known = _parameters("Content-Disposition", _text(value))
            return known.get("name", ""), _file_name(known.get("filename", ""))
    return "", ""


def _parameters(header: str, value: str) -> dict[str, str]:
    """The parameters of a header, the extended spelling ``name*=`` before the plain one."""
    message = Message()
    message[header] = " ".join(value.split())
    found: dict[str, str] = {}
    for name, each in message.get_params([], header)[1:]:
        if isinstance(each, tuple) or name.lower() not in found:
            found[name.lower()] = collapse_rfc2231_value(each)
    return found


def _file_name(text: str) -> str:
    """Without the folders some browsers add, and decoded if it is an encoded word."""
    if text.startswith("=?"):
        try:
            text = str(make_header(decode_header(text)))
        except (HeaderParseError, LookupError, UnicodeDecodeError):
            return text
    return re.split(r"[/\\]", text)[-1]


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
