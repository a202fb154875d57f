"""What one sees of a file before it is sent: its e-invoice, its original, what is in it besides its pages."""

import hashlib
from base64 import b64encode
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from lexweb.files import workshop
from lexweb.uploads import services
from lexweb.uploads.models import Upload
from lexweb.vouchers.duplicates import numbers
from lexweb.vouchers.models import Voucher
from tests import cast as casting
from tests.cast import Cast
from tests.clients.threads import at_once
from tests.conftest import SignIn
from tests.einvoice.test_pdf import FACTUR_X
from tests.einvoice.test_reading import sample
from tests.files import making
from tests.uploads.desk import Desk, picture

pytestmark = pytest.mark.django_db(transaction=True)
XRECHNUNG = sample("xrechnung.ubl.xml")


def _page(desk: Desk, upload: Upload) -> str:
    text: str = desk.browser.get(f"{desk.address}{upload.pk}/").text
    return text


@pytest.mark.parametrize(("name", "content"), [("rechnung.xml", XRECHNUNG), ("rechnung.pdf", FACTUR_X)])
def test_an_e_invoice_is_readable_before_it_is_sent(desk: Desk, name: str, content: bytes) -> None:
    upload = desk.brought(name, content)

    for _again in range(2):  # the second time from what was kept of the PDF
        page = _page(desk, upload)
        for text in (
            "Tischlerei Brandt GmbH &amp; Co. KG", "Elbufer Medien &amp; Druck GmbH", "991-01234-44", "RE0118",
            "Beratungsstunde Warenwirtschaft", "1,463.49", "DE89 3704 0044 0532 0130 00",
            hashlib.sha256(content).hexdigest(), f"{upload.pk}/original/",
        ):  # fmt: skip
            assert text in page
        assert "/differences/" not in page  # there is no voucher yet to compare it with


def test_an_invoice_that_nobody_could_open_now_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = desk.brought("rechnung.pdf", FACTUR_X)

    def busy(*_args: object, **_options: object) -> None:
        raise workshop.Busy

    monkeypatch.setattr(workshop, "do", busy)

    assert "Too many files" in _page(desk, upload)


def test_what_is_no_e_invoice_shows_none(desk: Desk) -> None:
    page = _page(desk, desk.brought(content=picture("a")))

    assert "einvoice" not in page
    assert hashlib.sha256(picture("a")).hexdigest() in page


def test_what_waits_can_be_taken_back_out_unchanged(desk: Desk, cast: Cast, sign_in: SignIn) -> None:
    content = picture("a")
    upload = desk.brought("Foto \u00e4 1", content)  # its name says nothing of what it is
    address = f"{desk.address}{upload.pk}/original/"

    answer = desk.browser.get(address)

    assert b"".join(answer) == content
    assert answer["Content-Disposition"].startswith("attachment;")
    assert ".png" in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Repr-Digest"] == f"sha-256=:{b64encode(hashlib.sha256(content).digest()).decode()}:"
    assert address in _page(desk, upload)

    assert sign_in(cast.fremd).get(address).status_code == 404
    other = casting.connect(cast.other, desk.sandbox, by=cast.paula, index=1)
    assert sign_in(cast.paula).get(f"{other.client.url}uploads/{upload.pk}/original/").status_code == 404

    services.send(desk.connection, [upload], by=desk.klaus, batch_id=uuid4())
    assert b"".join(desk.browser.get(address)) == content


def test_what_was_discarded_is_gone(desk: Desk) -> None:
    upload = desk.brought()
    desk.decide("discard", upload)

    assert desk.browser.get(f"{desk.address}{upload.pk}/original/").status_code == 404
    assert "/original/" not in _page(desk, upload)


def _same_in_other_bytes(content: bytes) -> bytes:
    return content + b"\n<!-- again -->"


def test_the_same_invoice_in_two_files_of_one_upload_asks_first(desk: Desk) -> None:
    first = desk.brought("rechnung.xml", XRECHNUNG)
    other = desk.brought("andere.xml", XRECHNUNG.replace(b"RE0118", b"RE0119"))

    for second in (desk.brought("kopie.xml", _same_in_other_bytes(XRECHNUNG)), desk.brought("r.pdf", FACTUR_X)):
        assert (first.state, other.state, second.state) == ("ready", "ready", "asking")
        assert second.suspicions[0] == ["upload", str(first.pk)]
        page = _page(desk, second)
        assert "The same invoice as in" in page
        assert f"/uploads/{first.pk}/" in page
        assert "rechnung.xml" in page
    rows = {row.upload.name: row for row in desk.browser.get(desk.address).context["rows"]}
    assert [each.upload for each in rows["kopie.xml"].others] == [first]
    assert not rows["rechnung.xml"].others
    assert "no longer here" not in desk.browser.get(desk.address).text

    desk.decide("allow", second)
    second.refresh_from_db()
    assert second.state == "ready"


