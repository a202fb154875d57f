"""Uploading receipts, and looking at them."""

import html

import httpx
import pytest

from lexweb.sandbox.paper import receipts
from tests.sandbox import bookkeeping
from tests.sandbox.bookkeeping import RECEIPT
from tests.sandbox.office.people import People


def upload(people: People, name: str, content: bytes) -> httpx.Response:
    return people.http.post(f"{people.home}/upload", files={"file": (name, content)})


def voucher_id(answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0].rpartition("/")[2]


def file_address(people: People, found: str) -> str:
    return f"{people.home}/files/{bookkeeping.read(people.api, found)['files'][0]}"


def test_an_upload_is_blank_then_unchecked(people: People) -> None:
    found = voucher_id(upload(people, "Beleg.pdf", receipts.pdf(RECEIPT)))
    assert bookkeeping.read(people.api, found)["voucherStatus"] == "blank"
    page = people.see(f"/vouchers/{found}")
    assert "Die Texterkennung liest die Datei." in page
    assert 'http-equiv="refresh"' in page
    assert found in people.see("/upload")
    people.refused(f"/vouchers/{found}", "save", number="1")
    bookkeeping.age(people.http, 60)
    page = people.see(f"/vouchers/{found}")
    assert 'value="2026-4711"' in page
    assert 'http-equiv="refresh"' not in page
    assert bookkeeping.read(people.api, found)["voucherStatus"] == "unchecked"
    assert people.events(found) == ["voucher.created", "voucher.changed", "voucher.status.changed"]


def test_what_is_recognized_can_be_booked_with_a_category(people: People) -> None:
    found = voucher_id(upload(people, "Beleg.pdf", receipts.pdf(RECEIPT)))
    bookkeeping.age(people.http, 60)
    people.press(f"/vouchers/{found}", "book", category=bookkeeping.TRAVEL)
    voucher = bookkeeping.read(people.api, found)
    assert (voucher["voucherStatus"], voucher["totalGrossAmount"]) == ("open", 119)
    assert len(voucher["files"]) == 1
    assert found not in people.see("/upload")


def test_the_same_file_leads_to_its_voucher(people: People) -> None:
    content = bookkeeping.picture()
    first = upload(people, "a.png", content)
    again = upload(people, "b.png", content)
    assert voucher_id(first) == voucher_id(again)
    assert "uploaded" in first.headers["location"]
    assert "known" in again.headers["location"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("beleg.html", b"<script>alert(1)</script>", "Angenommen werden"),
        ("beleg.pdf", b"<script>alert(1)</script>", "Angenommen werden"),
        ("beleg.png", bookkeeping.picture(6_000_000), "größer als 5 MB"),
        ("beleg.jpg", b"\xff\xd8\xff nichts", "beschädigt"),
    ],
)
def test_refused_files(people: People, name: str, content: bytes, sentence: str) -> None:
    answer = upload(people, name, content)
    assert answer.status_code == 422
    assert sentence in html.unescape(answer.text)


def test_no_file_at_all(people: People) -> None:
    for sent in ({"files": {"file": ("", b"")}}, {"data": {"file": "x"}}, {"content": b"x"}):
        assert people.http.post(f"{people.home}/upload", **sent).status_code == 422  # type: ignore[arg-type]


def test_e_invoices_only_while_switched_on(people: People) -> None:
    content = receipts.xrechnung_file(RECEIPT)
    people.press("/settings", "save", BOOKKEEPING="on")
    assert upload(people, "rechnung.xml", content).status_code == 422
    people.press("/settings", "save", BOOKKEEPING="on", e_invoices="on")
    found = voucher_id(upload(people, "rechnung.xml", content))
    address = file_address(people, found)
    assert f'data="{address}?as=pdf' in people.see(f"/vouchers/{found}")
    assert people.http.get(address, params={"as": "pdf"}).content.startswith(b"%PDF-")
    xml = people.http.get(address)
    assert xml.content == content
    assert xml.headers["content-disposition"].startswith("attachment; ")
    assert "sandbox" in xml.headers["content-security-policy"]


def test_files_are_shown_as_what_they_are(people: People) -> None:
    found = voucher_id(upload(people, '<b>"Ü\\.png', bookkeeping.picture()))
    page, address = people.see(f"/vouchers/{found}"), file_address(people, found)
    assert f'<img src="{address}"' in page
    assert "<b>" not in page
    shown, saved = people.http.get(address), people.http.get(address, params={"save": ""})
    assert shown.content == saved.content == bookkeeping.picture()
    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["content-disposition"].startswith("inline; ")
    assert saved.headers["content-disposition"].startswith("attachment; ")
    assert "sandbox" in shown.headers["content-security-policy"]


def test_pdf_is_shown_in_the_page(people: People) -> None:
    found = voucher_id(upload(people, "Beleg.pdf", receipts.pdf(RECEIPT)))
    address = file_address(people, found)
    assert f'<object data="{address}#' in people.see(f"/vouchers/{found}")
    answer = people.http.get(address)
    assert (answer.headers["content-type"], answer.headers["x-content-type-options"]) == ("application/pdf", "nosniff")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert people.http.get(f"{people.home}/files/unbekannt").status_code == 404
