"""Somebody saved the voucher first: merged where it can be, asked where it cannot, and nothing is booked unseen."""

import pytest
from django.test import Client as Browser

from lexweb.sandbox.vouchers import desk
from lexweb.vouchers.models import Voucher
from tests.contacts.desk import said
from tests.vouchers.receipts import Receipts
from tests.vouchers.test_form_pages import again, opened, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def voucher(receipts: Receipts) -> Voucher:
    """A receipt that is complete and waits to be booked."""
    voucher = receipts.unchecked(images=2)
    return receipts.mirror(str(voucher.lexware_id))


def complete(receipts: Receipts, browser: Browser, voucher: Voucher) -> None:
    """Fill it in."""
    assert opened(browser, voucher).save(act="save", **typed()).status_code == 302


def test_changes_of_different_fields_are_merged_and_saved(receipts: Receipts, klaus: Browser, voucher: Voucher) -> None:
    complete(receipts, klaus, voucher)
    sheet = opened(klaus, voucher)
    receipts.change(voucher, remark="von drüben")

    answer = sheet.save(act="save", voucher_number="R-78")

    assert answer.status_code == 302, answer.content.decode()
    there = receipts.there(voucher)
    assert (there["voucherNumber"], there["remark"]) == ("R-78", "von drüben")
    assert len(there["files"]) == 2
    assert "Taken over from there: Remark." in said(answer)


def test_a_line_that_was_only_proposed_stands_in_nobodys_way(receipts: Receipts, klaus: Browser) -> None:
    voucher = receipts.unchecked(totalGrossAmount=119.0, totalTaxAmount=19.0)
    sheet = opened(klaus, voucher)
    complete(receipts, klaus, voucher)
    lines = receipts.there(voucher)["voucherItems"]

    answer = sheet.save(act="save", remark="von mir")

    assert lines
    assert answer.status_code == 302, [row.name for row in answer.context["editor"].form.colliding]
    there = receipts.there(voucher)
    assert (there["remark"], there["voucherItems"]) == ("von mir", lines)


@pytest.mark.parametrize(("htmx", "status"), [(False, 409), (True, 422)])
def test_a_collision_is_shown_and_what_is_chosen_is_saved(
    receipts: Receipts, klaus: Browser, voucher: Voucher, htmx: bool, status: int
) -> None:
    complete(receipts, klaus, voucher)
    sheet = opened(klaus, voucher)
    receipts.change(voucher, remark="deren", voucherNumber="D-1")

    answer = sheet.save(htmx=htmx, act="save", remark="meine", voucher_number="M-1", due_date="1.12.2026")

    after = again(klaus, voucher, answer)
    assert answer.status_code == status
    rows = {row.name: (row.mine, row.theirs) for row in answer.context["editor"].form.colliding}
    assert rows == {"voucher_number": ("M-1", "D-1"), "remark": ("meine", "deren")}
    assert after.data["due_date"] == "01.12.2026"
    assert after.data["collision"] == ["voucher_number", "remark"]
    undecided = after.save(act="save", **{"keep-remark": "theirs"})
    assert undecided.status_code == 409
    last = again(klaus, voucher, undecided)
    assert last.data["remark"] == "deren"
    assert last.save(act="save", **{"keep-voucher_number": "mine"}).status_code == 302
    there = receipts.there(voucher)
    assert (there["voucherNumber"], there["remark"], there["dueDate"][:10]) == ("M-1", "deren", "2026-12-01")


def test_lines_collide_as_a_whole_in_words(receipts: Receipts, klaus: Browser, voucher: Voucher) -> None:
    complete(receipts, klaus, voucher)
    sheet = opened(klaus, voucher)
    items = receipts.there(voucher)["voucherItems"]
    theirs = [items[0] | {"amount": 238, "taxAmount": 38, "taxRatePercent": 19}]
    receipts.change(voucher, voucherItems=theirs, totalGrossAmount=238, totalTaxAmount=38)

    answer = sheet.save(act="save", **{"line-0-amount": "119", "line-0-tax_amount": ""})

    (row,) = answer.context["editor"].form.colliding
    assert row.name == "lines"
    assert "119.00" in row.mine
    assert "238.00" in row.theirs
    chosen = again(klaus, voucher, answer).save(act="save", **{"keep-lines": "theirs"})
    assert chosen.status_code == 302, chosen.content.decode()
    assert receipts.there(voucher)["totalGrossAmount"] == 238


def test_nothing_is_booked_that_nobody_has_seen(receipts: Receipts, klaus: Browser, voucher: Voucher) -> None:
    complete(receipts, klaus, voucher)
    sheet = opened(klaus, voucher)
    receipts.change(voucher, voucherNumber="D-1")

    answer = sheet.save(act="book", remark="meine")

    assert answer.status_code == 409
    assert receipts.there(voucher)["voucherStatus"] == "unchecked"
    after = again(klaus, voucher, answer)
    assert (after.data["voucher_number"], after.data["remark"]) == ("D-1", "meine")
    assert after.save(act="book").status_code == 302
    assert receipts.there(voucher)["voucherStatus"] == "open"


def test_booked_by_somebody_else_meanwhile_is_said(receipts: Receipts, klaus: Browser, voucher: Voucher) -> None:
    complete(receipts, klaus, voucher)
    sheet = opened(klaus, voucher)
    desk.book(receipts.state, receipts.organization, str(voucher.lexware_id))

    answer = sheet.save(act="book", remark="meine")

    assert answer.status_code in {409, 422}
    after = again(klaus, voucher, answer)
    assert after.data["remark"] == "meine"
    assert "booked" in " ".join(map(str, answer.context["editor"].form.notices))


def test_lost_images_keep_what_was_typed_and_ask_for_a_look(
    receipts: Receipts, klaus: Browser, voucher: Voucher
) -> None:
    complete(receipts, klaus, voucher)
    sheet = opened(klaus, voucher)
    Voucher.objects.filter(pk=voucher.pk).update(images_owed=2)
    receipts.drop_image(voucher)

    answer = sheet.save(act="save", remark="meine")

    assert answer.status_code == 422
    after = again(klaus, voucher, answer)
    assert after.data["remark"] == "meine"
    assert 'value="looked"' in after.page
    assert receipts.there(voucher).get("remark") != "meine"
    looked = after.save(act="looked")
    assert again(klaus, voucher, looked).data["remark"] == "meine"
    assert again(klaus, voucher, looked).save(act="save").status_code == 302
    assert receipts.there(voucher)["remark"] == "meine"


def test_deleted_meanwhile_keeps_the_text(receipts: Receipts, klaus: Browser, voucher: Voucher) -> None:
    sheet = opened(klaus, voucher)
    receipts.organization.shelf("vouchers").remove(str(voucher.lexware_id))

    answer = sheet.save(act="save", **typed(remark="meine"))

    assert answer.status_code == 422
    assert again(klaus, voucher, answer).data["remark"] == "meine"
    assert "was deleted in Lexware Office" in answer.content.decode()
