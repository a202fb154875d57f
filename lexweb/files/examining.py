"""What `inspecting` does in the workshop: opens strangers' bytes. Knows no Django."""

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdf
import pypdfium2
from PIL import Image
from pypdf.generic import PdfObject

from lexweb import einvoice

PDF, JPEG, PNG, XML = "application/pdf", "image/jpeg", "image/png", "application/xml"
MANY_PAGES = 50
MOST_PAGES = 10_000  # some say they have more in a few hundred bytes
MOST_PIXELS = 80_000_000  # what the best telephone takes; in memory it is four times as much
MOST_INFLATED = 256 * 1024 * 1024  # of all streams of a PDF; a white page scanned at 600 dpi is 100 MB
_SEARCHED = 100  # pages looked through for scripts: it is a warning only
_ROTATED = (5, 6, 7, 8)  # values of EXIF's orientation with width and height exchanged
_ORIENTATION = 0x0112


@dataclass
class Found:
    """What the content says of itself; members as those of `inspecting.Seen`."""

    media_type: str = ""
    problem: str = ""
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    warnings: tuple[str, ...] = ()
    invoice: einvoice.Invoice | None = None


def examine(data: bytes) -> Found:
    """Say what the bytes are."""
    media_type = sniff(data)
    opened = _OPENED.get(media_type)
    return opened(data) if opened else Found(problem="kind")


def sniff(data: bytes) -> str:
    """Return the media type that the first bytes promise; "" if it is none that we take."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.lstrip().startswith(b"%PDF-"):
        return PDF
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or data.startswith((b"\xff\xfe<\0", b"\xfe\xff\0<")):
        return XML
    return ""


def _picture(data: bytes) -> Found:
    media_type = sniff(data)
    found = Found(media_type, pages=1)
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"] if media_type == JPEG else ["PNG"]) as picture:
            found.width, found.height = picture.size
            if picture.width * picture.height > MOST_PIXELS:
                return Found(media_type, "bomb")
            if media_type == PNG:
                picture.verify()
                return found
            if picture.getexif().get(_ORIENTATION) in _ROTATED:
                found.width, found.height = found.height, found.width
            eighth = (max(picture.width // 8, 1), max(picture.height // 8, 1))
            picture.draft("L", eighth)  # read to its end, but not at its full size
            picture.load()
    except Image.DecompressionBombError:
        return Found(media_type, "bomb")
    except Exception:  # whatever the libraries trip over
        return Found(media_type, "broken")
    return found


def _xml(data: bytes) -> Found:
    """XML is taken as an e-invoice only."""
    try:
        return Found(XML, invoice=einvoice.read(data))
    except einvoice.Unsafe:
        return Found(XML, "unsafe_xml")
    except einvoice.TooLarge:
        return Found(XML, "bomb")
    except einvoice.InvoiceError:
        return Found(problem="kind")


def _pdf(data: bytes) -> Found:
    if _is_bomb(data):
        return Found(PDF, "bomb")
    try:
        with pypdfium2.PdfDocument(data) as document:
            pages = len(document)
    except pypdfium2.PdfiumError as problem:
        return Found(PDF, "encrypted" if problem.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD else "broken")
    if not pages:
        return Found(PDF, "broken")
    if pages > MOST_PAGES:
        return Found(PDF, "bomb")
    many = ("many_pages",) if pages > MANY_PAGES else ()
    found = Found(PDF, pages=pages, warnings=many)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted:  # opens without a password, but is not ours to send on
            return Found(PDF, "encrypted")
        contents = _Contents(reader)
    except Exception:  # pdfium could read it, and that is what people see
        contents = None
    if contents:
        found.invoice = _invoice_in(data) if contents.attachments else None
        besides = (("script", contents.scripts), ("attachments", contents.attachments and not found.invoice))
        found.warnings = tuple(code for code, there in besides if there) + many
    return found


def _invoice_in(data: bytes) -> einvoice.Invoice | None:
    try:
        xml = einvoice.in_pdf(data)
        return einvoice.read(xml) if xml else None
    except einvoice.InvoiceError:
        return None


class _Contents:
    """What a PDF carries besides its pages."""

    def __init__(self, reader: pypdf.PdfReader) -> None:
        self._reader = reader
        root = reader.root_object
        names = _inside(root, "/Names")
        self.attachments = bool(_inside(names, "/EmbeddedFiles") or _inside(root, "/AF"))
        self.scripts = bool(_inside(names, "/JavaScript")) or self._acts(root)

    def _acts(self, root: Any) -> bool:
        try:
            return any(map(_runs, self._actions(root)))
        except Exception:  # a page that is broken is no reason not to find the invoice
            return False

    def _actions(self, root: Any) -> Iterator[Any]:
        """Yield what may happen by itself or on a click."""
        yield _inside(root, "/OpenAction")
        yield from _all_of(_inside(root, "/AA"))
        for field in _each(_inside(root, "/AcroForm"), "/Fields"):
            yield from _actions_of(field)
        for page in self._reader.pages[:_SEARCHED]:
            yield from _all_of(_inside(page, "/AA"))
            for note in _each(page, "/Annots"):
                yield from _actions_of(note)


def _actions_of(thing: Any) -> Iterator[Any]:
    yield _inside(thing, "/A")
    yield from _all_of(_inside(thing, "/AA"))


def _inside(thing: Any, name: str) -> Any:
    found: Any = thing.get(name) if isinstance(thing, dict) else None
    return found.get_object() if isinstance(found, PdfObject) else found


def _each(thing: Any, name: str) -> list[Any]:
    """Return what a list holds; nothing where something else stands, as it does in odd files."""
    found = _inside(thing, name)
    return [part.get_object() for part in found if isinstance(part, PdfObject)] if isinstance(found, list) else []


def _all_of(thing: Any) -> list[Any]:
    return [_inside(thing, name) for name in thing] if isinstance(thing, dict) else []


def _runs(action: Any) -> bool:
    """Say whether an action runs a script or a program."""
    return isinstance(action, dict) and _inside(action, "/S") in ("/JavaScript", "/Launch")


_STREAM = re.compile(rb"stream\r?\n")
_LAYER = re.compile(rb"/(?:FlateDecode|Fl)\b")


def _is_bomb(data: bytes) -> bool:
    """Say whether the compressed streams are larger together than any receipt; nothing of them is kept."""
    left = MOST_INFLATED
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - 2000) : match.start()]
        layers = len(_LAYER.findall(head[head.rfind(b" obj") :]))
        if layers:
            left -= _inflated(memoryview(data)[match.end() :], min(layers, 4), left)
        if left <= 0:
            return True
    return False


def _inflated(packed: memoryview, layers: int, most: int) -> int:
    """Return how many bytes the innermost layer has, or that they are more than `most`."""
    pieces: Iterator[Any] = iter([packed])
    for _ in range(layers):
        pieces = _unpacked(pieces)
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            break
    return size


def _unpacked(pieces: Iterator[Any]) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    try:
        for rest in pieces:
            while rest and not inflater.eof:
                yield inflater.decompress(rest, 1024 * 1024)
                rest = inflater.unconsumed_tail
            if inflater.eof:
                return
    except zlib.error:  # not what it says; nobody else can open it either
        return


_OPENED: dict[str, Callable[[bytes], Found]] = {PDF: _pdf, JPEG: _picture, PNG: _picture, XML: _xml}
