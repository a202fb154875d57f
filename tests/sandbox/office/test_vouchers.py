"""Bookkeeping vouchers on their pages."""

import pytest

from tests.sandbox import bookkeeping
from tests.sandbox.bookkeeping import PURCHASE, SALE, TRAVEL
from tests.sandbox.office.people import People

UNCHECKED = {"type": "purchaseinvoice", "taxType": "gross", "useCollectiveContact": True, "voucherStatus": "unchecked"}
FORM = {"number": "R-7", "date": "03.11.2026", "gross": "1.190,00", "rate": "19", "category": TRAVEL}


@pytest.fixture
def unchecked(people: People) -> str:
    found = str(bookkeeping.create(people.api, UNCHECKED)["id"])
    people.forget_events()
    return found


@pytest.fixture
def booked(people: People) -> str:
    found = str(bookkeeping.create(people.api, PURCHASE, remark="<script>")["id"])
    people.forget_events()
    return found


def test_list_by_status_type_and_text(people: People) -> None:
    bookkeeping.emptied(people.organization)
    purchase = bookkeeping.create(people.api, PURCHASE, voucherNumber="P-1", dueDate="2099-01-01")["id"]
    sale = bookkeeping.create(people.api, SALE, voucherNumber="S-<1>", dueDate="2020-01-01")["id"]
    for query, expected in (
        ({}, {purchase, sale}),
        ({"type": "salesinvoice"}, {sale}),
        ({"status": "overdue"}, {sale}),
        ({"q": "p-1"}, {purchase}),
        ({"q": "sammelkunde"}, {sale}),
        ({"status": "voided"}, set()),
    ):
        page = people.see("/vouchers", **query)
        assert {each for each in (purchase, sale) if f"/vouchers/{each}" in page} == expected, query
    assert "S-&lt;1&gt;" in people.see("/vouchers")


def test_list_in_pages(people: People) -> None:
    assert "1–50 von" in people.see("/vouchers")
    assert "51–" in people.see("/vouchers", page="1", status="paid")
    assert "status=paid&amp;page=0" in people.see("/vouchers", page="1", status="paid")


def test_book_what_was_unchecked(people: People, unchecked: str) -> None:
    assert "Prüfen und buchen" in people.see(f"/vouchers/{unchecked}")
    assert "Geprüft und gebucht." in people.press(f"/vouchers/{unchecked}", "book", **FORM)
    voucher = bookkeeping.read(people.api, unchecked)
    assert (voucher["voucherStatus"], voucher["voucherNumber"]) == ("open", "R-7")
    assert voucher["voucherDate"] == "2026-11-03T00:00:00.000+01:00"
    assert (voucher["totalGrossAmount"], voucher["totalTaxAmount"]) == (1190, 190)
    assert voucher["voucherItems"] == [
        {"amount": 1190, "taxAmount": 190, "taxRatePercent": 19, "categoryId": TRAVEL}
    ]  # fmt: skip
    assert people.events(unchecked) == ["voucher.changed", "voucher.status.changed"]


def test_saving_alone_does_not_book(people: People, unchecked: str) -> None:
    people.press(f"/vouchers/{unchecked}", "save", number="R-8", remark="kommt noch")
    voucher = bookkeeping.read(people.api, unchecked)
    assert (voucher["voucherStatus"], voucher["voucherNumber"], voucher["remark"]) == ("unchecked", "R-8", "kommt noch")
    assert people.events(unchecked) == ["voucher.changed"]


def test_booking_says_what_is_missing(people: People, unchecked: str) -> None:
    shown = people.refused(f"/vouchers/{unchecked}", "book", **FORM | {"number": "", "category": ""})
    assert "Belegnummer fehlt." in shown
    assert "Kategorie fehlt." in shown
    assert 'value="1.190,00"' in shown
    assert bookkeeping.read(people.api, unchecked)["version"] == 1


