"""The pages about possible duplicates and about electronic invoices."""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone

from lexweb import einvoice
from lexweb.clients.models import Connection
from lexweb.einvoice import Invoice, Profile
from lexweb.einvoice.model import Syntax, Tax, Totals
from lexweb.files import store
from lexweb.files.models import File
from lexweb.vouchers.duplicates import matching, numbers
from lexweb.vouchers.form.voucher_form import VoucherForm
from lexweb.vouchers.models import Detail, Voucher
from tests.cast import Cast
from tests.conftest import SignIn
from tests.einvoice.test_pdf import FACTUR_X
from tests.einvoice.test_reading import sample

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
RAW: dict[str, Any] = {  # as the XRechnung says
    "type": "purchaseinvoice", "voucherNumber": "RE0118", "voucherDate": "2026-04-01T00:00:00.000+02:00",
    "totalGrossAmount": 1463.49, "totalTaxAmount": 233.67, "taxType": "net", "remark": "",
    "voucherItems": [{"amount": 1229.82, "taxAmount": 233.67, "taxRatePercent": 19, "categoryId": "c"}],
}  # fmt: skip
BRANDT = "Tischlerei Brandt"


def _voucher(connection: Connection, raw: dict[str, Any] | None = None, **columns: Any) -> Voucher:
    raw, now = raw or RAW, timezone.now()
    voucher = Voucher.objects.create(
        connection=connection, lexware_id=uuid4(), kind="purchaseinvoice", status="unchecked", wanted=0,
        number=raw["voucherNumber"], number_key=numbers.key(raw["voucherNumber"]), voucher_on=date(2026, 4, 1),
        listed_on=date(2026, 4, 1), contact_name="Tischlerei Brandt", currency="EUR", created_at=now, updated_at=now,
        seen_at=now, total_amount=Decimal(str(raw["totalGrossAmount"])), **columns,
    )  # fmt: skip
    Detail.objects.create(voucher=voucher, raw=raw, version=1, seen_at=now)
    return voucher


def _file(voucher: Voucher, content: bytes, media_type: str) -> File:
    blob = store.put(voucher.connection, [content], media_type=media_type)
    return File.objects.create(
        connection=voucher.connection, lexware_id=uuid4(), voucher_id=voucher.lexware_id, blob=blob,
        media_type=media_type, size=blob.size, sha256=blob.sha256, profile="xrechnung",
    )  # fmt: skip


def _compare(cast: Cast, one: UUID, other: UUID, more: str = "") -> str:
    return f"{cast.client.url}vouchers/{one}/compare/{other}/{more}"


def test_a_voucher_names_its_twins_until_a_person_says_that_they_are_none(
    klaus: Browser, cast: Cast, connection: Connection
) -> None:
    one, two = _voucher(connection), _voucher(connection)
    page = f"{cast.client.url}vouchers/{one.lexware_id}/"
    compare = _compare(cast, one.lexware_id, two.lexware_id)

    shown = klaus.get(page)
    assert compare in shown.text
    assert "same number, same amount within three days" in shown.text
    assert Voucher.objects.get(pk=one.pk).suspect

    said = klaus.post(f"{compare}distinct/", follow=True)
    assert "no duplicates" in said.text
    assert f"{compare}distinct/undo/" in said.text
    assert compare not in klaus.get(page).text
    assert not Voucher.objects.filter(suspect=True).exists()
    assert "are no duplicates" in klaus.get(f"{cast.client.url}history/").text

    klaus.post(f"{compare}distinct/undo/")
    assert compare in klaus.get(page).text


def test_two_vouchers_are_shown_side_by_side_with_their_differences(
    klaus: Browser, cast: Cast, connection: Connection
) -> None:
    one, two = _voucher(connection), _voucher(connection, RAW | {"remark": "Zweitschrift"})
    Voucher.objects.filter(pk=two.pk).update(voucher_on=date(2026, 4, 3))

    page = klaus.get(_compare(cast, one.lexware_id, two.lexware_id))

    differing = {value.label for value in page.context["values"] if value.differs}
    assert {"Date", "Remark"} <= differing
    assert not {"Number", "Total", "Contact", "Kind"} & differing
    assert page.text.count('class="compare-differs"') == len(differing)
    for each in (one, two):
        assert f"/vouchers/{each.lexware_id}/" in page.text


