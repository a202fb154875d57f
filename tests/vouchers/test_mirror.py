"""Rows of the voucher list in the mirror."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from lexweb.clients import mirroring
from lexweb.clients.mirroring import Stored
from lexweb.vouchers import mirror
from lexweb.vouchers.models import Voucher
from tests.vouchers.books import Books

pytestmark = pytest.mark.django_db
Wanted = Voucher.Wanted
OTHER = "05ad0000-0000-4000-8000-0000000000aa"


def _row(**members: Any) -> dict[str, Any]:
    return {
        "id": "05ad0000-0000-4000-8000-000000000001", "voucherType": "invoice", "voucherStatus": "open",
        "voucherNumber": "RE1", "voucherDate": "2026-04-01T00:00:00.000+02:00", "dueDate": None,
        "createdDate": "2026-04-01T09:15:00.000+02:00", "updatedDate": "2026-04-01T09:15:00.000+02:00",
        "contactName": "Elbufer", "totalAmount": 119.5, "openAmount": 119.5, "currency": "EUR", "archived": False,
    } | members  # fmt: skip


def _later(hours: int) -> str:
    return f"2026-04-01T{9 + hours:02}:15:00.000+02:00"


def test_all_kinds_of_the_list_are_kept_as_they_are_shown(books: Books) -> None:
    rows = books.rows()
    assert len(rows) == 250
    rows += [row for row in books.rows(status="overdue") if row not in rows][:1]  # not every day one of them is so new

    assert books.store(rows) == Stored(rows=len(rows), new=len(rows))

    shown = {row["id"]: row for row in rows}
    stored = {str(voucher.lexware_id): voucher for voucher in Voucher.objects.all()}
    assert stored.keys() == shown.keys()
    for number, voucher in stored.items():
        row = shown[number]
        assert voucher.kind == row["voucherType"]
        assert voucher.status == row["voucherStatus"].replace("overdue", "open")
        assert voucher.number == row.get("voucherNumber", "")
        assert str(voucher.voucher_on or "") == row.get("voucherDate", "")[:10]
        assert voucher.total_amount == (Decimal(str(row["totalAmount"])) if "totalAmount" in row else None)
        assert voucher.open_amount == (Decimal(str(row["openAmount"])) if "openAmount" in row else None)
        assert str(voucher.contact_id or "") == row.get("contactId", "")
        assert voucher.updated_at == mirroring.moment(row["updatedDate"])
    assert len({voucher.kind for voucher in stored.values()}) >= 6
    assert "overdue" in {row["voucherStatus"] for row in rows}


def test_the_same_page_again_changes_nothing_but_when_it_was_seen(books: Books) -> None:
    rows = books.rows()
    books.store(rows)
    before = list(Voucher.objects.order_by("pk").values())
    moment = timezone.now()

    assert books.store(rows, moment) == Stored(rows=250)

    after = list(Voucher.objects.order_by("pk").values())
    assert after == [row | {"seen_at": moment} for row in before]


def test_getting_overdue_is_no_change(books: Books) -> None:
    books.store([_row()])

    assert books.store([_row(voucherStatus="overdue")]) == Stored(rows=1)
    assert Voucher.objects.get().status == "open"


def test_members_we_do_not_know_are_kept(books: Books) -> None:
    books.store([_row(neu={"tief": [1, None]}, voucherType="brandneu", voucherStatus="seltsam")])

    voucher = Voucher.objects.get()
    assert (voucher.extra, voucher.kind, voucher.status) == ({"neu": {"tief": [1, None]}}, "brandneu", "seltsam")


def test_what_a_receipt_that_waits_lacks_may_be_missing(books: Books) -> None:
    row = _row(voucherType="purchaseinvoice", voucherStatus="blank")
    missing = {"voucherNumber", "voucherDate", "dueDate", "contactName", "totalAmount", "openAmount"}
    lean = {name: part for name, part in row.items() if name not in missing}

    books.store([lean])

    voucher = Voucher.objects.get()
    assert (voucher.number, voucher.voucher_on, voucher.total_amount) == ("", None, None)
    assert voucher.listed_on.isoformat() == "2026-04-01"


def test_nul_characters_are_left_out(books: Books) -> None:
    books.store([_row(contactName="El\0bufer", **{"ne\0u": ["\0x"]})])

    voucher = Voucher.objects.get()
    assert (voucher.contact_name, voucher.extra) == ("Elbufer", {"neu": ["x"]})
    assert "elbufer" in voucher.search


def test_a_moment_in_another_zone_is_the_day_in_germany(books: Books) -> None:
    books.store([_row(voucherDate="2026-03-31T22:00:00.000Z")])

    assert str(Voucher.objects.get().voucher_on) == "2026-04-01"


def test_an_older_answer_does_not_replace_a_newer_one(books: Books) -> None:
    now = timezone.now()
    books.store([_row(updatedDate=_later(1), voucherNumber="neu")], now)

    assert books.store([_row(voucherNumber="alt")], now + timedelta(minutes=1)) == Stored(rows=1)  # lower stamp
    assert books.store(
        [_row(updatedDate=_later(1), voucherNumber="alt")], now - timedelta(seconds=1)
    ) == Stored(rows=1)  # fmt: skip

    voucher = Voucher.objects.get()
    assert (voucher.number, voucher.seen_at) == ("neu", now + timedelta(minutes=1))


def test_a_higher_stamp_wins_whatever_the_clock_of_the_worker_says(books: Books) -> None:
    now = timezone.now()
    books.store([_row()], now)

    books.store([_row(updatedDate=_later(1), voucherNumber="neu")], now - timedelta(seconds=5))

    voucher = Voucher.objects.get()
    assert voucher.number == "neu"


def test_what_belongs_to_another_organization_is_not_stored(books: Books) -> None:
    assert books.store([_row(organizationId=OTHER)]) == Stored()
    moved = type(books.connection).objects.get(pk=books.connection.pk)
    moved.organization_id = OTHER
    moved.save()

    assert books.store([_row()]) == Stored()  # asked before the connection moved

    assert not Voucher.objects.exists()


@pytest.mark.parametrize(
    ("members", "wanted"),
    [
        ({}, Wanted.OPEN),
        ({"voucherStatus": "draft"}, Wanted.OPEN),
        ({"voucherStatus": "unchecked"}, Wanted.OPEN),
        ({"voucherStatus": "paid"}, Wanted.OLD),
        ({"voucherStatus": "paid", "createdDate": "recent"}, Wanted.RECENT),
    ],
)
def test_how_much_a_detail_is_wanted(books: Books, members: dict[str, Any], wanted: int) -> None:
    if members.get("createdDate"):
        members = members | {"createdDate": (timezone.now() - timedelta(days=59)).isoformat()}
    books.store([_row(**members)])

    assert Voucher.objects.get().wanted == wanted


def test_a_change_wants_the_detail_again_but_never_less(books: Books) -> None:
    books.store([_row(voucherStatus="paid")])
    Voucher.objects.update(wanted=Wanted.NO)
    books.store([_row(voucherStatus="paid", updatedDate=_later(1))])
    assert Voucher.objects.get().wanted == Wanted.OLD

    mirror.want(books.connection, [Voucher.objects.get().lexware_id])
    books.store([_row(voucherStatus="paid", updatedDate=_later(2))])
    assert Voucher.objects.get().wanted == Wanted.NOW


def test_an_amount_alone_wants_the_payments_not_the_detail(books: Books) -> None:
    books.store([_row()])
    Voucher.objects.update(wanted=Wanted.NO, payment_wanted=False)

    books.store([_row(openAmount=50)])

    voucher = Voucher.objects.get()
    assert (voucher.wanted, voucher.payment_wanted) == (Wanted.NO, True)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("open", "open", True),
        ("open", "paid", True),  # once more, to know when and how
        ("paid", "paid", False),
        ("draft", "draft", False),
        ("paid", "open", True),
    ],
)
def test_when_payments_are_wanted(books: Books, before: str, after: str, wanted: bool) -> None:
    books.store([_row(voucherStatus=before)])
    Voucher.objects.update(payment_wanted=False)

    books.store([_row(voucherStatus=after, updatedDate=_later(1))])

    assert Voucher.objects.get().payment_wanted is wanted


def test_nothing_is_ever_paid_on_a_quotation(books: Books) -> None:
    books.store([_row(voucherType="quotation")])

    assert not Voucher.objects.get().payment_wanted


def test_wanting_tells_which_documents_we_know(books: Books) -> None:
    books.store([_row()])
    known = Voucher.objects.get().lexware_id

    assert mirror.want(books.connection, [known, books.connection.organization_id]) == {known}


def test_forgetting_tells_whether_it_was_there(books: Books) -> None:
    books.store([_row()])
    known = Voucher.objects.get().lexware_id

    assert mirror.forget(books.connection, known)
    assert not mirror.forget(books.connection, known)
