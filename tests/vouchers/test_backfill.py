"""The back-fill: what is read first, and that nothing blocks it."""

from datetime import timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.clients import gateway, troubles
from lexweb.vouchers import backfill, mirror, selectors
from lexweb.vouchers.models import Detail, Voucher
from tests.vouchers.books import Books

pytestmark = pytest.mark.django_db
Wanted = Voucher.Wanted


def test_everything_is_read_once_and_then_nothing_is_left(books: Books) -> None:
    books.list_all()
    kept = [books.one(kind) for kind in Voucher.objects.order_by().values_list("kind", flat=True).distinct()]
    unpaid = Voucher.objects.filter(payment_wanted=True)  # there are some every day, but not of every kind
    kept += unpaid.exclude(pk__in=[each.pk for each in kept])[:1]
    books.keep_only(*kept)
    left = selectors.left(books.connection).requests
    assert left > len(kept)  # payments, too

    assert books.fill(100) == left

    assert selectors.left(books.connection).requests == 0
    assert backfill.next_step(books.connection) is None
    assert Detail.objects.filter(raw__isnull=False).count() == len(kept)
    assert len(books.asked()) == left + 1  # the list


def test_the_most_wanted_comes_first_then_the_newest_then_payments_then_old_ones(books: Books) -> None:
    books.store(books.rows("purchaseinvoice"))
    # Paid ones, so that no detail wants payments; which ones are paid is different every day.
    vouchers = list(Voucher.objects.filter(status="paid").order_by("-created_at")[:6])
    books.keep_only(*vouchers)
    for voucher, wanted in zip(vouchers, (1, 3, 2, 3, 4, 0), strict=True):
        Voucher.objects.filter(pk=voucher.pk).update(
            wanted=wanted, payment_wanted=not wanted, created_at=timezone.now() - timedelta(days=voucher.pk)
        )  # fmt: skip
    ordered = sorted(vouchers, key=lambda v: v.pk)  # the newest first
    rank = {v.pk: i for i, v in enumerate(ordered)}
    wanted_of = dict(Voucher.objects.values_list("pk", "wanted"))
    by_wish = sorted((v for v in vouchers if wanted_of[v.pk] > 1), key=lambda v: (-wanted_of[v.pk], rank[v.pk]))
    expected = [f"/v1/vouchers/{v.lexware_id}" for v in by_wish]
    payment = f"/v1/payments/{next(v for v in vouchers if not wanted_of[v.pk]).lexware_id}"
    old = f"/v1/vouchers/{next(v for v in vouchers if wanted_of[v.pk] == 1).lexware_id}"
    Voucher.objects.exclude(wanted=0).update(payment_wanted=False)
    before = len(books.asked())

    books.fill(6)

    assert books.asked()[before:] == [*expected, payment, old]


def test_what_was_deleted_over_there_is_forgotten(books: Books) -> None:
    books.store(books.rows("quotation")[:2])
    gone, other = Voucher.objects.order_by("pk")
    mirror.want(books.connection, [gone.lexware_id])
    books.organization.shelf("quotations").remove(str(gone.lexware_id))

    books.fill(2)

    assert [*Voucher.objects.all()] == [other]
    assert books.again(other).wanted == Wanted.NO


@pytest.mark.parametrize("fault", ["garbage", "empty"])
@pytest.mark.off_contract
def test_a_detail_that_is_answered_oddly_does_not_block_the_others(books: Books, fault: str) -> None:
    books.store(books.rows("purchaseinvoice")[:3])
    odd = selectors.wanted_most(books.connection)
    assert odd
    books.sandbox.fault(fault, path=f"/v1/*/{odd.lexware_id}", count=None)

    books.fill(20)

    assert selectors.left(books.connection).requests == 0
    details = Detail.objects.filter(raw__isnull=False).values_list("voucher_id", flat=True)
    assert {odd.pk, *details} == set(Voucher.objects.values_list("pk", flat=True))
    assert odd.pk not in details


def test_a_kind_that_we_do_not_know_does_not_block_the_others(books: Books) -> None:
    books.store([row | {"voucherType": "brandneu"} for row in books.rows("quotation")[:1]])

    assert books.fill(5) == 1

    assert books.again(Voucher.objects.get()).wanted == Wanted.NO