def test_who_may_not_edit_may_compare_but_not_decide(cast: Cast, sign_in: SignIn, connection: Connection) -> None:
    one, two = _voucher(connection), _voucher(connection)
    robert = sign_in(cast.robert)
    url = _compare(cast, one.lexware_id, two.lexware_id)

    assert "No duplicate" not in robert.get(url).text
    assert robert.post(f"{url}distinct/").status_code == 403
    assert robert.post(f"{url}distinct/undo/").status_code == 403


def test_vouchers_of_other_clients_and_a_voucher_with_itself_are_not_compared(
    klaus: Browser, cast: Cast, connection: Connection
) -> None:
    one = _voucher(connection)

    assert klaus.get(_compare(cast, one.lexware_id, one.lexware_id)).status_code == 404
    assert klaus.get(_compare(cast, one.lexware_id, uuid4())).status_code == 404


@pytest.mark.parametrize(("content", "media_type"), [("xrechnung.ubl.xml", "application/xml"), ("", "application/pdf")])
def test_an_e_invoice_is_readable(
    klaus: Browser, cast: Cast, connection: Connection, content: str, media_type: str
) -> None:
    data = sample(content) if content else FACTUR_X
    file = _file(_voucher(connection), data, media_type)

    for _again in range(2):  # the second time from what was kept of the PDF
        page = klaus.get(f"{cast.client.url}files/{file.lexware_id}/invoice/")
        assert page.status_code == 200
    for text in (
        "Tischlerei Brandt GmbH &amp; Co. KG", "Elbufer Medien &amp; Druck GmbH", "991-01234-44", "DE136695976",
        "Beratungsstunde Warenwirtschaft", "1,463.49", "DE89 3704 0044 0532 0130 00", "10 Tage 2 % Skonto",
        hashlib.sha256(data).hexdigest(), "12 h", f"files/{file.lexware_id}/original/",
    ):  # fmt: skip
        assert text in page.text


def test_what_is_no_e_invoice_or_not_ones_own_is_not_found(
    klaus: Browser, cast: Cast, sign_in: SignIn, connection: Connection
) -> None:
    voucher = _voucher(connection)
    nothing, file = _file(voucher, b"<a/>", "application/xml"), _file(voucher, FACTUR_X, "application/pdf")

    assert klaus.get(f"{cast.client.url}files/{nothing.lexware_id}/invoice/").status_code == 404
    assert klaus.get(f"{cast.client.url}files/{uuid4()}/invoice/").status_code == 404
    assert sign_in(cast.fremd).get(f"{cast.client.url}files/{file.lexware_id}/invoice/").status_code == 404


def test_a_leitweg_id_with_wrong_check_digits_is_remarked(klaus: Browser, cast: Cast, connection: Connection) -> None:
    voucher, texts = _voucher(connection), []
    for number in (b"991-03730-19", b"991-03730-91", b"Bestellung 7"):
        right = sample("xrechnung.ubl.xml").replace(b"991-01234-44", number)
        file = _file(voucher, right, "application/xml")
        texts.append(klaus.get(f"{cast.client.url}files/{file.lexware_id}/invoice/").text)

    assert ["check digits" in text for text in texts] == [False, True, False]


def test_what_is_booked_otherwise_is_marked(klaus: Browser, cast: Cast, connection: Connection) -> None:
    same, other = _voucher(connection), _voucher(connection, RAW | {"voucherNumber": "RE0119"})
    for voucher in (same, other):
        _file(voucher, sample("xrechnung.ubl.xml"), "application/xml")

    texts = [
        klaus.get(f"{cast.client.url}vouchers/{voucher.lexware_id}/differences/", headers=HTMX).text
        for voucher in (same, other)
    ]

    assert "says the same" in texts[0]
    assert "RE0119" in texts[1]
    assert "<html" not in texts[1]
    assert f"vouchers/{same.lexware_id}/differences/" in klaus.get(f"{cast.client.url}vouchers/{same.lexware_id}/").text


