"""Receipts as bytes, good ones and bad ones."""

import io
import zlib
from datetime import UTC, datetime

import fpdf
import pypdf
from PIL import Image, ImageDraw
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject
from pypdf.generic import TextStringObject as Text

SIZE = 5 * 1024 * 1024
MADE_ON = datetime(2026, 4, 1, tzinfo=UTC)


def _made(members: dict[str, PdfObject]) -> DictionaryObject:
    return DictionaryObject({NameObject(name): value for name, value in members.items()})


SCRIPT = _made({"/S": NameObject("/JavaScript"), "/JS": Text("app.alert('hallo')")})


def pdf(pages: int = 1, words: str = "Rechnung 4711") -> bytes:
    """A PDF with a line of text on each page."""
    paper = fpdf.FPDF()
    paper.set_creation_date(MADE_ON)  # otherwise it is another file in the next second
    paper.set_font("helvetica", size=20)
    for number in range(1, pages + 1):
        paper.add_page()
        paper.cell(0, 10, f"{words} / {number}")
    return bytes(paper.output())


def picture(kind: str = "JPEG", size: tuple[int, int] = (600, 400), orientation: int = 0) -> bytes:
    """A white picture whose left upper corner is black."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="black")
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    target = io.BytesIO()
    image.save(target, kind, exif=exif)
    return target.getvalue()


def huge_png(side: int = 20_000) -> bytes:
    """A picture of so many pixels in each direction, in a few kB."""
    target = io.BytesIO()
    Image.new("1", (side, side)).save(target, "PNG", optimize=False, compress_level=9)
    return target.getvalue()


def rewritten(content: bytes, change: str) -> bytes:
    """The PDF with something in it that it should not have."""
    writer = pypdf.PdfWriter(io.BytesIO(content))
    root, page = writer.root_object, writer.pages[0]
    if change == "script":
        root[NameObject("/Names")] = _made({"/JavaScript": _made({"/Names": ArrayObject([Text("a"), SCRIPT])})})
    elif change == "script when opened":
        root[NameObject("/OpenAction")] = SCRIPT
    elif change == "script when clicked":
        page[NameObject("/Annots")] = ArrayObject([_made({"/Type": NameObject("/Annot"), "/A": SCRIPT})])
    elif change == "script when turned":
        page[NameObject("/AA")] = _made({"/O": SCRIPT})
    elif change == "program":
        root[NameObject("/OpenAction")] = _made({"/S": NameObject("/Launch"), "/F": Text("calc.exe")})
    elif change == "odd page":
        page[NameObject("/Annots")] = NumberObject(1)
    elif change == "odd page, then a script":
        page[NameObject("/Annots")] = NumberObject(1)
        writer.pages[1][NameObject("/AA")] = _made({"/O": SCRIPT})
    elif change == "encrypted":
        writer.encrypt("geheim", algorithm="AES-256")
    elif change == "locked":
        writer.encrypt("", "geheim", algorithm="AES-256")
    elif change == "attachment":
        writer.add_attachment("zahlen.csv", b"1;2")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def repeating(pages: int, kids: int = 1) -> bytes:
    """A PDF that says it has so many pages; one page stands for all of them."""
    return _file(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * kids, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )


def flate_bomb(layers: int, size: int = 400 * 1024 * 1024) -> bytes:
    """A PDF whose page inflates to that many bytes, packed so many times."""
    packer = zlib.compressobj(9, wbits=-15)
    blanks = packer.compress(b" " * 1024 * 1024) + packer.flush(zlib.Z_FULL_FLUSH)  # may be repeated as it is
    content = b"\x78\xda" + blanks * (size // (1024 * 1024))  # without an end: nobody gets that far
    for _ in range(layers - 1):
        content = zlib.compress(content, 9)
    filters = b"[" + b"/FlateDecode " * layers + b"]"
    return _file(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter %s>>stream\n%s\nendstream" % (len(content), filters, content),
    )


def _file(*parts: bytes) -> bytes:
    written, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return written + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(written))
