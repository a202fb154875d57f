"""Documents that are perhaps there twice: what counts, what does not, and what is remembered of it."""

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lexweb.clients.models import Connection
from lexweb.einvoice import Invoice, Profile
from lexweb.einvoice.model import Party, Syntax, Totals
from lexweb.files.models import File
from lexweb.vouchers import mirror
from lexweb.vouchers.duplicates import finding as duplicates
from lexweb.vouchers.duplicates import names, numbers
from lexweb.vouchers.duplicates.likeness import Reason
from lexweb.vouchers.models import Distinct, Voucher
from tests.cast import Cast
from tests.vouchers.books import Books

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)
HOLZ = uuid.UUID("05ad0000-0000-4000-8000-0000000000b1")
NOW = datetime(2026, 4, 2, tzinfo=UTC)


@pytest.fixture
def connection(cast: Cast) -> Connection:
    return Connection.objects.create(
        client=cast.client, kind="api_key", state="connected", organization_id=uuid.uuid4()
    )


@pytest.fixture
def make(connection: Connection) -> Any:
    def voucher(number: str = "RE-1", amount: str | None = "119.00", days: int = 0, **columns: Any) -> Voucher:
        columns = {
            "kind": "purchaseinvoice", "status": "unchecked", "contact_id": HOLZ, "contact_name": "Holz Nord GmbH",
            "currency": "EUR", "voucher_on": DAY + timedelta(days), "listed_on": DAY, "created_at": NOW,
            "updated_at": NOW, "seen_at": NOW,
        } | columns  # fmt: skip
        return Voucher.objects.create(
            connection=connection, lexware_id=uuid.uuid4(), number=number, number_key=numbers.key(number),
            total_amount=Decimal(amount) if amount else None, **columns,
        )  # fmt: skip

    return voucher


def _reasons(voucher: Voucher) -> list[tuple[Reason, ...]]:
    return [twin.reasons for twin in duplicates.of_voucher(voucher)]


def _file(voucher: Voucher, sha256: str) -> File:
    return File.objects.create(
        connection=voucher.connection, lexware_id=uuid.uuid4(), voucher_id=voucher.lexware_id, sha256=sha256
    )


NUMBER, NEAR, AMOUNT, HASH = (Reason.NUMBER,), (Reason.NEAR,), (Reason.AMOUNT,), (Reason.HASH,)
OTHER = {"contact_id": uuid.uuid4(), "contact_name": "Schrauben Süd KG"}
NOBODY = {"contact_id": None, "contact_name": "Sammellieferant"}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"number": "re 1", "amount": "50", "days": 90}, NUMBER),
        ({"number": "RE-1"}, (Reason.NUMBER, Reason.AMOUNT)),
        ({"number": "RE-1", "amount": "50", **OTHER}, None),
        ({"number": "RE-1", "days": 90, **OTHER}, NUMBER),  # a supplier that was misread
        ({"number": "RE-1", "amount": "50", "contact_id": None, "contact_name": "HOLZ NORD"}, NUMBER),
        ({"number": "RE-001", "days": 90}, NEAR),
        ({"number": "RE-I", "days": 90}, NEAR),
        ({"number": "RE-1O", "days": 90}, None),
        ({"number": "RE-001", "amount": "50"}, None),
        ({"number": "RE-001", "amount": None}, NEAR),
        ({"number": "X", "days": 3}, AMOUNT),
        ({"number": "X", "days": -3}, AMOUNT),
        ({"number": "X", "days": 4}, None),
        ({"number": "X", "days": 30}, None),  # a subscription
        ({"number": "X", "amount": "119.01"}, None),
        ({"number": "X", "currency": "CHF"}, None),
        ({"number": "X", **OTHER}, None),
        ({"number": "X", **NOBODY}, AMOUNT),
        ({"number": "RE-1", "kind": "salesinvoice"}, None),
        ({"number": "RE-1", "kind": "purchasecreditnote", "amount": "50"}, NUMBER),
        ({"number": "", "kind": "purchasecreditnote"}, None),  # the credit for it
        ({"number": "RE-1", "status": "voided"}, None),
    ],
)
def test_what_looks_like_the_same(make: Any, other: dict[str, Any], expected: tuple[Reason, ...] | None) -> None:
    one, two = make(), make(**other)

    found = [expected] if expected else []
    assert _reasons(one) == found
    assert _reasons(two) == found


