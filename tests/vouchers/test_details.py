"""Details and payments in the mirror, and what they mean for the row of the list."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from lexweb.clients.mirroring import Foreign, Stored
from lexweb.files.models import File
from lexweb.lexware.api.vouchers import VoucherDraft
from lexweb.sandbox.vouchers import desk
from lexweb.vouchers import mirror, reading
from lexweb.vouchers.models import Detail, Voucher
from tests.sandbox.bookkeeping import SALE
from tests.vouchers.books import Books

pytestmark = pytest.mark.django_db
Kind, Wanted = Voucher.Kind, Voucher.Wanted
SAMPLES = Path(__file__).resolve().parents[1] / "contract" / "samples"
OF_KIND = {
    Kind.INVOICE: "invoices", Kind.CREDIT_NOTE: "credit-notes", Kind.DOWN_PAYMENT_INVOICE: "down-payment-invoices",
    Kind.QUOTATION: "quotations", Kind.ORDER_CONFIRMATION: "order-confirmations",
    Kind.DELIVERY_NOTE: "delivery-notes", Kind.DUNNING: "dunnings", Kind.SALES_INVOICE: "vouchers",
}  # fmt: skip


def _sample(kind: str, **members: Any) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads((SAMPLES / f"{OF_KIND[Kind(kind)]}.get.response.json").read_text())
    payload.pop("organizationId")
    return payload | members


def _newer(payload: dict[str, Any], **members: Any) -> dict[str, Any]:
    return payload | {"version": payload["version"] + 1, "updatedDate": "2026-11-20T10:00:00.000+01:00"} | members


def _listed(payload: dict[str, Any], kind: str, **members: Any) -> dict[str, Any]:
    names = ("id", "voucherStatus", "voucherNumber", "voucherDate", "dueDate", "createdDate", "updatedDate")
    row = {name: payload[name] for name in names if name in payload}
    head = {"voucherType": kind, "currency": "EUR", "archived": False, "contactName": "Wie gelistet"}
    return row | head | {"totalAmount": 1463.49, "openAmount": 1344.73} | members


@pytest.mark.parametrize("kind", OF_KIND)
def test_a_document_that_no_list_has_shown_gets_its_row_from_the_detail(books: Books, kind: str) -> None:
    payload = _sample(kind)

    voucher = books.again(mirror.store_detail(books.connection, kind, payload, asked_at=timezone.now()))

    assert (str(voucher.lexware_id), voucher.kind, voucher.status) == (payload["id"], kind, payload["voucherStatus"])
    assert voucher.number == payload.get("voucherNumber", "")
    assert str(voucher.voucher_on) == payload["voucherDate"][:10]
    total = payload.get("totalGrossAmount") or payload.get("totalPrice", {}).get("totalGrossAmount")
    assert voucher.total_amount == (None if total is None else Decimal(str(total)))
    assert voucher.contact_name == (payload.get("address") or {"name": "Sammelkunde"})["name"]
    assert (voucher.currency, voucher.wanted) == ("EUR", Wanted.NO)
    assert voucher.payment_wanted == (kind in {"invoice", "salesinvoice"})
    assert (voucher.detail.raw, voucher.detail.version) == (payload, payload["version"])


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.DUNNING])
def test_each_kind_is_read_where_its_details_are(books: Books, kind: str) -> None:
    if kind.startswith("sales"):  # the joinery writes all its invoices there
        books.ask(lambda office: office.vouchers.create(VoucherDraft.model_validate(SALE | {"type": kind})))
    rows = books.rows(kind)
    books.store(rows[:1])
    row = books.one(kind)
    before = {name: getattr(row, name) for name in ("number", "voucher_on", "due_on", "total_amount", "contact_name")}

    payload = books.ask(lambda office: reading.detail(office, kind, row.lexware_id))
    mirror.store_detail(books.connection, kind, payload, asked_at=timezone.now())

    row = books.again(row)
    assert row.detail.raw == payload
    assert {name: getattr(row, name) for name in before} == before
    assert row.wanted == Wanted.NO
    assert books.store(rows[:1]) == Stored(rows=1)  # the list says nothing new


def test_what_a_detail_does_not_say_stays_as_the_list_said(books: Books) -> None:
    payload = _sample(Kind.SALES_INVOICE)
    del payload["contactName"]
    books.store([_listed(payload, Kind.SALES_INVOICE, currency="CHF", archived=True)])

    mirror.store_detail(books.connection, Kind.SALES_INVOICE, _newer(payload), asked_at=timezone.now())

    row = Voucher.objects.get()
    assert (row.contact_name, row.open_amount, row.currency) == ("Wie gelistet", Decimal("1344.73"), "CHF")
    assert row.archived


def test_a_newer_detail_moves_the_row_and_the_list_that_lags_does_not_move_it_back(books: Books) -> None:
    payload = _sample(Kind.INVOICE)
    books.store([_listed(payload, Kind.INVOICE)])

    newer = _newer(payload, voucherStatus="paid", voucherNumber="RE0118-neu")
    mirror.store_detail(books.connection, Kind.INVOICE, newer, asked_at=timezone.now())
    books.store([_listed(payload, Kind.INVOICE, contactName="Veraltet")])

    row = Voucher.objects.get()
    assert (row.status, row.number, row.contact_name) == ("paid", "RE0118-neu", "Elbufer Medien & Druck GmbH")
    assert "re0118-neu" in row.search
    assert row.payment_wanted  # it was open, so how it was paid is of interest


def test_the_list_corrects_what_a_detail_said_otherwise_and_does_not_ask_again(books: Books) -> None:
    payload = _sample(Kind.INVOICE)
    books.store([_listed(payload, Kind.INVOICE)])
    mirror.store_detail(books.connection, Kind.INVOICE, payload | {"voucherStatus": "paid"}, asked_at=timezone.now())
    assert Voucher.objects.get().status == "paid"

    books.store([_listed(payload, Kind.INVOICE)])

    row = Voucher.objects.get()
    assert (row.status, row.wanted) == ("open", Wanted.NO)


def test_open_is_not_finer_than_what_the_list_says(books: Books) -> None:
    payload = _sample(Kind.INVOICE)
    books.store([_listed(payload, Kind.INVOICE, voucherStatus="sepadebit")])

    mirror.store_detail(books.connection, Kind.INVOICE, payload, asked_at=timezone.now())

    assert Voucher.objects.get().status == "sepadebit"
    assert books.store([_listed(payload, Kind.INVOICE, voucherStatus="sepadebit")]) == Stored(rows=1)


def test_an_older_detail_does_not_replace_a_newer_one(books: Books) -> None:
    payload, now = _sample(Kind.INVOICE), timezone.now()
    mirror.store_detail(books.connection, Kind.INVOICE, _newer(payload, remark="neu"), asked_at=now)

    mirror.store_detail(books.connection, Kind.INVOICE, payload, asked_at=now + timedelta(seconds=1))
    mirror.store_detail(
        books.connection, Kind.INVOICE, _newer(payload, remark="alt"), asked_at=now - timedelta(seconds=1)
    )  # fmt: skip

    assert Detail.objects.get().raw["remark"] == "neu"
    assert Voucher.objects.get().seen_at == now + timedelta(seconds=1)


def test_a_detail_that_was_asked_for_before_the_change_leaves_it_wanted(books: Books) -> None:
    payload, asked_at = _sample(Kind.INVOICE), timezone.now()
    books.store([_listed(payload, Kind.INVOICE)])
    books.store([_listed(_newer(payload), Kind.INVOICE)])

    mirror.store_detail(books.connection, Kind.INVOICE, payload, asked_at=asked_at)
    assert Voucher.objects.get().wanted == Wanted.OPEN
    mirror.store_detail(books.connection, Kind.INVOICE, _newer(payload), asked_at=asked_at)
    assert Voucher.objects.get().wanted == Wanted.NO  # as new as the list knows, whenever it was asked for

    mirror.want(books.connection, [UUID(payload["id"])])
    mirror.store_detail(books.connection, Kind.INVOICE, _newer(payload), asked_at=asked_at)
    assert Voucher.objects.get().wanted == Wanted.NOW  # what the event told of may have come after it


def test_a_detail_that_stays_behind_the_list_is_not_asked_for_again_and_again(books: Books) -> None:
    payload = _sample(Kind.INVOICE)
    books.store([_listed(_newer(payload), Kind.INVOICE)])

    mirror.store_detail(books.connection, Kind.INVOICE, payload, asked_at=timezone.now())

    assert Voucher.objects.get().wanted == Wanted.NO


def test_a_detail_of_another_organization_is_not_stored(books: Books) -> None:
    payload = _sample(Kind.INVOICE, organizationId="05ad0000-0000-4000-8000-0000000000aa")

    with pytest.raises(Foreign):
        mirror.store_detail(books.connection, Kind.INVOICE, payload, asked_at=timezone.now())

    assert not Voucher.objects.exists()


def test_nul_characters_and_unknown_members_of_details(books: Books) -> None:
    payload = _sample(Kind.INVOICE, neu={"tief": ["a\0b", None]})

    mirror.store_detail(books.connection, Kind.INVOICE, payload, asked_at=timezone.now())

    assert Detail.objects.get().raw["neu"] == {"tief": ["ab", None]}


def test_files_come_and_go_with_the_detail(books: Books) -> None:
    payload, now = _sample(Kind.SALES_INVOICE), timezone.now()
    one, two = payload["files"][0], "05ad0000-0000-4000-8000-0000000000f2"

    def store(files: list[str], seconds: int, version: int) -> list[str]:
        answer = payload | {"files": files, "version": version}
        mirror.store_detail(
            books.connection, Kind.SALES_INVOICE, answer, asked_at=now + timedelta(seconds=seconds)
        )  # fmt: skip
        return [str(each) for each in File.objects.order_by("position").values_list("lexware_id", flat=True)]

    assert store([one], 0, 1) == [one]
    File.objects.update(sha256="bekannt")
    assert store([two, one], 1, 2) == [two, one]
    assert store([], -1, 1) == [two, one]  # an older answer
    assert store([one], 2, 3) == [one]
    assert File.objects.get().sha256 == "bekannt"
    assert str(File.objects.get().voucher_id) == payload["id"]
    mirror.forget(books.connection, UUID(payload["id"]))
    assert not File.objects.exists()


def test_a_sales_document_names_one_file(books: Books) -> None:
    payload = _sample(Kind.INVOICE)

    mirror.store_detail(books.connection, Kind.INVOICE, payload, asked_at=timezone.now())

    assert str(File.objects.get().lexware_id) == payload["files"]["documentFileId"]


def test_a_payment_over_there_is_known_here(books: Books) -> None:
    books.store(books.rows(Kind.PURCHASE_INVOICE, "open"))
    row = Voucher.objects.filter(open_amount__gt=20).order_by("pk")[0]
    books.keep_only(row)
    assert row.payment_wanted
    with books.sandbox.state.lock:
        desk.pay(books.sandbox.state, books.organization, str(row.lexware_id), Decimal(5), on=date(2026, 11, 9))

    books.fill(5)

    row = books.again(row)
    total = row.total_amount or 0
    assert (row.open_amount, row.status, row.payment_wanted) == (total - 5, "open", False)
    assert [item["amount"] for item in row.detail.payment["paymentItems"]] == [5]


def test_where_nothing_can_be_paid_is_told_once(books: Books) -> None:
    payload = _sample(Kind.INVOICE)
    row = mirror.store_detail(books.connection, Kind.INVOICE, payload, asked_at=timezone.now())

    mirror.store_payment(row, None, asked_at=timezone.now())

    row = books.again(row)
    assert (row.payment_wanted, row.detail.payment, row.detail.payment_seen_at is None) == (False, None, False)


def test_payments_that_come_late_do_not_replace_newer_ones(books: Books) -> None:
    row = mirror.store_detail(books.connection, Kind.INVOICE, _sample(Kind.INVOICE), asked_at=timezone.now())
    paid, now = json.loads((SAMPLES / "payments.get.paid.response.json").read_text()), timezone.now()
    still_open = json.loads((SAMPLES / "payments.get.open.response.json").read_text())

    mirror.store_payment(row, paid, asked_at=now)
    mirror.store_payment(row, still_open, asked_at=now - timedelta(seconds=1))

    row = books.again(row)
    assert (row.status, row.open_amount, row.detail.payment) == ("paid", Decimal(0), paid)


def test_payments_that_were_asked_for_before_the_list_do_not_change_its_row(books: Books) -> None:
    payload, asked_at = _sample(Kind.INVOICE), timezone.now()
    books.store([_listed(payload, Kind.INVOICE)])
    paid = json.loads((SAMPLES / "payments.get.paid.response.json").read_text())

    mirror.store_payment(Voucher.objects.get(), paid, asked_at=asked_at)

    row = books.again(Voucher.objects.get())
    assert (row.status, row.detail.payment, row.detail.raw) == ("open", paid, None)


def test_payments_of_what_was_forgotten_are_not_stored(books: Books) -> None:
    row = mirror.store_detail(books.connection, Kind.INVOICE, _sample(Kind.INVOICE), asked_at=timezone.now())
    mirror.forget(books.connection, row.lexware_id)

    mirror.store_payment(row, None, asked_at=timezone.now())

    assert not Detail.objects.exists()
