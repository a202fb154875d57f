"""The invoice inside a PDF (ZUGFeRD, Factur-X)."""

import io
import itertools
import logging
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from lexweb.einvoice.errors import TooLarge
from lexweb.einvoice.markup import MOST_BYTES

NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml")  # the last as ZUGFeRD 1.0 and 2.0 write it
MOST_ATTACHMENTS = 1_000
MOST_LEVELS = 10
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it has much to say about PDFs that readers take


def in_pdf(data: bytes) -> bytes | None:
    """
    Return the XML that is embedded in a PDF, None if there is none or the PDF cannot be read.

    It opens strangers' bytes with pypdf: call it where that may take long or die (files/workshop.py).

    :raises TooLarge: what is embedded is larger than any invoice
    """
    try:
        embedded = _embedded(pypdf.PdfReader(io.BytesIO(data), strict=False))
    except TooLarge:
        raise
    except Exception:  # pypdf raises whatever a broken PDF makes it stumble over
        return None
    return embedded


def _embedded(reader: pypdf.PdfReader) -> bytes | None:
    if reader.is_encrypted and not reader.decrypt(""):
        return None
    catalog: Any = reader.trailer["/Root"].get_object()
    found: dict[str, StreamObject] = {}
    for name, stream in _attached(catalog):
        found.setdefault(name.strip().casefold(), stream)
    for name in NAMES:
        if name in found:
            return _content(found[name])
    return None


def _content(stream: StreamObject) -> bytes:
    """Return the content; pypdf stops decompressing at a limit of its own."""
    if len(stream._data) > MOST_BYTES:
        raise TooLarge
    content = stream.get_data()
    if len(content) > MOST_BYTES:
        raise TooLarge
    return content


def _attached(catalog: Any) -> Iterator[tuple[str, StreamObject]]:
    """Yield names and contents of what is attached: what is associated with the document first, then all else."""
    named = _named(_inside(_inside(catalog, "/Names"), "/EmbeddedFiles"), MOST_LEVELS)
    for specification in itertools.islice(itertools.chain(_each(catalog, "/AF"), named), MOST_ATTACHMENTS):
        embedded = _inside(specification, "/EF")  # nothing, where it is only a link
        stream = _inside(embedded, "/F") or _inside(embedded, "/UF")
        if isinstance(stream, StreamObject):
            yield str(_inside(specification, "/UF") or _inside(specification, "/F") or ""), stream


def _named(tree: Any, levels: int) -> Iterator[Any]:
    """Yield the file specifications of a name tree."""
    yield from _each(tree, "/Names")[1::2]
    for kid in _each(tree, "/Kids") if levels else ():
        yield from _named(kid, levels - 1)


def _inside(thing: Any, name: str) -> Any:
    """Return what stands there; None if there is nothing, or nothing that could have it."""
    found: Any = thing.get(name) if isinstance(thing, DictionaryObject) else None
    return None if found is None else found.get_object()


def _each(thing: Any, name: str) -> list[Any]:
    found = _inside(thing, name)
    return [item.get_object() for item in found] if isinstance(found, ArrayObject) else []