@pytest.mark.parametrize(
    "typed",
    [{"gross": "abc"}, {"gross": "1,234"}, {"gross": "-1"}, {"date": "31.02.2026"}, {"rate": "x"}, {"category": "x"}],
)
def test_nonsense_changes_nothing(people: People, booked: str, typed: dict[str, str]) -> None:
    people.refused(f"/vouchers/{booked}", "save", **typed)
    assert bookkeeping.read(people.api, booked)["version"] == 1
    assert people.events(booked) == []


def test_edit_what_is_booked(people: People, booked: str) -> None:
    assert "&lt;script&gt;" in people.see(f"/vouchers/{booked}")
    people.press(f"/vouchers/{booked}", "save", gross="107", rate="7", remark="", date="2026-11-05")
    voucher = bookkeeping.read(people.api, booked)
    assert (voucher["voucherStatus"], voucher["totalGrossAmount"], voucher["totalTaxAmount"]) == ("open", 107, 7)
    assert voucher["voucherItems"][0]["categoryId"] == TRAVEL
    assert voucher["voucherDate"].startswith("2026-11-05")
    assert "remark" not in voucher


def test_gross_amount_of_a_net_voucher(people: People) -> None:
    items = [PURCHASE["voucherItems"][0] | {"amount": 100}]
    voucher_id = bookkeeping.create(people.api, PURCHASE, taxType="net", voucherItems=items)["id"]
    people.press(f"/vouchers/{voucher_id}", "save", gross="238")
    voucher = bookkeeping.read(people.api, voucher_id)
    assert (voucher["totalGrossAmount"], voucher["totalTaxAmount"]) == (238, 38)
    assert (voucher["voucherItems"][0]["amount"], voucher["voucherItems"][0]["taxAmount"]) == (200, 38)


def test_split_amounts_stay_as_they_are(people: People) -> None:
    item = SALE["voucherItems"][0]
    split = [item, item | {"amount": 107, "taxAmount": 7, "taxRatePercent": 7}]
    voucher_id = bookkeeping.create(
        people.api, SALE, voucherItems=split, totalGrossAmount=226, totalTaxAmount=26
    )["id"]  # fmt: skip
    people.press(f"/vouchers/{voucher_id}", "save", gross="1", remark="zwei Sätze")
    voucher = bookkeeping.read(people.api, voucher_id)
    assert (voucher["totalGrossAmount"], len(voucher["voucherItems"]), voucher["remark"]) == (226, 2, "zwei Sätze")


def test_pay_in_two_parts(people: People, booked: str) -> None:
    page = f"/vouchers/{booked}"
    people.press(page, "pay", amount="19,50", date="10.11.2026")
    assert bookkeeping.read(people.api, booked)["voucherStatus"] == "open"
    assert people.payment(booked)["openAmount"] == 99.5
    assert "99,50 €" in people.see(page)
    people.press(page, "pay", amount="99.50", date="2026-11-12")
    assert people.payment(booked)["paymentStatus"] == "balanced"
    assert people.payment(booked)["paidDate"].startswith("2026-11-12")
    assert people.events(booked) == ["payment.changed", "payment.changed", "voucher.status.changed"]
    people.refused(page, "pay", amount="1", date="12.11.2026")


@pytest.mark.parametrize("amount", ["abc", "", "0", "-5", "119,01", "1e2", "NaN", "1.1.1"])
def test_impossible_payments(people: People, booked: str, amount: str) -> None:
    people.refused(f"/vouchers/{booked}", "pay", amount=amount, date="10.11.2026")
    assert people.payment(booked)["openAmount"] == 119
    people.refused(f"/vouchers/{booked}", "pay", amount="1", date="gestern")


def test_archive_and_restore(people: People, booked: str) -> None:
    page, query = f"/vouchers/{booked}", {"voucherType": "purchaseinvoice", "voucherStatus": "any", "archived": "true"}
    people.press(page, "archive")
    assert booked in people.api.get("/v1/voucherlist", params=query).text
    people.press(page, "restore")
    assert booked not in people.api.get("/v1/voucherlist", params=query).text
    assert people.events(booked) == ["voucher.changed"] * 2
