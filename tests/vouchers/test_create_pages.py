"""A new voucher with its image: created, booked and attached once; a copy of an earlier one."""

import errno
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from lexweb.contacts import mirror as contacts
from lexweb.files.models import Blob
from lexweb.vouchers.models import Voucher
from tests.cast import Cast
from tests.conftest import SignIn
from tests.contacts.desk import HTMX, Sheet, said
from tests.files.failing import Breakdown
from tests.vouchers.receipts import Receipts, filled
from tests.vouchers.test_form_pages import address, typed

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


@pytest.fixture
def url(receipts: Receipts) -> str:
    """The address of the form."""
    return reverse("vouchers:create", args=[receipts.client.slug])


def new(browser: Browser, url: str, query: str = "") -> Sheet:
    """An empty form."""
    return Sheet(browser, url, browser.get(f"{url}{query}").content.decode())


def image(name: str = "Rechnung.png", content: bytes = PNG) -> SimpleUploadedFile:
    """A file from the disk of the person."""
    return SimpleUploadedFile(name, content)


def only(receipts: Receipts) -> dict[str, Any]:
    """The voucher with the number that was typed, as Lexware Office holds it."""
    (voucher,) = Voucher.objects.filter(connection=receipts.connection, number="R-77")
    return receipts.there(voucher)


def test_created_with_its_image_in_one_go(receipts: Receipts, klaus: Browser, url: str) -> None:
    sheet = new(klaus, url)
    assert "booked at once" in sheet.page

    answer = sheet.save(image=image(), **typed())

    assert answer.status_code == 302, answer.content.decode()
    there = only(receipts)
    assert (there["voucherStatus"], len(there["files"])) == ("open", 1)
    assert "created and booked" in said(answer)
    assert sheet.save(image=image(), **typed()).status_code in {302, 422}  # the same form again
    assert len(Voucher.objects.filter(number="R-77")) == 1


def test_the_image_survives_another_mistake_in_the_form(receipts: Receipts, klaus: Browser, url: str) -> None:
    answer = new(klaus, url).save(image=image("Beleg März.png"), **typed(voucher_date="31.11."))

    assert answer.status_code == 422
    after = Sheet(klaus, url, answer.content.decode())
    assert "Beleg März.png" in after.page
    assert after.save(**typed()).status_code == 302
    assert len(only(receipts)["files"]) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"GIF89a" + b"0" * 100, "no PDF, JPEG, PNG"), (b"", "empty"), (b"0" * (5 * 1024 * 1024 + 1), "larger than 5 MB")],
)
def test_an_image_that_cannot_be_sent_is_said_at_once(
    receipts: Receipts, klaus: Browser, url: str, content: bytes, words: str
) -> None:
    answer = new(klaus, url).save(image=image("beleg.pdf", content), **typed())

    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["image"])
    assert receipts.sent("POST") == []
    assert Sheet(klaus, url, answer.content.decode()).data["voucher_number"] == "R-77"


def test_the_image_can_be_taken_away_again(receipts: Receipts, klaus: Browser, url: str) -> None:
    answer = new(klaus, url).save(image=image(), **typed(voucher_number=""))
    after = Sheet(klaus, url, answer.content.decode())

    dropped = Sheet(klaus, url, after.save(act="drop-image").content.decode())

    assert "kept" not in dropped.data
    assert dropped.save(**typed()).status_code == 302
    assert only(receipts)["files"] == []


def test_an_image_taken_away_after_a_first_try_stays_away(receipts: Receipts, klaus: Browser, url: str) -> None:
    receipts.sandbox.fault("429", method="POST", path="/v1/vouchers", count=50)
    answer = new(klaus, url).save(image=image(), **typed())
    assert answer.status_code == 422
    receipts.sandbox.clear_faults()

    dropped = Sheet(klaus, url, Sheet(klaus, url, answer.content.decode()).save(act="drop-image").content.decode())

    assert dropped.save(**typed()).status_code == 302
    assert only(receipts)["files"] == []
    assert not Blob.objects.exists()


def test_an_image_added_to_a_form_that_is_over_is_not_passed_over_in_silence(
    receipts: Receipts, klaus: Browser, url: str
) -> None:
    sheet = new(klaus, url)
    assert sheet.save(**typed()).status_code == 302

    answer = sheet.save(image=image(), **typed())  # back in the browser, and now with the file

    assert answer.status_code == 422
    assert "has already created" in answer.content.decode()
    assert len(Voucher.objects.filter(number="R-77")) == 1


def test_what_is_missing_is_said_at_its_field(receipts: Receipts, klaus: Browser, url: str) -> None:
    answer = new(klaus, url, "?kind=salesinvoice").save(
        htmx=True, collective=None, **{"line-0-amount": "10", "line-0-tax_rate": "19"}
    )

    assert answer.status_code == 422
    form = answer.context["form"]
    assert {"voucher_number", "voucher_date", "contact_id", "lines"} <= set(form.errors)
    assert set(form.rows[0].errors) == {"category_id"}
    assert form.kind == "salesinvoice"
    assert receipts.sent("POST") == []