def test_numbers_of_which_one_sign_was_misread_need_the_same_amount_at_about_the_same_time(make: Any) -> None:
    one = make("RE20418")

    assert [make(number, days=days) and _reasons(one) for number, days in [("RE20413", 30), ("RE2048", 5)]] == [[], []]
    make("RE20481", days=5)
    assert _reasons(one) == [NEAR]


def test_nothing_is_no_amount(make: Any) -> None:
    one = make("", "0.00")
    make("", "0.00")

    assert _reasons(one) == []


def test_what_a_supplier_has_all_the_time_is_no_alarm(make: Any) -> None:
    tickets = [make(f"P-{at * 371}", "4.50", days=at % 3) for at in range(1, 7)]
    bills = [make("KD 4711", f"{at}.00", days=at * 30) for at in range(1, 7)]

    assert [_reasons(each) for each in (*tickets, *bills)] == [[]] * 12
    again = make("KD 4711", "3.00", days=91)
    assert _reasons(again) == [(Reason.NUMBER, Reason.AMOUNT)]


def test_what_lexware_office_issued_is_compared_with_what_was_booked_by_hand_only(make: Any) -> None:
    issued = make("RE0118", kind="invoice", status="open")
    make("RE0119", kind="invoice", status="open")
    assert _reasons(issued) == []

    booked = make("RE0118", kind="salesinvoice")
    assert _reasons(issued) == _reasons(booked)[:1] == [(Reason.NUMBER, Reason.AMOUNT)]


def test_the_same_file_is_the_same_whatever_is_booked(make: Any) -> None:
    one, two = make(), make("", None, kind="salesinvoice", **OTHER)
    _file(one, "a" * 64), _file(two, "a" * 64), _file(two, ""), _file(one, "")

    assert _reasons(one) == _reasons(two) == [HASH]
    assert [twin.voucher.pk for twin in duplicates.of_file(one.connection, "a" * 64)] == [two.pk, one.pk]
    assert duplicates.of_file(one.connection, "b" * 64) == []
    assert duplicates.of_file(one.connection, "") == []


def test_other_clients_do_not_matter(make: Any, cast: Cast) -> None:
    one = make()
    other = Connection.objects.create(client=cast.other, kind="api_key", organization_id=uuid.uuid4())
    two = make()
    Voucher.objects.filter(pk=two.pk).update(connection=other)
    _file(one, "a" * 64)

    assert _reasons(one) == []
    assert duplicates.of_file(other, "a" * 64) == []


def test_an_invoice_is_known_before_it_is_uploaded(make: Any) -> None:
    voucher = make("2026/0042", "119.00")
    bill = Invoice(
        Profile.EN16931, Syntax.CII, number="2026-42", issued_on=DAY, currency="EUR",
        seller=Party("Holz Nord GmbH"), totals=Totals(gross=Decimal("119.00")),
    )  # fmt: skip

    found = duplicates.of_file(voucher.connection, "c" * 64, bill)
    assert [(twin.voucher.pk, twin.reasons) for twin in found] == [(voucher.pk, (Reason.NEAR, Reason.AMOUNT))]


@pytest.mark.parametrize(
    ("kind", "gross", "found"),
    [
        ("purchasecreditnote", "119.00", []),
        ("purchasecreditnote", "-119.00", [(Reason.AMOUNT,)]),
        ("purchaseinvoice", "-119.00", []),
        ("purchaseinvoice", "119.00", [(Reason.AMOUNT,)]),
    ],
)
def test_an_invoice_with_a_negative_total_is_a_credit(
    make: Any, kind: str, gross: str, found: list[tuple[Reason, ...]]
) -> None:
    voucher = make("", "119.00", kind=kind)
    bill = Invoice(
        Profile.EN16931, Syntax.CII, issued_on=DAY, currency="EUR", seller=Party("Holz Nord GmbH"),
        totals=Totals(gross=Decimal(gross)),
    )  # fmt: skip

    assert [twin.reasons for twin in duplicates.of_file(voucher.connection, "c" * 64, bill)] == found


def test_an_invoice_is_known_by_its_file_and_by_what_it_says_at_once(make: Any) -> None:
    bought = make("RE-9", "119.00", days=30)
    sold = make("RE-9", "119.00", days=30, kind="salesinvoice", contact_name="Elbufer")
    for each in (bought, sold):
        _file(each, "a" * 64)
    bill = Invoice(
        Profile.EN16931, Syntax.CII, number="RE-9", currency="EUR", seller=Party("Holz Nord"), buyer=Party("Elbufer"),
    )  # fmt: skip

    found = duplicates.of_file(bought.connection, "a" * 64, bill)

    assert {twin.voucher.pk: twin.reasons for twin in found} == {
        each.pk: (Reason.HASH, Reason.NUMBER) for each in (bought, sold)
    }