def test_two_files_with_the_same_invoice_that_come_at_once_are_not_both_ready(desk: Desk) -> None:
    contents = [XRECHNUNG, _same_in_other_bytes(XRECHNUNG), FACTUR_X]

    def bring(number: int) -> int:
        try:
            return int(desk.bring(f"{number}.xml", contents[number]).status_code)
        finally:
            connections.close_all()

    assert at_once(bring, workers=3) == [200] * 3
    assert sorted(Upload.objects.values_list("state", flat=True)) == ["asking", "asking", "ready"]


def test_an_invoice_that_was_put_aside_or_deleted_over_there_is_no_reason_to_ask(desk: Desk) -> None:
    discarded = desk.brought("a.xml", XRECHNUNG)
    desk.decide("discard", discarded)
    deleted = desk.brought("b.xml", _same_in_other_bytes(XRECHNUNG))
    assert deleted.state == "ready"
    Upload.objects.filter(pk=deleted.pk).update(state="done", voucher_id=uuid4(), file_id=uuid4())  # unknown by now

    assert desk.brought("c.pdf", FACTUR_X).state == "ready"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (making.rewritten(making.pdf(), "script"), "scripts or other active content"),
        (making.rewritten(making.pdf(), "attachment"), "other files inside"),
        (making.pdf(51), "many pages"),
    ],
)
def test_what_can_be_sent_but_looks_odd_says_so_first(desk: Desk, content: bytes, words: str) -> None:
    upload = desk.brought("beleg.pdf", content)

    assert upload.state == "ready"
    assert words in _page(desk, upload)
    assert words in desk.browser.get(desk.address).text


def _booked(desk: Desk, **values: object) -> Voucher:
    now = timezone.now()
    given = {
        "kind": "purchaseinvoice", "status": "open", "number": "RE0118", "number_key": numbers.key("RE0118"),
        "contact_name": "Tischlerei Brandt", "created_at": now, "updated_at": now, "seen_at": now, "wanted": 0,
        "listed_on": now.date(), "voucher_on": now.date(), "total_amount": "1463.49", "currency": "EUR",
    }  # fmt: skip
    return Voucher.objects.create(connection=desk.connection, lexware_id=uuid4(), **given | values)


def test_an_invoice_that_came_in_over_there_meanwhile_is_asked_about_before_it_is_sent(desk: Desk) -> None:
    upload, other = desk.brought("rechnung.xml", XRECHNUNG), desk.brought("beleg.png")
    _booked(desk, contact_name="Schreinerei Meier")  # another supplier with the same number
    _booked(desk, status="voided")
    assert "2 new vouchers" in desk.browser.post(f"{desk.address}send/", {"all": "1"}).text

    voucher = _booked(desk)
    question = desk.browser.post(f"{desk.address}send/", {"all": "1"}).text

    assert "1 new voucher" in question
    assert "1 of the chosen files is left out" in question
    assert str(other.pk) in question
    upload.refresh_from_db()
    assert (upload.state, upload.suspicions) == ("asking", [["number", str(voucher.lexware_id)]])

    desk.decide("allow", upload)
    assert "2 new vouchers" in desk.browser.post(f"{desk.address}send/", {"all": "1"}).text  # nobody is asked twice


def test_what_is_attached_to_the_voucher_of_its_invoice_is_not_asked_about(desk: Desk) -> None:
    upload, voucher = desk.brought("rechnung.xml", XRECHNUNG), _booked(desk)
    services.attach(desk.connection, [upload], voucher.lexware_id)

    assert "1 file</strong> is attached" in desk.browser.post(f"{desk.address}send/", {"all": "1"}).text


def test_who_has_looked_at_the_other_file_is_not_asked_about_its_voucher(desk: Desk) -> None:
    first, second = desk.brought("a.xml", XRECHNUNG), desk.brought("b.pdf", FACTUR_X)
    desk.decide("allow", second)
    voucher = _booked(desk)
    Upload.objects.filter(pk=first.pk).update(state="done", voucher_id=voucher.lexware_id)

    assert "1 new voucher" in desk.browser.post(f"{desk.address}send/", {"all": "1"}).text
