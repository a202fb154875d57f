"""What is refused of uploads."""

import io
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from lexweb.sandbox.paper import checks, einvoice, receipts, sales_pdf, zugferd
from tests.sandbox.paper import documents
from tests.sandbox.paper.purchases import RECEIPT

PDF, JPEG, PNG = receipts.pdf(RECEIPT), receipts.jpeg(RECEIPT), receipts.png(RECEIPT)
XML = receipts.xrechnung_file(RECEIPT)
TOXIC, BROKEN, EXTENSION = "voucher_upload_toxic_pdf", "image_conversion_error", "inacceptable_file_extension"


def picture(format: str, size: tuple[int, int] = (20, 20)) -> bytes:
    file = io.BytesIO()
    Image.new("1" if format == "PNG" else "L", size).save(file, format)
    return file.getvalue()


def action(kind: str, argument: str) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject(kind), NameObject(argument): TextStringObject("x")})


def rewritten(change: str = "") -> bytes:
    """Our PDF after pypdf had it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PDF)))
    if change == "script":
        writer.root_object[NameObject("/OpenAction")] = action("/JavaScript", "/JS")
    elif change == "launch":
        writer.root_object[NameObject("/OpenAction")] = action("/Launch", "/F")
    elif change == "encrypted":
        writer.encrypt("", "owner", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.b.PDF", PDF),
        ("a.jpg", JPEG),
        ("a.JPEG", JPEG),
        ("a.png", PNG),
        ("a.xml", XML),
        ("a.xml", b"\xef\xbb\xbf" + XML),
        ("a.pdf", rewritten()),
        ("a.pdf", zugferd.render("invoice", documents.sample("invoices.get"), documents.SELLER)),
        ("a.pdf", sales_pdf.render("dunning", documents.sample("dunnings.get"), documents.SELLER)),
    ],
)
def test_taken(name: str, content: bytes) -> None:
    assert checks.problem(name, content) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.gif", picture("GIF")),
        ("a.tif", picture("TIFF")),
        ("a.pdf", picture("GIF")),
        ("a.jpg", PNG),
        ("a.xml", PDF),
        ("a", PDF),
        ("pdf", PDF),
        ("", PDF),
        ("a.pdf", b""),
        ("a.pdf.exe", PDF),
    ],
)
def test_other_kinds(name: str, content: bytes) -> None:
    assert checks.kind_of(name, content) is None
    assert checks.problem(name, content) == EXTENSION


def test_largest_size_is_inclusive() -> None:
    padding = b"%" + b" " * (checks.LARGEST - len(PDF) - 2) + b"\n"
    head, tail = PDF[:9], PDF[9:]
    content = head + padding + tail
    assert len(content) == 5_242_880
    assert checks.problem("a.pdf", content) is None
    assert checks.problem("a.pdf", head + b"%" + padding + tail) == "max_file_size_exceeded"


@pytest.mark.parametrize("change", ["script", "launch", "encrypted"])
def test_toxic_pdf(change: str) -> None:
    assert checks.problem("a.pdf", rewritten(change)) == TOXIC


def test_toxic_pdf_that_hides() -> None:
    spelled = PDF.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction <</S /J#61vaScript /J#53 (x)>>")
    assert spelled != PDF
    assert checks.problem("a.pdf", spelled) == TOXIC
    packed = zlib.compress(b"1 0 <</S /JavaScript /JS (x)>>")
    inside = PDF.replace(
        b"endobj", b"endobj\n99 0 obj <</Type /ObjStm /N 1>>\nstream\n" + packed + b"\nendstream\nendobj", 1
    )
    assert checks.problem("a.pdf", inside) == TOXIC


def test_words_in_a_stream_are_no_poison() -> None:
    harmless = PDF.replace(b"endobj", b"endobj\n99 0 obj <<>>\nstream\n/JS /Launch /Encrypt\nendstream\nendobj", 1)
    assert checks.problem("a.pdf", harmless) is None


@pytest.mark.parametrize("content", [PDF[: len(PDF) // 2], b"%PDF-1.4\n", b"%PDF-1.4\nstartxref\n0\n%%EOF"])
def test_broken_pdf(content: bytes) -> None:
    assert checks.problem("a.pdf", content) == BROKEN


@pytest.mark.parametrize(("name", "content"), [("a.jpg", JPEG), ("a.png", PNG)])
def test_broken_picture(name: str, content: bytes) -> None:
    assert checks.problem(name, content[: len(content) // 2]) == BROKEN
    assert checks.problem(name, content[:12]) == BROKEN


@pytest.mark.parametrize("size", [(8_000, 8_000), (14_000, 14_000)])
def test_bomb_is_not_unpacked(size: tuple[int, int]) -> None:
    bomb = picture("PNG", size)
    assert len(bomb) < 50_000
    assert checks.problem("a.png", bomb) == BROKEN  # although nothing is wrong with it


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([PDF, JPEG, PNG, XML]), st.data())
def test_garbage_is_refused_or_taken_but_never_raises(content: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(12, len(content) - 1))
    garbage = data.draw(st.binary(max_size=20))
    for name in ("a.pdf", "a.jpg", "a.png", "a.xml"):
        checks.problem(name, content[:place] + garbage + content[place + len(garbage) :])


LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><lolz>&b;</lolz>"""
EXTERNAL = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>Rechnung</body></html>",
        b"<unclosed>",
        b"< ",
        LAUGHS,
        EXTERNAL,
        EXTERNAL.decode().encode("utf-16"),
        b"<?xml version='1.0'?><!DOCTYPE Invoice>" + XML.partition(b"?>")[2],
        b"<?xml version='1.0' encoding='nonsense'?><a/>",
        XML.replace(b"xrechnung_3.0", b"anderes"),
        XML.replace(b"urn:cen.eu:en16931:2017", b"urn:factur-x.eu:1p0"),
        XML.replace(b"schema:xsd:Invoice-2", b"schema:xsd:Order-2"),
        XML.replace(b"cbc:IssueDate>", b"cbc:TaxPointDate>"),
        XML.replace(b"<cbc:IssueDate>2026-03-05", b"<cbc:IssueDate>heute"),
        XML.replace(b'TaxInclusiveAmount currencyID="EUR">84.22', b'TaxInclusiveAmount currencyID="EUR">NaN'),
        b"<a>" * 100_000 + b"</a>" * 100_000,
    ],
)
def test_no_xrechnung(content: bytes) -> None:
    assert content != XML
    assert checks.problem("a.xml", content) == "invalid_xrechnung"


def test_document_types_are_refused_unread() -> None:
    with pytest.raises(einvoice.NotAnInvoice, match="a document type"):
        einvoice.parsed(LAUGHS)


def test_older_xrechnung_is_taken() -> None:
    older = XML.replace(b"xeinkauf.de:kosit:xrechnung_3.0", b"xoev-de:kosit:standard:xrechnung_2.3")
    assert checks.problem("a.xml", older) is None


def test_hostile_files_take_no_time() -> None:
    started = time.thread_time()  # what is worked, not what a busy machine makes of it
    for filling in (b"stream\n", b"/ObjStm>>stream\n", b"/ObjStm stream\nendstream", b"#41"):
        content = b"%PDF-1.4\n" + filling * (5_000_000 // len(filling))
        assert checks.problem("a.pdf", content) == BROKEN
    assert time.thread_time() - started < 10
