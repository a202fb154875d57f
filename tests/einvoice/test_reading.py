"""Invoices of every syntax, read into the same thing."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import facturx
import pytest
from lxml import etree

from lexweb import einvoice
from lexweb.einvoice.model import Address, Invoice, Kind, Profile, Skonto, Syntax, Tax, Totals

SAMPLES = Path(__file__).parent / "samples"
SCHEMAS = Path(facturx.__file__).parent / "xsd_and_schematron"


def sample(name: str) -> bytes:
    """Return an invoice."""
    return (SAMPLES / name).read_bytes()


def read(name: str, *changes: tuple[str, str]) -> Invoice:
    """Return what is read from a sample after some replacements, each of which has to do something."""
    text = sample(name).decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return einvoice.read(text.encode())


@pytest.mark.parametrize("name", ["xrechnung.ubl.xml", "xrechnung.cii.xml"])
def test_both_syntaxes_of_the_xrechnung_say_the_same(name: str) -> None:
    invoice = read(name)

    assert invoice.profile == Profile.XRECHNUNG
    assert invoice.syntax == (Syntax.UBL if "ubl" in name else Syntax.CII)
    assert (invoice.kind, invoice.number, invoice.currency) == (Kind.INVOICE, "RE0118", "EUR")
    assert (invoice.issued_on, invoice.due_on) == (date(2026, 4, 1), date(2026, 5, 1))
    assert (invoice.starts_on, invoice.ends_on) == (date(2026, 3, 2), date(2026, 3, 31))
    seller = invoice.seller
    assert (seller.name, seller.vat_id, seller.tax_number) == (
        "Tischlerei Brandt GmbH & Co. KG", "DE136695976", "20/290/12345",
    )  # fmt: skip
    assert (seller.contact, seller.phone) == ("Jens Brandt", "+49 431 555018")
    assert invoice.buyer.address == Address(("Am Speicher 14", "Haus B"), "20457", "Hamburg", "DE")
    assert invoice.buyer_reference == "991-01234-44"
    first, second = invoice.lines
    assert (first.name, first.description) == ("Beratungsstunde Warenwirtschaft", "März 2026, laut Stundenzettel")
    assert (first.quantity, first.unit, first.price, first.net) == (12, "HUR", 95, Decimal("1140.00"))
    assert (first.tax_category, first.tax_rate) == ("S", 19)
    assert [(change.amount, change.reason) for change in second.changes] == [(Decimal("-9.98"), "Rabatt")]
    assert invoice.taxes == (Tax("S", Decimal(19), Decimal("1229.82"), Decimal("233.67")),)
    assert invoice.totals == Totals(
        lines=Decimal("1229.82"), net=Decimal("1229.82"), tax=Decimal("233.67"), gross=Decimal("1463.49"),
        payable=Decimal("1463.49"),
    )  # fmt: skip
    payment = invoice.payment
    assert (payment.code, payment.iban, payment.bic) == ("58", "DE89370400440532013000", "COBADEFFXXX")
    assert payment.terms == "10 Tage 2 % Skonto, 30 Tage netto"
    assert payment.skonto == (Skonto(10, Decimal("2.00")),)
    assert len(invoice.notes) == 3


def test_a_credit_note_is_one() -> None:
    invoice = read("credit.ubl.xml")

    assert invoice.kind == Kind.CREDIT_NOTE
    assert invoice.lines
    assert (invoice.totals.gross or 0) > 0


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("380", Kind.INVOICE), ("326", Kind.INVOICE), ("381", Kind.CREDIT_NOTE), ("503", Kind.CREDIT_NOTE),
        ("384", Kind.CORRECTION), ("386", Kind.PREPAYMENT), ("389", Kind.SELF_BILLED), ("", Kind.INVOICE),
    ],
)  # fmt: skip
def test_the_code_says_what_it_is(code: str, kind: Kind) -> None:
    assert read("zugferd.xml", ("<ram:TypeCode>380<", f"<ram:TypeCode>{code}<")).kind == kind


def test_all_sums_are_kept_apart() -> None:
    ubl = read("xrechnung.ubl.xml", ("<cbc:PayableAmount", (
        '<cbc:AllowanceTotalAmount currencyID="EUR">10.00</cbc:AllowanceTotalAmount>'
        '<cbc:ChargeTotalAmount currencyID="EUR">10</cbc:ChargeTotalAmount>'
        '<cbc:PrepaidAmount currencyID="EUR">63.47</cbc:PrepaidAmount>'
        '<cbc:PayableRoundingAmount currencyID="EUR">-.02</cbc:PayableRoundingAmount><cbc:PayableAmount'
    )), ('<cbc:PayableAmount currencyID="EUR">1463.49', '<cbc:PayableAmount currencyID="EUR">1400.00'))  # fmt: skip
    cii = read("xrechnung.cii.xml", ("<ram:DuePayableAmount>1463.49", (
        "<ram:AllowanceTotalAmount>10.00</ram:AllowanceTotalAmount><ram:ChargeTotalAmount>10</ram:ChargeTotalAmount>"
        "<ram:TotalPrepaidAmount>63.47</ram:TotalPrepaidAmount><ram:RoundingAmount>-.02</ram:RoundingAmount>"
        "<ram:DuePayableAmount>1400.00"
    )))  # fmt: skip

    assert ubl.totals == cii.totals == Totals(
        lines=Decimal("1229.82"), allowances=Decimal(10), charges=Decimal(10), net=Decimal("1229.82"),
        tax=Decimal("233.67"), gross=Decimal("1463.49"), prepaid=Decimal("63.47"), rounding=Decimal("-0.02"),
        payable=Decimal(1400),
    )  # fmt: skip


def test_zugferd_of_2014_is_read_as_well() -> None:
    xml = etree.fromstring(sample("zugferd1.xml"))
    etree.XMLSchema(file=str(SCHEMAS / "zugferd" / "ZUGFeRD1p0.xsd")).assertValid(xml)

    invoice = read("zugferd1.xml")

    assert (invoice.syntax, invoice.profile) == (Syntax.ZUGFERD_1, Profile.EN16931)
    assert (invoice.number, invoice.issued_on, invoice.due_on) == ("471102", date(2013, 3, 5), date(2013, 4, 4))
    assert invoice.delivered_on == date(2013, 3, 4)
    assert (invoice.seller.name, invoice.seller.vat_id) == ("Lieferant GmbH", "DE123456789")
    assert invoice.taxes == (Tax("S", Decimal("19.00"), Decimal("198.00"), Decimal("37.62")),)
    assert invoice.totals.gross == Decimal("235.62")
    assert [(line.name, line.quantity, line.net) for line in invoice.lines] == [("Trennblätter A4", 20, Decimal("198"))]
    assert invoice.payment.iban == "DE08700901001234567890"


@pytest.mark.parametrize(
    ("specification", "profile"),
    [
        ("urn:factur-x.eu:1p0:minimum", Profile.MINIMUM),
        ("urn:factur-x.eu:1p0:basicwl", Profile.BASIC_WL),
        ("urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic", Profile.BASIC),
        ("urn:cen.eu:en16931:2017", Profile.EN16931),
        ("urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended", Profile.EXTENDED),
        ("urn:cen.eu:en16931:2017#compliant#urn:xoev-de:kosit:standard:xrechnung_2.3", Profile.XRECHNUNG),
        ("something else", Profile.OTHER),
    ],
)
def test_the_profile_is_what_the_invoice_calls_itself(specification: str, profile: Profile) -> None:
    assert read("zugferd.xml", ("urn:cen.eu:en16931:2017", specification)).profile == profile


def test_a_direct_debit_names_mandate_account_and_creditor() -> None:
    invoice = read("xrechnung.ubl.xml", ("<cac:PayeeFinancialAccount>", (
        "<cac:PaymentMandate><cbc:ID>M-7</cbc:ID><cac:PayerFinancialAccount><cbc:ID>DE02120300000000202051</cbc:ID>"
        "</cac:PayerFinancialAccount></cac:PaymentMandate><cac:PayeeFinancialAccount>"
    )), ("<cac:PartyName>", (
        '<cac:PartyIdentification><cbc:ID schemeID="SEPA">DE98ZZZ09999999999</cbc:ID></cac:PartyIdentification>'
        "<cac:PartyName>"
    )))  # fmt: skip

    payment = invoice.payment
    assert (payment.mandate, payment.debited_iban) == ("M-7", "DE02120300000000202051")
    assert payment.creditor == "DE98ZZZ09999999999"


def test_tax_in_the_currency_of_accounting_is_not_that_of_the_invoice() -> None:
    other = '<cac:TaxTotal><cbc:TaxAmount currencyID="CHF">220.00</cbc:TaxAmount></cac:TaxTotal>'
    ubl = read("xrechnung.ubl.xml", ("<cac:TaxTotal>", f"{other}<cac:TaxTotal>"))
    twice = '<ram:TaxTotalAmount currencyID="CHF">220.00</ram:TaxTotalAmount><ram:TaxTotalAmount currencyID="EUR">'
    cii = read("xrechnung.cii.xml", ('<ram:TaxTotalAmount currencyID="EUR">', twice))

    assert ubl.totals.tax == cii.totals.tax == Decimal("233.67")
    assert len(ubl.taxes) == 1


def test_attachments_are_named_and_never_opened() -> None:
    attached = (
        "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject"
        ' mimeCode="application/pdf" filename="stunden.pdf">JVBERi0=</cbc:EmbeddedDocumentBinaryObject>'
        "</cac:Attachment></cac:AdditionalDocumentReference><cac:AccountingSupplierParty>"
    )

    assert read("xrechnung.ubl.xml", ("<cac:AccountingSupplierParty>", attached)).attachments == ("stunden.pdf",)


@pytest.mark.parametrize("text", ["12,50", "1e5", "NaN", "Infinity", "", "१२", "1" * 40, "--1"])
def test_an_amount_that_makes_no_sense_is_left_out(text: str) -> None:
    change = ('<cbc:TaxInclusiveAmount currencyID="EUR">1463.49', f'<cbc:TaxInclusiveAmount currencyID="EUR">{text}')

    assert read("xrechnung.ubl.xml", change).totals.gross is None


@pytest.mark.parametrize(
    "text", ["2026-02-30", "01.04.2026", "", "2026-4-1", "0000-01-01", "²⁰²⁶-01-01", "0001-01-01", "9999-12-31"]
)
def test_a_day_that_makes_no_sense_is_left_out(text: str) -> None:
    assert read("xrechnung.ubl.xml", ("<cbc:IssueDate>2026-04-01", f"<cbc:IssueDate>{text}")).issued_on is None


def test_marks_that_turn_the_direction_of_text_are_removed() -> None:
    assert read("xrechnung.ubl.xml", ("<cbc:ID>RE0118", "<cbc:ID>RE\u202e0118\u200b")).number == "RE0118"


def test_other_prefixes_and_byte_order_marks_do_not_matter() -> None:
    text = re.sub(r"\bcbc:", "b:", sample("xrechnung.ubl.xml").decode()).replace("xmlns:cbc", "xmlns:b")

    assert einvoice.read("\ufeff".encode() + text.encode()) == read("xrechnung.ubl.xml")
    assert einvoice.read(text.replace("UTF-8", "UTF-16").encode("utf-16")) == read("xrechnung.ubl.xml")
