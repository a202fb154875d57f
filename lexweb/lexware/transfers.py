"""
Files on their way: what goes up, what comes down. Neither is ever held in memory as a whole.

    with office.files.download(file_id) as download:
        for chunk in download.chunks(): …
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import unquote

from lexweb.lexware._http import Incoming

# A parameter of a header; what stands in quotes is passed over as a whole, so that no name can pose as a parameter.
_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*("(?:\\.|[^"\\])*"|[^;]*)')


@dataclass(frozen=True)
class Upload:
    """
    A file to send.

    `open` returns it as a fresh stream at its beginning: a send that was refused for pace is repeated.
    """

    name: str = field(repr=False)
    media_type: str
    open: Callable[[], BinaryIO] = field(repr=False)


class Download:
    """A file that comes in. Good inside its `with` only."""

    def __init__(self, incoming: Incoming) -> None:
        self._incoming = incoming
        headers = {name.lower(): value for name, value in incoming.headers.items()}
        self.media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        self.name = _name(headers)
        length = headers.get("content-length", "")
        self.size = int(length) if re.fullmatch(r"[0-9]{1,12}", length) else None

    def chunks(self) -> Iterator[bytes]:
        """
        Yield the bytes as they arrive.

        :raises Unavailable: it broke off; what came so far is no file
        """
        return self._incoming.chunks()

    def save(self, target: BinaryIO) -> int:
        """
        Write all bytes into `target`; return how many.

        :raises Unavailable: it broke off; what was written so far is no file
        """
        return sum(target.write(chunk) for chunk in self.chunks())


def _name(headers: Mapping[str, str]) -> str:
    """
    Return the name in Content-Disposition, "" if there is none; of two spellings the one that knows umlauts.

    It is Lexware's, who has it from whoever uploaded the file: clean it before use as a path.
    """
    given = {name.lower(): value for name, value in _PARAMETER.findall(headers.get("content-disposition", ""))}
    return _encoded(given.get("filename*", "").strip(' "')) or _plain(given.get("filename", ""))


def _encoded(value: str) -> str:
    """Read `charset'language'percent-encoded` (RFC 8187); "" if it is none."""
    charset, _, rest = value.partition("'")
    if charset.lower() not in ("utf-8", "iso-8859-1"):
        return ""
    return unquote(rest.partition("'")[2], charset)


def _plain(value: str) -> str:
    """Read a bare word, or a text in quotes, in which a backslash stands before the letter that is meant."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value.strip()
