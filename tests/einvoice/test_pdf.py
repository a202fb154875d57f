"""Invoices inside a PDF."""

import io

import facturx
import pypdf
import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, TextStringObject

from lexweb import einvoice
from lexweb.einvoice import Profile, TooLarge, markup
from tests.einvoice.test_reading import sample


def _pdf() -> bytes:
    page = FPDF()
    page.add_page()
    return bytes(page.output())


def _with(*files: tuple[str, bytes], password: str | None = None) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(_pdf()))
    for name, content in files:
        writer.add_attachment(name, content)
    if password is not None:
        writer.encrypt(password, "owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


FACTUR_X: bytes = facturx.generate_from_binary(_pdf(), sample("zugferd.xml"), check_xsd=True, check_schematron=False)


def test_what_the_reference_implementation_embeds_is_found_byte_by_byte() -> None:
    xml = einvoice.in_pdf(FACTUR_X)

    assert xml == sample("zugferd.xml")
    assert einvoice.read(xml).profile == Profile.EN16931


@pytest.mark.parametrize("name", ["factur-x.xml", "ZUGFeRD-invoice.xml", "zugferd-invoice.xml", "xrechnung.xml"])
def test_all_names_that_were_ever_prescribed_are_known(name: str) -> None:
    assert einvoice.in_pdf(_with(("photo.txt", b"x"), (name, b"<a/>"))) == b"<a/>"


@pytest.mark.parametrize("before", ["a link", "nothing", "no names"])
def test_what_stands_beside_it_does_not_hide_it(before: str) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(FACTUR_X))
    root = writer.root_object
    link = DictionaryObject({NameObject("/Type"): NameObject("/Filespec"), NameObject("/F"): TextStringObject("a.pdf")})
    first = {"a link": link, "nothing": NullObject(), "no names": link}[before]
    root[NameObject("/AF")] = ArrayObject([first, *root["/AF"].get_object()])
    if before == "no names":
        root[NameObject("/Names")] = NullObject()
    buffer = io.BytesIO()
    writer.write(buffer)

    assert einvoice.in_pdf(buffer.getvalue()) == sample("zugferd.xml")


def test_other_attachments_are_no_invoice() -> None:
    assert einvoice.in_pdf(_with(("data.xml", b"<a/>"))) is None
    assert einvoice.in_pdf(_pdf()) is None


def test_an_encrypted_pdf_is_read_only_if_it_opens_without_a_password() -> None:
    assert einvoice.in_pdf(_with(("factur-x.xml", b"<a/>"), password="")) == b"<a/>"
    assert einvoice.in_pdf(_with(("factur-x.xml", b"<a/>"), password="secret")) is None


def test_what_grows_beyond_all_bounds_is_refused() -> None:
    with pytest.raises(TooLarge):
        einvoice.in_pdf(_with(("factur-x.xml", b" " * (markup.MOST_BYTES + 1))))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_pdf_is_read_or_not(data: st.DataObject) -> None:
    damaged = bytearray(FACTUR_X)
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        damaged = damaged[: data.draw(st.integers(0, len(damaged)))]

    found = einvoice.in_pdf(bytes(damaged))

    assert found is None or isinstance(found, bytes)