@pytest.mark.parametrize("fault", ["forbidden_403", "plan_402"])
def test_a_kind_that_is_not_allowed_is_left_out_until_that_changes(books: Books, fault: str) -> None:
    books.store(books.rows("quotation")[:3] + books.rows("purchaseinvoice")[:1])
    quotations = Voucher.objects.filter(kind="quotation")
    books.sandbox.fault(fault, path="/v1/quotations/*", count=None)

    books.fill(20)

    assert selectors.left(books.connection).requests == 0
    asked = [path for path in books.asked() if path.startswith("/v1/quotations/")]
    assert len(asked) == 1
    assert mirror.want_missing(books.connection) == quotations.count()
    books.sandbox.clear_faults()
    books.fill(20)
    assert Detail.objects.filter(voucher__in=quotations).count() == quotations.count()


def test_payments_that_are_not_found_lead_to_the_document(books: Books) -> None:
    books.store(books.rows("purchaseinvoice", "open")[:1])
    Voucher.objects.update(wanted=0)
    row = Voucher.objects.get()
    books.organization.shelf("vouchers").remove(str(row.lexware_id))

    assert books.fill(10) == 2

    assert not Voucher.objects.exists()


def test_what_concerns_the_whole_connection_is_not_swallowed(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "WORKER_PATIENCE", 0.0)
    books.store(books.rows("purchaseinvoice")[:1])
    books.sandbox.fault("503", path="/v1/vouchers/*", count=None)

    with pytest.raises(troubles.Trouble):
        books.fill(1)

    assert Voucher.objects.get().wanted


def test_finding_the_next_step_reads_an_index_only(books: Books) -> None:
    books.list_all()
    if database.vendor == "postgresql":
        with database.cursor() as cursor:
            cursor.execute("ANALYZE vouchers_voucher")
    with CaptureQueriesContext(database) as queries:
        backfill.next_step(books.connection)
        Voucher.objects.update(wanted=0)
        backfill.next_step(books.connection)
    plans = [_plan(query["sql"]) for query in queries.captured_queries if query["sql"].startswith("SELECT")]

    assert len(plans) == 3
    assert all("voucher_wanted" in plan or "voucher_payment_wanted" in plan for plan in plans), plans
    assert not any("TEMP B-TREE" in plan or "Sort" in plan for plan in plans), plans


def _plan(statement: str) -> str:
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")  # the table is small here
        cursor.execute(("EXPLAIN " if database.vendor == "postgresql" else "EXPLAIN QUERY PLAN ") + statement)
        return " ".join(str(part) for line in cursor.fetchall() for part in line)


@pytest.mark.parametrize("fault", ["plan_402", "forbidden_403"])
def test_payments_that_nobody_may_read_cost_one_request(books: Books, fault: str) -> None:
    books.store(books.rows("invoice"))
    open_ones = Voucher.objects.filter(payment_wanted=True)
    assert open_ones.count() > 1
    Voucher.objects.update(wanted=0)
    books.sandbox.fault(fault, path="/v1/payments/*", count=None)
    before = len(books.asked())

    books.fill(5)

    assert len(books.asked()) == before + 1
    books.sandbox.clear_faults()
    assert mirror.want_missing(books.connection) > 1
    assert open_ones.exists()


@pytest.mark.parametrize("path", ["/v1/*/{}", "/v1/payments/{}"])
def test_one_that_always_breaks_does_not_block_the_others(books: Books, path: str) -> None:
    books.store(books.rows("purchaseinvoice", "open")[:3])
    odd = selectors.wanted_most(books.connection)
    assert odd
    books.sandbox.fault("500", path=path.format(odd.lexware_id), count=None)

    troubles_met = _fill_through_troubles(books)

    assert selectors.left(books.connection).requests == 0
    assert 1 <= troubles_met <= 3  # each lets the worker wait before it goes on
    assert Detail.objects.filter(raw__isnull=False, payment_seen_at__isnull=False).count() >= 2


def test_an_outage_costs_no_document_its_turn(books: Books) -> None:
    books.store(books.rows("purchaseinvoice", "open")[:3])
    left = sorted(Voucher.objects.values_list("pk", "wanted", "payment_wanted"))
    books.sandbox.fault("503", count=None)

    assert _fill_through_troubles(books) == 30

    assert sorted(Voucher.objects.values_list("pk", "wanted", "payment_wanted")) == left


def test_an_older_version_for_ever_is_not_asked_for_for_ever(books: Books) -> None:
    books.store(books.rows("purchaseinvoice")[:1])
    books.fill(5)
    voucher = Voucher.objects.get()
    Detail.objects.update(version=99)
    mirror.want(books.connection, [voucher.lexware_id])

    assert books.fill(10) <= 3

    assert Detail.objects.get().version == 99


def _fill_through_troubles(books: Books) -> int:
    met = 0
    for _ in range(30):
        try:
            if not books.fill(1):
                break
        except troubles.Trouble:
            met += 1
    return met
