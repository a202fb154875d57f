"""What comes from strangers: it is read, or refused; nothing is fetched, nothing crashes."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lexweb import einvoice
from lexweb.einvoice import NotAnInvoice, TooLarge, Unsafe, markup
from tests.einvoice.test_reading import SAMPLES, sample

NAMES = sorted(path.name for path in SAMPLES.glob("*.xml"))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE Invoice>",
        '<!DOCTYPE Invoice SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        f'<!DOCTYPE Invoice [<!ENTITY l0 "lol">{LAUGHS}]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_before_anything_is_made_of_it(doctype: str, encoding: str) -> None:
    body = sample("xrechnung.ubl.xml").decode().partition("?>")[2].replace("RE0118", "&l9;&x;", 1)
    text = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{body}'

    with pytest.raises(Unsafe):
        einvoice.read(text.encode(encoding))


def test_size_depth_and_number_of_elements_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLarge):
        einvoice.read(b"<a>" * 1000)
    with pytest.raises(TooLarge):
        einvoice.read(b" " * (markup.MOST_BYTES + 1))
    monkeypatch.setattr(markup, "MOST_ELEMENTS", 50)
    with pytest.raises(TooLarge):
        einvoice.read(sample("xrechnung.ubl.xml"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"<html/>",
        b"<Invoice/>",
        b'<Invoice xmlns="urn:other"/>',
        b"<a>&nbsp;</a>",
        b"\x00\xff",
        b"<a",
    ],
)
def test_all_else_is_no_invoice(data: bytes) -> None:
    with pytest.raises(NotAnInvoice):
        einvoice.read(data)


def test_an_empty_invoice_is_one() -> None:
    found = einvoice.read(b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>')

    assert (found.number, found.issued_on, found.lines, found.totals.gross) == ("", None, (), None)


@given(st.binary(max_size=300))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    _read_or_refuse(data)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), st.integers(0, 2**32), st.integers(1, 30))
def test_damaged_bytes_are_read_or_refused(name: str, seed: int, times: int) -> None:
    chance, data = random.Random(seed), bytearray(sample(name))  # noqa: S311
    for _ in range(times):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(4)] = chance.randbytes(chance.randrange(4))

    _read_or_refuse(bytes(data))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NAMES), st.integers(0, 2**32), st.text(max_size=30))
def test_an_invoice_with_missing_moved_and_senseless_parts_is_read(name: str, seed: int, text: str) -> None:
    chance, root = random.Random(seed), etree.fromstring(sample(name))  # noqa: S311
    for _ in range(chance.randrange(1, 12)):
        elements = [element for element in root.iter() if element is not root]
        if not elements:
            break
        _mutilate(chance, root, chance.choice(elements), text)

    found = einvoice.read(etree.tostring(root))

    assert found.profile in einvoice.Profile
    assert len(found.currency) <= 3


def _mutilate(chance: random.Random, root: etree._Element, element: etree._Element, text: str) -> None:
    parent = element.getparent()
    assert parent is not None
    match chance.randrange(5):
        case 0:
            parent.remove(element)
        case 1:
            element.text = "".join(sign for sign in text if sign.isprintable())
        case 2:
            element.attrib.clear()
        case 3:
            parent.append(etree.fromstring(etree.tostring(element)))
        case 4:
            root.append(etree.fromstring(etree.tostring(element)))


def _read_or_refuse(data: bytes) -> None:
    try:
        einvoice.read(data)
    except einvoice.InvoiceError:
        return


def test_the_samples_are_there() -> None:
    assert len(NAMES) >= 5
    assert all(Path(SAMPLES / name).stat().st_size < 20_000 for name in NAMES)
