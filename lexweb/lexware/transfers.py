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
    """Return the name in Content-Disposition, "" if there is none. It is Lexware's: clean it before use as a path."""
    disposition = headers.get("content-disposition", "")
    if encoded := re.search(r"filename\*\s*=\s*utf-8''([^;]+)", disposition, re.IGNORECASE):
        return unquote(encoded[1].strip())
    plain = re.search(r'filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s]+))', disposition, re.IGNORECASE)
    return re.sub(r"\\(.)", r"\1", plain[1] or plain[2] or "") if plain else ""
