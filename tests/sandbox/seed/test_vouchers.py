"""Bookkeeping vouchers, their payments and their files."""

from collections import Counter, defaultdict
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

import pytest

from lexweb.sandbox import categories, files
from lexweb.sandbox.files import contents
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.paper import checks, receipts, recognition
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.vouchers import paying, rules
from tests.sandbox.seed.conftest import Demo

WAITING = ("unchecked", "blank")


def test_what_the_api_would_refuse_is_not_there(demo: Demo) -> None:
    for organization, record in demo.records("vouchers"):
        status = record.document["voucherStatus"]
        if status != "blank":
            assert rules.issues(record.document, organization, unchecked=status == "unchecked") == []


def test_items_add_up(demo: Demo) -> None:
    for _, record in demo.records("vouchers"):
        document = record.document
        if document["voucherStatus"] in WAITING:
            assert document["voucherItems"] == []
            continue
        amounts, taxes = (
            sum(Decimal(str(item[name])) for item in document["voucherItems"]) for name in ("amount", "taxAmount")
        )
        total = amounts + taxes if document["taxType"] == "net" else amounts
        assert (total, taxes) == tuple(Decimal(str(document[f"total{each}Amount"])) for each in ("Gross", "Tax"))


def test_status_and_payments_agree(demo: Demo) -> None:
    for _, record in demo.records("vouchers"):
        document, paid = record.document, paying.paid(record)
        if document["voucherStatus"] in (*WAITING, "voided"):
            assert not paid
            continue
        total = Decimal(str(document["totalGrossAmount"]))
        assert document["voucherStatus"] == paying.status(document["type"], total, paid)
        assert paid <= total


def test_unchecked_receipts_are_fresh(demo: Demo) -> None:
    since = (demo.today - timedelta(40)).isoformat()
    counts = Counter[str]()
    for organization, record in demo.records("vouchers"):
        if record.document["voucherStatus"] == "unchecked":
            assert record.document["createdDate"] > since
            counts[organization.company_name] += 1
    assert min(counts.values()) >= 10
    assert max(counts.values()) > 60


def test_there_is_some_of_everything(demo: Demo) -> None:
    kinds = Counter(
        (record.document["type"], record.document["voucherStatus"]) for _, record in demo.records("vouchers")
    )
    for wanted in (
        *(("purchaseinvoice", each) for each in ("open", "paid", "unchecked", "blank", "voided")),
        *(("purchasecreditnote", "paidoff"), ("salesinvoice", "paid"), ("salesinvoice", "open")),
        ("salescreditnote", "paidoff"),
    ):
        assert kinds[wanted], wanted
    names = {
        categories.by_id()[item["categoryId"]]["name"]
        for _, record in demo.records("vouchers")
        for item in record.document["voucherItems"]
    }
    assert names >= {
        "Innergemeinschaftlicher Erwerb",
        "Mitgliedsbeiträge",
        "Steuerfreie Heilbehandlungen §4 Nr. 14 UStG",
    }


def test_names_are_of_contacts(demo: Demo) -> None:
    for organization, record in demo.records("vouchers"):
        contact_id = record.document.get("contactId")
        assert record.document["useCollectiveContact"] is (contact_id is None)
        if contact_id:
            contact = organization.contacts.get(contact_id)
            assert contact
            assert (contact.name, "vendor" in contact.contact["roles"]) == (record.document["contactName"], True)


def test_files_and_vouchers_name_each_other(demo: Demo) -> None:
    for organization, record in demo.records("files"):
        voucher = organization.shelf("vouchers").get(record.document["voucherId"])
        assert voucher
        assert record.id in voucher.document["files"]
    counts = Counter[int]()
    for organization, record in demo.records("vouchers"):
        assert all(organization.shelf("files").get(each) for each in record.document["files"])
        counts[len(record.document["files"])] += 1
    assert set(counts) == {0, 1, 2}
    assert {record.document["mediaType"] for _, record in demo.records("files")} == {
        *("application/pdf", "application/xml", "image/jpeg", "image/png"),
    }


