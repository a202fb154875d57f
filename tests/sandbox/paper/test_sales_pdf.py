"""Sales documents as PDF, read back with pypdf."""

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from lexweb.sandbox.paper import flow, sales_pdf
from lexweb.sandbox.paper.canvas import width
from tests.sandbox.paper import documents
from tests.sandbox.paper.documents import SELLER, invoice, item

KINDS = {
    "invoice": "invoices.get",
    "creditnote": "credit-notes.get",
    "quotation": "quotations.get",
    "orderconfirmation": "order-confirmations.get",
    "deliverynote": "delivery-notes.get",
    "dunning": "dunnings.get",
    "downpaymentinvoice": "down-payment-invoices.get",
}


def pages(kind: str, document: dict[str, Any]) -> list[str]:
    reader = PdfReader(io.BytesIO(sales_pdf.render(kind, document, SELLER)), strict=True)
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def text(kind: str, document: dict[str, Any]) -> str:
    return " ".join(pages(kind, document))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind(kind: str) -> None:
    document = documents.sample(KINDS[kind])
    (found,) = pages(kind, document)
    heading = " ".join(filter(None, (document["title"], document.get("voucherNumber"))))
    for part in (heading, "Elbufer Medien & Druck GmbH", "20457 Hamburg", SELLER.name, "Seite 1 von 1"):
        assert part in found
    for part in ("IBAN DE89 3704 0044 0532 0130 00", f"St.-Nr. {SELLER.tax_number}", f"USt-IdNr. {SELLER.vat_id}"):
        assert part in found
    for line in document["lineItems"]:
        assert line["name"] in found


def test_invoice_in_german() -> None:
    found = text("invoice", documents.sample("invoices.get"))
    for part in (
        "Rechnungsdatum 01.04.2026",
        "Leistungszeitraum 02.03.2026 – 31.03.2026",
        "Fällig am 01.05.2026",
        "Wir berechnen Ihnen die folgenden Leistungen.",
        "12 Stunde 95,00 € 19 % 1.140,00 €",
        "2 Stück 49,90 € 10 % 19 % 89,82 €",
        "März 2026, laut Stundenzettel",
        "Die Stundenzettel liegen bei.",
        "Summe netto 1.229,82 €",
        "zzgl. 19 % USt auf 1.229,82 € 233,67 €",
        "Gesamtbetrag 1.463,49 €",
        "Zahlungsbedingungen: 10 Tage 2 % Skonto, 30 Tage netto",
        "Vielen Dank für Ihren Auftrag.",
    ):
        assert part in found


def test_gross_shows_the_tax_inside() -> None:
    found = text("invoice", invoice(item("Rolle", 23.95, quantity=3), tax_type="gross"))
    assert "23,95 € 19 % 71,85 €" in found
    assert "Gesamtbetrag 71,85 € enthält 19 % USt auf 60,38 € 11,47 €" in found


def test_discount_on_the_whole() -> None:
    found = text("orderconfirmation", documents.sample("order-confirmations.get"))
    assert "Zwischensumme 1.229,82 € abzgl. 3 % Rabatt -36,89 € Summe netto 1.192,93 €" in found
    assert "Lieferbedingungen: Lieferung frei Haus." in found


def test_quotation_does_not_count_alternatives() -> None:
    found = text("quotation", documents.sample("quotations.get"))
    assert "1.1 Alternative: Pauschale" in found
    assert "(990,00 €)" in found
    assert "Optional: Etikettendrucker" in found
    assert "Gültig bis 17.03.2026" in found
    assert "Zwischensumme" not in found
    document = documents.sample("quotations.get")
    document["totalPrice"] |= {"totalDiscountAbsolute": 40, "totalNetAmount": 1100.0}
    assert "Zwischensumme 1.140,00 € abzgl. Rabatt -40,00 €" in text("quotation", document)


def test_delivery_note_has_no_amounts() -> None:
    found = text("deliverynote", documents.sample("delivery-notes.get"))
    assert "€" not in found
    assert "Lieferdatum 31.03.2026" in found
    untaxed = documents.sample("delivery-notes.get") | {"taxConditions": {"taxType": "vatfree"}}
    assert "UStG" not in text("deliverynote", untaxed)


def test_closing_invoice_deducts() -> None:
    deduction = {
        "id": "x",
        "voucherType": "downpaymentinvoice",
        "voucherNumber": "RE0097",
        "voucherDate": "2026-02-10T00:00:00.000+01:00",
        "receivedGrossAmount": 595.0,
    }
    found = text("invoice", invoice(item("A", 1000), downPaymentDeductions=[deduction], claimedGrossAmount=595.0))
    assert "abzgl. RE0097 vom 10.02.2026 -595,00 € Zahlbetrag 595,00 €" in found


