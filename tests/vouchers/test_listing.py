"""The list of documents: pages, search, tabs and states."""

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from lexweb.vouchers import listing
from lexweb.vouchers.listing import Query
from lexweb.vouchers.models import Voucher
from tests.vouchers.books import Books

pytestmark = pytest.mark.django_db


@pytest.fixture
def mirrored(books: Books) -> Books:
    """The newest 250 documents."""
    books.list_all()
    return books


def test_pages_are_the_newest_first_and_meet_without_a_gap(mirrored: Books) -> None:
    pages = [listing.page(mirrored.connection, Query(), number=str(n)) for n in range(1, 6)]

    rows = [voucher for page in pages for voucher in page]
    assert len({row.pk for row in rows}) == 250
    assert [(row.listed_on, row.pk) for row in rows] == sorted(((r.listed_on, r.pk) for r in rows), reverse=True)
    assert pages[0].paginator.count == 250
    assert listing.page(mirrored.connection, Query(), number="99").number == 5
    assert listing.page(mirrored.connection, Query(), number="unsinn").number == 1


def test_text_finds_numbers_and_contacts(mirrored: Books) -> None:
    one = Voucher.objects.exclude(contact_name="").exclude(number="").order_by("pk")[0]

    for text in (one.number.lower(), one.number[2:], one.contact_name.upper(), f"{one.contact_name} {one.number}"):
        found = listing.page(mirrored.connection, Query(text=text), number=None)
        assert one in list(found), text
    assert not list(listing.page(mirrored.connection, Query(text="gibt es nicht"), number=None))


def test_kind_status_and_archive(mirrored: Books) -> None:
    archived = Voucher.objects.filter(kind="invoice")[0]
    Voucher.objects.filter(pk=archived.pk).update(archived=True)

    paid = listing.page(mirrored.connection, Query(kind="sales", status="paid"), number=None)
    expected = Voucher.objects.filter(kind__in=["invoice", "salesinvoice", "downpaymentinvoice"], archived=False)
    assert paid.paginator.count == sum(row.status == "paid" for row in expected) > 0
    assert {(row.kind, row.status) for row in paid} >= {("invoice", "paid")}
    assert [*listing.page(mirrored.connection, Query(archived=True), number=None)] == [archived]
    assert listing.counts(mirrored.connection)[""] == 249


def test_a_page_reads_its_rows_only(mirrored: Books) -> None:
    with CaptureQueriesContext(database) as queries:
        list(listing.page(mirrored.connection, Query(), number=None))

    assert len(queries) == 2
    assert '"extra"' not in queries.captured_queries[1]["sql"]