@pytest.mark.parametrize(("currency", "far"), [(b"EUR", ["-1343.79"]), (b"CHF", [])])
def test_the_form_says_how_far_its_lines_are_from_the_e_invoice(
    connection: Connection, currency: bytes, far: list[str]
) -> None:
    line = {"amount": 100.59, "taxAmount": 19.11, "taxRatePercent": 19, "categoryId": "c"}
    voucher = _voucher(connection, RAW | {"totalGrossAmount": 119.7, "voucherItems": [line]})
    file = _file(voucher, sample("xrechnung.ubl.xml").replace(b"EUR", currency), "application/xml")

    [*invoice, read] = VoucherForm(connection=connection, voucher=voucher).expected
    assert [str(difference) for _label, _total, difference in invoice] == far
    assert read[2] == 0

    File.objects.filter(pk=file.pk).update(blob=None)  # not here: the form does not wait for it
    assert len(VoucherForm(connection=connection, voucher=voucher).expected) == 1


@pytest.mark.parametrize(
    ("booked", "contact", "names"),
    [
        ({}, {}, []),
        ({"voucherNumber": "RE 0118"}, {}, []),
        ({"voucherNumber": "RE0119"}, {}, ["number"]),
        ({"voucherDate": "2026-04-02T00:00:00.000+02:00"}, {}, ["voucher_date"]),
        ({"totalGrossAmount": 1463.50}, {}, ["total"]),
        ({"type": "purchasecreditnote"}, {}, ["type"]),
        ({"voucherItems": [{"amount": 1, "taxAmount": 233.68, "taxRatePercent": 19}]}, {}, []),
        ({"voucherItems": [{"amount": 1, "taxAmount": 233.69, "taxRatePercent": 19}]}, {}, ["tax"]),
        ({"voucherItems": [{"amount": 1, "taxAmount": 233.67, "taxRatePercent": 7}]}, {}, ["tax", "tax"]),
        ({}, {"contact_name": "Brandt Stahlbau GmbH"}, ["supplier"]),
        ({}, {"contact_name": "Sammellieferant"}, []),
        ({}, {"contact_name": BRANDT, "vat_id": "DE 136695976"}, []),
        ({}, {"contact_name": BRANDT, "vat_id": "DE136695977"}, ["vat_id"]),
        ({"type": "salesinvoice"}, {"contact_name": "Elbufer Medien & Druck"}, []),
        ({"voucherNumber": None, "voucherDate": None, "totalGrossAmount": None, "voucherItems": []}, {}, []),
    ],
)
def test_what_counts_as_a_difference(booked: dict[str, Any], contact: dict[str, str], names: list[str]) -> None:
    invoice = einvoice.read(sample("xrechnung.ubl.xml"))

    found = matching.differences(RAW | booked, invoice, **contact)

    assert [difference.name for difference in found] == names


def test_amounts_in_another_currency_are_no_difference_of_their_own() -> None:
    invoice = einvoice.read(sample("xrechnung.ubl.xml").replace(b'"EUR"', b'"CHF"').replace(b">EUR<", b">CHF<"))

    found = matching.differences(RAW | {"totalGrossAmount": 1500}, invoice)

    assert [(each.name, each.invoice, each.booked) for each in found] == [("currency", "CHF", "EUR")]


@pytest.mark.parametrize(("sign", "kind"), [(1, "purchaseinvoice"), (-1, "purchasecreditnote")])
def test_a_rate_of_which_more_was_given_back_than_taken_is_the_same(sign: int, kind: str) -> None:
    """Deposit on bottles: what is brought back has another rate than what is bought."""
    bought = Tax("S", Decimal(7), net=sign * Decimal(100), tax=sign * Decimal(7))
    brought = Tax("S", Decimal(19), net=-sign * Decimal(10), tax=-sign * Decimal("1.90"))
    totals = Totals(gross=sign * Decimal("95.10"))
    invoice = Invoice(Profile.EN16931, Syntax.CII, taxes=(bought, brought), totals=totals)
    items = [{"taxAmount": 7, "taxRatePercent": 7}, {"taxAmount": -1.9, "taxRatePercent": 19}]

    assert matching.differences({"type": kind, "totalGrossAmount": 95.1, "voucherItems": items}, invoice) == []
