"""The invoice inside a PDF (ZUGFeRD, Factur-X)."""

import io
import itertools
import logging
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.generic import StreamObject

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
    associated = [item.get_object() for item in catalog.get("/AF", ())]
    tree = catalog.get("/Names", {}).get_object().get("/EmbeddedFiles") if "/Names" in catalog else None
    named = _named(tree.get_object(), MOST_LEVELS) if tree is not None else iter(())
    for specification in [*associated, *itertools.islice(named, MOST_ATTACHMENTS)]:
        embedded = specification.get("/EF", {}).get_object()
        stream = embedded.get("/F") or embedded.get("/UF")
        name = specification.get("/UF") or specification.get("/F") or ""
        if stream is not None and isinstance(stream.get_object(), StreamObject):
            yield str(name.get_object() if hasattr(name, "get_object") else name), stream.get_object()


def _named(tree: Any, levels: int) -> Iterator[Any]:
    """Yield the file specifications of a name tree."""
    for specification in tree.get("/Names", [])[1::2]:
        yield specification.get_object()
    for kid in tree.get("/Kids", []) if levels else ():
        yield from _named(kid.get_object(), levels - 1)