def test_booked_vouchers_say_what_their_receipts_say(demo: Demo) -> None:
    for organization, record in demo.records("vouchers"):
        for file in _files(organization, record):
            if record.document["voucherStatus"] not in WAITING:
                read = receipts.recognised(contents.receipt(file.hidden["receipt"]))
                assert read.gross == Decimal(str(record.document["totalGrossAmount"]))
                assert (read.number, str(read.date)) == (
                    record.document["voucherNumber"],
                    record.document["voucherDate"][:10],
                )


def test_recognition_was_mostly_right(demo: Demo) -> None:
    right = Counter[bool]()
    for organization, record in demo.records("vouchers"):
        for file in _files(organization, record):
            if record.document["voucherStatus"] == "unchecked":
                described = file.hidden["receipt"]
                gross = receipts.recognised(contents.receipt(described)).gross
                same = (described["number"], described["date"], gross) == (
                    record.document.get("voucherNumber"),
                    record.document["voucherDate"][:10],
                    Decimal(str(record.document["totalGrossAmount"])),
                )
                right[same] += 1
    assert right[True] > 3 * right[False] > 30


@pytest.mark.parametrize("form", ["pdf", "jpg", "png", "xml"])
def test_files_can_be_made(demo: Demo, form: str) -> None:
    made = [record for _, record in demo.records("files") if record.hidden["receipt"]["format"] == form][::400][:4]
    assert made
    for record in made:
        content = files.content(record)
        assert checks.problem(record.document["name"], content) is None
        assert recognition.read(content).number == record.hidden["receipt"]["number"]


def test_duplicates_of_four_sorts(demo: Demo) -> None:
    for organization in demo.organizations.values():
        if "BOOKKEEPING" not in organization.business_features:
            continue
        waiting = [
            record for record in organization.shelf("vouchers") if record.document["voucherStatus"] == "unchecked"
        ]
        booked = [
            record for record in organization.shelf("vouchers") if record.document["voucherStatus"] not in WAITING
        ]
        digests = Counter(record.document["sha256"] for record in organization.shelf("files"))
        assert digests.most_common(1)[0][1] == 2
        assert _pairs(booked, waiting, lambda each: (each.get("contactId"), each.get("voucherNumber")))
        assert _pairs(booked, waiting, lambda each: (each.get("contactId"), each.get("totalGrossAmount")))
        assert any(not record.document["files"] for record in waiting)


def test_the_inn_paid_less_tax_on_food_from_2026(demo: Demo) -> None:
    rates: dict[bool, set[float]] = defaultdict(set)
    for record in demo.organizations["goldener-hirsch"].shelf("vouchers"):
        if record.document["type"] == "salesinvoice":
            in_2026 = record.document["voucherDate"] >= "2026"
            rates[in_2026] |= {item["taxRatePercent"] for item in record.document["voucherItems"]}
    assert rates == {False: {19}, True: {7, 19}}


def test_takings_are_numbered_without_gaps(demo: Demo) -> None:
    for organization in demo.organizations.values():
        numbers = sorted(
            record.document["voucherNumber"].rsplit("-", 1)
            for record in organization.shelf("vouchers")
            if record.document["type"].startswith("sales")
        )
        for _, group in groupby(numbers, key=lambda each: each[0].rsplit("-", 1)[0]):
            found = sorted(int(number) for _, number in group)
            assert found == list(range(1, len(found) + 1))


def test_transactions_pay_for_vouchers(demo: Demo) -> None:
    found = demo.records("finance-transactions")
    assert len(found) > 50
    for organization, record in found:
        (assigned,) = record.hidden["assignments"]
        kinds = ("vouchers",) if assigned["type"] == "voucher" else ("invoices", "down-payment-invoices")
        assert any(organization.shelf(kind).get(assigned["id"]) for kind in kinds)
        assert organization.shelf("finance-accounts").get(record.document["financialAccountId"])


def _files(organization: Organization, record: Record) -> list[Record]:
    return [file for file in map(organization.shelf("files").get, record.document["files"]) if file]


def _pairs(booked: list[Record], waiting: list[Record], key: Any) -> bool:
    known = {key(record.document) for record in booked if record.document.get("contactId")}
    return any(key(record.document) in known for record in waiting)
