"""PDFs with an invoice inside."""

import io

import facturx
from pypdf import PdfReader

from lexweb.sandbox.paper import zugferd
from tests.sandbox.paper import documents
from tests.sandbox.paper.documents import SELLER
from tests.sandbox.paper.einvoices import Read, assert_cii_adds_up

INVOICE = documents.sample("invoices.get")


def test_both_say_the_same() -> None:
    reader = PdfReader(io.BytesIO(zugferd.render("invoice", INVOICE, SELLER)), strict=True)
    (xml,) = reader.attachments["factur-x.xml"]
    assert_cii_adds_up(xml)
    total = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement/"
    total += "ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:GrandTotalAmount"
    assert Read(xml).text(total) == "1463.49"
    assert "1.463,49" in reader.pages[0].extract_text()


def test_readers_of_factur_x_find_it() -> None:
    name, xml = facturx.get_xml_from_pdf(zugferd.render("invoice", INVOICE, SELLER))
    assert name == "factur-x.xml"
    assert facturx.get_level(facturx.facturx.etree.fromstring(xml), "factur-x") == "en16931"


def test_attachment_is_as_old_as_the_document() -> None:
    content = zugferd.render("invoice", INVOICE, SELLER)
    assert b"/ModDate (D:20260401084119" in content
    assert b"/AFRelationship /Alternative" in content


def test_credit_note() -> None:
    content = zugferd.render("creditnote", documents.sample("credit-notes.get"), SELLER)
    (xml,) = PdfReader(io.BytesIO(content)).attachments["factur-x.xml"]
    assert Read(xml).text("rsm:ExchangedDocument/ram:TypeCode") == "381"


def test_same_bytes_every_time() -> None:
    assert zugferd.render("invoice", INVOICE, SELLER) == zugferd.render("invoice", INVOICE, SELLER)