def test_what_is_said_to_be_distinct_stays_so_until_it_is_taken_back(make: Any, cast: Cast) -> None:
    one, two = make(), make()
    duplicates.judge(one.connection, [one, two])
    assert set(Voucher.objects.values_list("suspect", flat=True)) == {True}

    assert duplicates.set_distinct(two, one, by=cast.klaus)
    assert not duplicates.set_distinct(one, two, by=cast.klaus)
    assert _reasons(one) == _reasons(two) == []
    assert set(Voucher.objects.values_list("suspect", flat=True)) == {False}
    assert Distinct.objects.get().staff == cast.klaus

    assert duplicates.unset_distinct(one, two)
    assert not duplicates.unset_distinct(one, two)
    assert set(Voucher.objects.values_list("suspect", flat=True)) == {True}


def test_only_what_is_to_be_reviewed_is_suspect(make: Any) -> None:
    one, two, three = make(), make(status="open"), make(archived=True)

    duplicates.judge(one.connection, [one, two, three])

    assert [Voucher.objects.get(pk=each.pk).suspect for each in (one, two, three)] == [True, False, False]


def test_a_content_that_came_makes_both_suspect(make: Any) -> None:
    one, two = make("A", "1"), make("B", "2")
    _file(one, "a" * 64)
    file = _file(two, "")
    from lexweb.files import mirror as files
    from lexweb.files.models import Blob

    blob = Blob.objects.create(connection=one.connection, key="k", size=1, sha256="a" * 64, media_type="image/png")
    assert files.keep(file, blob, sha256="a" * 64)

    assert set(Voucher.objects.values_list("suspect", flat=True)) == {True}


def test_the_mirror_keeps_it_when_a_document_comes_changes_or_goes(books: Books) -> None:
    connection = books.connection

    def store(number: int, version: int = 1, **members: Any) -> Voucher:
        payload = {
            "id": str(uuid.UUID(int=number)), "organizationId": str(connection.organization_id), "version": version,
            "type": "purchaseinvoice", "voucherStatus": "unchecked", "voucherNumber": "RE-1",
            "voucherDate": "2026-04-01T00:00:00.000+02:00", "createdDate": "2026-04-01T09:15:00.000+02:00",
            "updatedDate": f"2026-04-01T09:{version:02}:00.000+02:00", "totalGrossAmount": 119, "totalTaxAmount": 19,
            "contactId": str(HOLZ), "voucherItems": [], "files": [],
        } | members  # fmt: skip
        return mirror.store_detail(connection, "purchaseinvoice", payload, asked_at=NOW + timedelta(minutes=version))

    def suspects() -> set[int]:
        return {voucher.lexware_id.int for voucher in Voucher.objects.filter(suspect=True)}

    store(1)
    assert suspects() == set()
    store(2)
    assert suspects() == {1, 2}
    store(2, 2, voucherNumber="RE-77", totalGrossAmount=50)
    assert suspects() == set()
    store(2, 3)
    assert suspects() == {1, 2}
    store(2, 4, voucherStatus="open")
    assert suspects() == {1}
    mirror.forget(connection, uuid.UUID(int=2))
    assert suspects() == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Holz Nord GmbH & Co. KG", "HOLZ-NORD"), ("Müller e.K.", "Muller"), ("Voß AG", "Voss"), ("Kunst e. V.", "Kunst")],
)
def test_names_are_the_same_with_another_legal_form(one: str, other: str) -> None:
    assert names.fold(one) == names.fold(other)


def test_a_name_that_is_nothing_but_a_legal_form_stays() -> None:
    assert names.fold("AG") == "ag"
    assert names.fold("") == ""


@pytest.mark.parametrize(("one", "other"), [("RE-0012", "re 12"), ("2O26/I", "2026-1"), ("00042", "42"), ("R.7", "R7")])
def test_numbers_that_are_near_have_the_same_key(one: str, other: str) -> None:
    assert numbers.near(one, other)
    assert numbers.key(one) == numbers.key(other)


@pytest.mark.parametrize(("one", "other"), [("100", "10"), ("2024-1", "2024-11"), ("A1", "B1")])
def test_numbers_that_are_not_near(one: str, other: str) -> None:
    assert not numbers.near(one, other)
