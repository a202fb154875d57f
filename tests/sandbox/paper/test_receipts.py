"""Files of suppliers."""

import dataclasses
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Literal

import facturx
import pytest
from PIL import Image
from pypdf import PdfReader
from stdnum import iban

from lexweb.sandbox.paper import checks, receipts, recognition
from lexweb.sandbox.paper.receipts import Receipt
from tests.sandbox.paper.einvoices import assert_ubl_adds_up
from tests.sandbox.paper.purchases import RECEIPT

FILES: dict[str, Callable[[Receipt], bytes]] = {
    "beleg.pdf": receipts.pdf,
    "beleg.jpg": receipts.jpeg,
    "beleg.png": receipts.png,
    "beleg.xml": receipts.xrechnung_file,
}
LONG = dataclasses.replace(RECEIPT, lines=RECEIPT.lines * 60)


@pytest.mark.parametrize("name", FILES)
def test_taken_and_recognised(name: str) -> None:
    content = FILES[name](RECEIPT)
    assert checks.problem(name, content) is None
    found = recognition.read(content)
    assert found == receipts.recognised(RECEIPT)
    assert (found.supplier, found.number, found.gross) == (RECEIPT.supplier, "2026-4711", Decimal("84.22"))
    assert found.tax_amount == Decimal("10.63")
    assert found.rate is None  # there are two


@pytest.mark.parametrize("name", FILES)
def test_same_bytes_every_time_and_others_for_another_seed(name: str) -> None:
    assert FILES[name](RECEIPT) == FILES[name](RECEIPT)
    assert FILES[name](RECEIPT) != FILES[name](dataclasses.replace(RECEIPT, seed=8))


@pytest.mark.parametrize("write", [receipts.jpeg, receipts.png])
def test_pictures_stay_small(write: Callable[[Receipt], bytes]) -> None:
    assert len(write(RECEIPT)) < 60_000
    assert len(write(LONG)) < 150_000


def test_photo_is_grey_paper_on_a_dark_table() -> None:
    with Image.open(io.BytesIO(receipts.jpeg(RECEIPT))) as photo:
        assert photo.mode == "L"
        corner, paper = photo.getpixel((2, 2)), photo.getpixel((photo.width // 2, photo.height - 75))
    assert isinstance(corner, int)
    assert isinstance(paper, int)
    assert corner < 110 < 160 < paper
    with Image.open(io.BytesIO(receipts.png(RECEIPT))) as scan:
        assert sum(scan.convert("L").histogram()[:80]) > 3_000  # there is writing on it


def test_pdf_is_an_invoice() -> None:
    text = PdfReader(io.BytesIO(receipts.pdf(RECEIPT))).pages[0].extract_text()
    for part in ("Bürobedarf Müßig & Söhne GmbH", "Rechnung 2026-4711", "84,22 €", "Zahlbar bis 04.04.2026"):
        assert part in text


@pytest.mark.parametrize(("syntax", "flavor"), [("ubl", "ubl-2.1-invoice"), ("cii", "factur-x")])
def test_e_invoice_in_both_syntaxes(syntax: Literal["ubl", "cii"], flavor: str) -> None:
    content = receipts.xrechnung_file(RECEIPT, syntax)
    assert facturx.xml_check_xsd(content, flavor, "en16931")
    assert recognition.read(content) == receipts.recognised(RECEIPT)
    assert checks.problem("rechnung.xml", content) is None
    if syntax == "ubl":
        assert_ubl_adds_up(content)


def test_account_has_its_check_digits() -> None:
    for seed in range(200):
        assert iban.is_valid(receipts.seller(dataclasses.replace(RECEIPT, seed=seed)).iban)
