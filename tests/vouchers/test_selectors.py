"""Reading documents from the mirror."""

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from lexweb.vouchers import selectors
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.selectors import Query
from tests.cast import Cast
from tests.vouchers.books import Books

pytestmark = pytest.mark.django_db


@pytest.fixture
def mirrored(books: Books) -> Books:
    """The newest 250 documents."""
    books.list_all()
    return books


def test_pages_are_the_newest_first_and_meet_without_a_gap(mirrored: Books) -> None:
    pages = [selectors.listing(mirrored.connection, Query(), page=str(n)) for n in range(1, 6)]

    rows = [voucher for page in pages for voucher in page]
    assert len({row.pk for row in rows}) == 250
    assert [(row.listed_on, row.pk) for row in rows] == sorted(((r.listed_on, r.pk) for r in rows), reverse=True)
    assert pages[0].paginator.count == 250
    assert selectors.listing(mirrored.connection, Query(), page="99").number == 5
    assert selectors.listing(mirrored.connection, Query(), page="unsinn").number == 1


def test_text_finds_numbers_and_contacts(mirrored: Books) -> None:
    one = Voucher.objects.exclude(contact_name="").exclude(number="").order_by("pk")[0]

    for text in (one.number.lower(), one.number[2:], one.contact_name.upper(), f"{one.contact_name} {one.number}"):
        found = selectors.listing(mirrored.connection, Query(text=text), page=None)
        assert one in list(found), text
    assert not list(selectors.listing(mirrored.connection, Query(text="gibt es nicht"), page=None))


def test_kind_status_and_archive(mirrored: Books) -> None:
    archived = Voucher.objects.filter(kind="invoice")[0]
    Voucher.objects.filter(pk=archived.pk).update(archived=True)

    paid = selectors.listing(mirrored.connection, Query(kind="invoice", status="paid"), page=None)
    assert {(row.kind, row.status) for row in paid} == {("invoice", "paid")}
    assert [*selectors.listing(mirrored.connection, Query(archived=True), page=None)] == [archived]
    assert sum(selectors.counts(mirrored.connection).values()) == 249
    assert selectors.total(mirrored.connection) == 249


def test_a_document_is_found_for_its_own_client_only(mirrored: Books, cast: Cast) -> None:
    one = Voucher.objects.all()[0]

    assert selectors.find(cast.client, one.lexware_id) == one
    assert selectors.find(cast.other, one.lexware_id) is None


def test_a_page_reads_its_rows_only(mirrored: Books) -> None:
    with CaptureQueriesContext(database) as queries:
        list(selectors.listing(mirrored.connection, Query(), page=None))

    assert len(queries) == 2
    assert '"extra"' not in queries.captured_queries[1]["sql"]