def test_a_copy_begins_with_what_the_earlier_one_says(receipts: Receipts, klaus: Browser) -> None:
    earlier = receipts.booked(number="ALT-1", remark="nur hier")

    page = klaus.get(address(earlier, "copy"))
    sheet = Sheet(klaus, reverse("vouchers:create", args=[receipts.client.slug]), page.content.decode())

    assert (sheet.data["line-0-amount"], sheet.data["collective"]) == ("119.00", "on")
    assert (sheet.data["voucher_number"], sheet.data["remark"]) == ("", "")
    assert sheet.save(voucher_number="R-77", voucher_date="heute").status_code == 302
    assert only(receipts)["voucherItems"][0]["categoryId"] == filled()["lines"][0]["category_id"]


def test_earlier_vouchers_of_the_supplier_are_offered(receipts: Receipts, klaus: Browser, url: str) -> None:
    payload = receipts.books.ask(lambda office: office.contacts.page()).content[0].payload()
    contact = contacts.store(receipts.connection, payload, asked_at=timezone.now())
    earlier = receipts.booked(number="ALT-1", collective=False, contact_id=str(contact.lexware_id))

    offered = klaus.get(
        reverse("vouchers:earlier", args=[receipts.client.slug]), {"contact_id": str(contact.lexware_id)}, headers=HTMX
    )
    assert f'value="like:{earlier.lexware_id}"' in offered.content.decode()
    taken = new(klaus, url).save(act=f"like:{earlier.lexware_id}", contact_id=str(contact.lexware_id))

    sheet = Sheet(klaus, url, taken.content.decode())
    assert (sheet.data["line-0-amount"], sheet.data["line-0-tax_amount"]) == ("119.00", "19.00")
    assert sheet.data["line-0-category_id"] == filled()["lines"][0]["category_id"]
    assert sheet.data["contact_id"] == str(contact.lexware_id)
    assert "aria-invalid" not in sheet.page


def test_a_contact_is_made_in_the_dialog_and_handed_over(receipts: Receipts, klaus: Browser) -> None:
    address = f"{receipts.client.url}contacts/new/"
    dialog = {"HX-Request": "true", "HX-Target": "dialog"}

    page = klaus.get(f"{address}?role=vendor", headers=dialog).content.decode()
    assert 'id="contact-form"' in page
    assert 'id="form"' not in page
    assert 'name="vendor" id="id_vendor" checked' in page
    refused = klaus.post(address, {"kind": "company"}, headers=dialog)
    made = klaus.post(
        address,
        {"kind": "company", "company_name": "Holz Ahrens", "vendor": "on", "billing_country": "DE"},
        headers=dialog,
    )

    assert refused.status_code == 422
    assert 'id="contact-form"' in refused.content.decode()
    assert made.status_code == 204
    assert '"name": "Holz Ahrens"' in made["HX-Trigger"]
    assert "dialog:close" in made["HX-Trigger"]


def test_pages_offer_what_may_be_done(
    receipts: Receipts, cast: Cast, klaus: Browser, sign_in: SignIn, url: str
) -> None:
    voucher = receipts.booked()

    detail = klaus.get(address(voucher, "detail")).content.decode()
    for page in ("edit", "copy"):
        assert f'href="{address(voucher, page)}"' in detail
        assert (
            f'href="{address(voucher, page)}"'
            not in sign_in(cast.robert).get(address(voucher, "detail")).content.decode()
        )
    assert "booked" in detail[detail.index("History") :]
    listed = reverse("vouchers:list", args=[receipts.client.slug])
    assert f'href="{url}"' in klaus.get(listed).content.decode()
    assert f'href="{url}"' not in sign_in(cast.aylin).get(listed).content.decode()


def test_an_image_that_is_not_here_any_more_is_asked_for_again(receipts: Receipts, klaus: Browser, url: str) -> None:
    answer = new(klaus, url).save(image=image(), **typed(voucher_date="31.11."))
    after = Sheet(klaus, url, answer.content.decode())
    Blob.objects.all().delete()  # the form was open for longer than its image was kept

    answer = after.save(**typed())

    assert answer.status_code == 422
    assert "Choose the file again" in answer.content.decode()
    assert not Voucher.objects.filter(number="R-77").exists()
    assert Sheet(klaus, url, answer.content.decode()).save(image=image(), **typed()).status_code == 302
    assert len(only(receipts)["files"]) == 1


def test_a_storage_that_fails_leaves_what_was_typed(
    receipts: Receipts, klaus: Browser, url: str, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    breakdown = Breakdown(settings, monkeypatch)
    breakdown.begin(OSError(errno.ENOSPC, "full"))

    answer = new(klaus, url).save(image=image(), **typed())

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "R-77" in page
    assert "so the file was not kept" in page
    breakdown.mend()
    assert Sheet(klaus, url, page).save(image=image(), **typed()).status_code == 302