@pytest.mark.parametrize(
    ("tax_type", "law"),
    [
        ("vatfree", "§ 19 UStG"),
        ("constructionService13b", "§ 13b Abs. 2 Nr. 4 UStG"),
        ("externalService13b", "§ 13b UStG (Reverse Charge)"),
        ("intraCommunitySupply", "§ 4 Nr. 1b"),
        ("thirdPartyCountryService", "§ 3a Abs. 2 UStG"),
        ("thirdPartyCountryDelivery", "§ 4 Nr. 1a"),
        ("photovoltaicEquipment", "§ 12 Abs. 3 UStG"),
    ],
)
def test_untaxed_names_the_law_and_no_tax(tax_type: str, law: str) -> None:
    document = invoice(item("A", 100, 0), tax_type=tax_type)
    found = text("invoice", document)
    assert law in found
    assert "USt auf" not in found
    document["taxConditions"]["taxTypeNote"] = "Eigene Worte."
    assert "Eigene Worte." in text("invoice", document)


def test_300_items_repeat_the_head_and_count_pages() -> None:
    document = invoice(*(item(f"Posten-{number}", 1.5) for number in range(1, 301)))
    found = pages("invoice", document)
    assert len(found) > 8
    assert [name for page in found for name in re.findall(r"Posten-\d+", page)] == [
        f"Posten-{n}" for n in range(1, 301)
    ]
    for number, page in enumerate(found, 1):
        assert "Pos. Bezeichnung Menge Einheit Einzelpreis USt Betrag" in page
        assert f"Seite {number} von {len(found)}" in page
        assert "Rechnung RE0118" in page
    assert "Gesamtbetrag 535,50 €" in found[-1]


def test_longest_texts_lose_nothing() -> None:
    words = [f"w{number}" for number in range(300)]
    document = invoice(
        item(
            "W" * 255, 99_999_999.99, quantity=9999.9999, unitName="Quadratzentimeterstunden", description="\n" * 1999
        ),
        item("Ende", 1, description=" ".join(words)),
        introduction="x" * 2000,
        remark="\n".join(words),
    )
    found = text("invoice", document)
    assert found.count("W") >= 255
    assert found.count("x") >= 2000
    assert all(found.count(f" {word} ") == 2 for word in words[1:-1])


def test_names_lose_their_marks_but_not_their_letters() -> None:
    document = documents.sample("invoices.get")
    document["address"] |= {"name": "Paweł Yıldız", "contactPerson": "Frau Groß", "countryCode": "AT"}
    found = text("invoice", document)
    for part in ("Pawel Yildiz", "Frau Groß", "Österreich"):
        assert part in found


def test_nothing_in_a_text_is_taken_for_ours() -> None:
    found = text("invoice", invoice(item("{nb} (a) \\ %PDF [x](http://y)", 1)))
    assert "{nb} (a) \\ %PDF [x](http://y)" in found


def test_same_bytes_every_time() -> None:
    document = documents.sample("invoices.get")
    assert sales_pdf.render("invoice", document, SELLER) == sales_pdf.render("invoice", document, SELLER)


def test_another_document_has_another_id_and_its_own_date() -> None:
    first, second = documents.sample("invoices.get"), documents.sample("invoices.get") | {"voucherNumber": "RE9"}
    readers = [PdfReader(io.BytesIO(sales_pdf.render("invoice", each, SELLER))) for each in (first, second)]
    assert readers[0].trailer["/ID"] != readers[1].trailer["/ID"]
    assert f"{readers[0].metadata.creation_date:%Y-%m-%d %H:%M}" == "2026-04-01 08:41"  # type: ignore[union-attr]


def test_lines_fit_and_lose_no_letter() -> None:
    given = "Ein **fetter Satz** mit __schrägen__ Wörtern und Donaudampfschifffahrtsgesellschaftskapitänsmützen"
    found = flow.rows(given, 40, 9)
    assert all(sum(width(part, 9, style) for part, style in row) <= 40.01 for row in found)
    letters = "".join(part for row in found for part, _ in row).replace(" ", "")
    assert letters == given.replace("*", "").replace("_", "").replace(" ", "")
    styles = {part.strip(): style for row in found for part, style in row}
    assert (styles["fetter"], styles["schrägen"], styles["mit"]) == ("B", "I", "")
