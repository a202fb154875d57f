"""The form of a voucher: what is typed arrives, what is wrong is said at its field, nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from lexweb.contacts import mirror as contacts
from lexweb.vouchers.models import Voucher
from tests.cast import Cast
from tests.conftest import SignIn
from tests.contacts.desk import Sheet, said
from tests.vouchers.receipts import Receipts, category

pytestmark = pytest.mark.django_db
OFFICE = {"contactRequired": False, "splitAllowed": True}


def address(voucher: Voucher, page: str = "edit") -> str:
    """The address of a page of the voucher."""
    return reverse(f"vouchers:{page}", args=[voucher.connection.client.slug, voucher.lexware_id])


def opened(browser: Browser, voucher: Voucher) -> Sheet:
    """The form, filled in as the page has it."""
    answer = browser.get(address(voucher))
    assert answer.status_code == 200, answer.content.decode()
    return Sheet(browser, address(voucher), answer.content.decode())


def again(browser: Browser, voucher: Voucher, answer: Any) -> Sheet:
    """The form in an answer."""
    return Sheet(browser, address(voucher), answer.content.decode())


def typed(**values: Any) -> dict[str, Any]:
    """What somebody types about a receipt, as people type it."""
    return {
        "voucher_number": "R-77", "voucher_date": "10.11.2026", "due_date": "+14", "collective": "on",
        "line-0-amount": "1.190,5", "line-0-tax_rate": "19 %", "line-0-tax_amount": "",
        "line-0-category_id": category(**OFFICE),
    } | values  # fmt: skip


def test_what_is_typed_arrives_in_words_that_the_api_understands(receipts: Receipts, klaus: Browser) -> None:
    voucher = receipts.unchecked()

    answer = opened(klaus, voucher).save(act="save", **typed(remark="Zeile 1\r\nZeile 2"))

    assert answer.status_code == 302, answer.content.decode()
    there = receipts.there(voucher)
    assert there["voucherNumber"] == "R-77"
    assert there["voucherDate"][:10] == "2026-11-10"
    assert there["dueDate"][:10] == "2026-11-24"  # +14 counts from the date of the voucher
    assert (there["totalGrossAmount"], there["totalTaxAmount"]) == (1190.5, 190.08)
    assert there["voucherStatus"] == "unchecked"
    assert there["remark"] == "Zeile 1\nZeile 2"
    assert said(answer) == "R-77 of Tischlerei Brandt saved."


def test_booking_is_a_button_of_its_own(receipts: Receipts, klaus: Browser) -> None:
    voucher = receipts.unchecked()
    sheet = opened(klaus, voucher)
    assert "cannot be undone" in sheet.page

    answer = sheet.save(act="book", **typed())

    assert answer.status_code == 302, answer.content.decode()
    assert receipts.there(voucher)["voucherStatus"] == "open"
    assert said(answer) == "R-77 of Tischlerei Brandt booked."
    assert "save-and-book" not in opened(klaus, voucher).page


def test_who_may_not_book_has_no_button_and_no_way_around_it(receipts: Receipts, cast: Cast, sign_in: SignIn) -> None:
    voucher, aylin = receipts.unchecked(), sign_in(cast.aylin)
    sheet = opened(aylin, voucher)

    assert "save-and-book" not in sheet.page
    assert sheet.save(act="book", **typed()).status_code == 403
    assert receipts.there(voucher)["voucherStatus"] == "unchecked"
    assert sheet.save(act="save", **typed()).status_code == 302


@pytest.mark.parametrize(("htmx", "status"), [(True, 422), (False, 422)])
def test_what_cannot_be_read_is_said_at_its_field_and_stays(
    receipts: Receipts, klaus: Browser, htmx: bool, status: int
) -> None:
    voucher = receipts.unchecked()
    wrong = typed(voucher_date="31.11.", remark="bleibt") | {"line-0-amount": "12,345"}

    answer = opened(klaus, voucher).save(htmx=htmx, act="save", **wrong)

    assert answer.status_code == status
    after = again(klaus, voucher, answer)
    assert (after.data["voucher_date"], after.data["line-0-amount"]) == ("31.11.", "12,345")
    assert after.data["remark"] == "bleibt"
    assert "This is no day." in after.page
    assert "This is no amount." in after.page
    form = answer.context["editor"].form
    assert set(form.errors) == {"voucher_date", "lines"}
    assert set(form.rows[0].errors) == {"amount"}
    assert receipts.sent("PUT") == []
    assert again(klaus, voucher, answer).save(act="save", **typed()).status_code == 302


def test_complaints_come_to_the_line_and_field_they_are_about(receipts: Receipts, klaus: Browser) -> None:
    voucher = receipts.unchecked()
    strict = category(contactRequired=True)
    second = {"amount": "10", "tax_rate": "19", "tax_amount": "5,00", "category_id": strict}
    lines = {"line-1-amount": "", **{f"line-5-{part}": value for part, value in second.items()}}

    answer = opened(klaus, voucher).save(act="save", **typed(**lines))

    assert answer.status_code == 422
    form = answer.context["editor"].form
    assert [sorted(row.errors) for row in form.rows] == [
        [],
        [],
        ["tax_amount"],
    ]  # the blank line between does not count
    assert "Line 2" in str(form.errors["lines"])
    assert "contact" in str(form.errors["contact_id"])
    assert 'aria-invalid="true"' in answer.content.decode()
    assert receipts.sent("PUT") == []


def test_a_line_that_was_only_proposed_stops_nobody(receipts: Receipts, klaus: Browser) -> None:
    voucher = receipts.unchecked(
        totalGrossAmount=119.0, totalTaxAmount=19.0, voucherItems=[], useCollectiveContact=True
    )
    sheet = opened(klaus, voucher)
    assert (sheet.data["line-0-amount"], sheet.data["line-0-tax_rate"]) == ("119.00", "19")

    answer = sheet.save(act="save", remark="nur das")

    assert answer.status_code == 302, answer.content.decode()
    assert receipts.there(voucher)["remark"] == "nur das"
    assert receipts.there(voucher)["voucherItems"] == []


def test_the_sums_are_there_and_the_difference_to_what_was_read(receipts: Receipts, klaus: Browser) -> None:
    voucher = receipts.unchecked(totalGrossAmount=119.0, totalTaxAmount=19.0, voucherItems=[])
    more = {"line-1-amount": "10,70", "line-1-tax_rate": "7", "line-1-tax_amount": ""}

    answer = opened(klaus, voucher).save(act="kind", **typed(**{"line-0-amount": "119", **more}))

    form = answer.context["editor"].form
    assert (str(form.totals.net), str(form.totals.tax), str(form.totals.gross)) == ("110.00", "19.70", "129.70")
    assert [(str(rate), str(tax)) for rate, tax in form.tax_by_rate] == [("19", "19.00"), ("7", "0.70")]
    assert [(str(expected), str(difference)) for _, expected, difference in form.expected] == [("119", "10.70")]


def test_without_a_script_lines_come_and_go_and_nothing_is_lost_or_judged(receipts: Receipts, klaus: Browser) -> None:
    voucher = receipts.unchecked()
    values = typed(voucher_date="31.11.")

    added = again(klaus, voucher, opened(klaus, voucher).save(act="add-line", **values))
    assert added.data["line-1-amount"] == ""
    assert (added.data["voucher_date"], added.data["line-0-amount"]) == ("31.11.", "1.190,5")
    assert "aria-invalid" not in added.page
    dropped = again(klaus, voucher, added.save(act="drop-line:0", **{"line-1-amount": "5"}))

    assert "line-0-amount" not in dropped.data
    assert dropped.data["line-1-amount"] == "5"
    assert receipts.sent("PUT") == []


def test_categories_fit_the_kind_and_the_most_used_come_first(receipts: Receipts, klaus: Browser) -> None:
    receipts.booked(number="A")
    voucher = receipts.unchecked(type="purchaseinvoice")
    used = category(**OFFICE)

    sheet = opened(klaus, voucher)
    sold = again(klaus, voucher, sheet.save(act="kind", type="salesinvoice"))

    often = sheet.page.index('<optgroup label="Used often">')
    assert sheet.page.index(f'value="{used}"') < sheet.page.index("</optgroup>", often)
    assert category(side="income") not in sheet.page
    assert category(side="income") in sold.page
    assert "shipping_date" in sold.data
    assert "shipping_date" not in sheet.data


def test_a_contact_is_found_without_a_script(receipts: Receipts, klaus: Browser) -> None:
    voucher = receipts.unchecked()
    other = receipts.books.ask(lambda office: office.contacts.page()).content[0]
    stored = contacts.store(receipts.connection, other.payload(), asked_at=timezone.now())

    found = again(klaus, voucher, opened(klaus, voucher).save(act="find", contact_q=stored.name[:6], **typed()))
    assert f'value="{stored.lexware_id}"' in found.page
    answer = found.save(act="save", **typed(collective=None, contact_id=str(stored.lexware_id)))

    assert answer.status_code == 302, answer.content.decode()
    assert receipts.there(voucher)["contactId"] == str(stored.lexware_id)
    rows = klaus.get(reverse("vouchers:contacts", args=[receipts.client.slug]), {"q": stored.name[:6]}).json()
    assert str(stored.lexware_id) in [each["value"] for each in rows["options"]]


def test_the_kind_of_what_is_booked_stays(receipts: Receipts, klaus: Browser) -> None:
    voucher = receipts.booked()

    answer = opened(klaus, voucher).save(act="save", type="salesinvoice", remark="Nachtrag")

    assert answer.status_code == 302, answer.content.decode()
    assert receipts.there(voucher)["type"] == "purchaseinvoice"
    assert receipts.there(voucher)["remark"] == "Nachtrag"


@pytest.mark.parametrize("status", ["voided", "transferred"])
def test_what_is_locked_says_why(receipts: Receipts, klaus: Browser, status: str) -> None:
    voucher = receipts.booked()
    receipts.tamper(voucher, voucherStatus=status)
    voucher = receipts.mirror(str(voucher.lexware_id))
    Voucher.objects.filter(pk=voucher.pk).update(status=status)

    answer = klaus.get(address(voucher))

    page = answer.content.decode()
    assert "This voucher cannot be changed here" in page
    assert "line-0-amount" not in page
    assert "/permalink/vouchers/view/" in page


@pytest.mark.parametrize(
    ("known", "first"),
    [
        ({"voucherDate": None, "useCollectiveContact": True}, "voucher_date"),
        ({"useCollectiveContact": False}, "contact_id"),
        ({"useCollectiveContact": True, "totalGrossAmount": None}, "line-0-amount"),
        ({"useCollectiveContact": True, "totalGrossAmount": 119.0, "totalTaxAmount": 19.0}, "line-0-category_id"),
    ],
)
def test_the_form_begins_where_something_is_missing(
    receipts: Receipts, klaus: Browser, known: dict[str, Any], first: str
) -> None:
    voucher = receipts.unchecked(**{"voucherNumber": "R-1", "voucherDate": "2026-11-02T00:00:00.000+01:00", **known})

    page = opened(klaus, voucher).page

    assert page.count("autofocus") - page.count('tabindex="-1" autofocus') == 1
    start = page.index(f'name="{first}"')
    start = page.rindex("<", 0, start)
    assert "autofocus" in page[start : page.index(">", start)]


def test_another_client_is_unknown_and_reading_is_not_editing(receipts: Receipts, cast: Cast, sign_in: SignIn) -> None:
    voucher = receipts.unchecked()

    assert sign_in(cast.fremd).get(address(voucher)).status_code == 404
    assert sign_in(cast.robert).get(address(voucher)).status_code == 403
    assert sign_in(cast.aylin).get(reverse("vouchers:create", args=[receipts.client.slug])).status_code == 403
    strange = address(voucher).replace(receipts.client.slug, cast.other.slug)
    assert sign_in(cast.paula).get(strange).status_code == 404
