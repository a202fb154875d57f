"""Reading documents from the mirror."""

import pytest

from lexweb.vouchers import selectors
from lexweb.vouchers.models import Voucher
from tests.cast import Cast
from tests.vouchers.books import Books

pytestmark = pytest.mark.django_db


@pytest.fixture
def mirrored(books: Books) -> Books:
    """The newest 250 documents."""
    books.list_all()
    return books


def test_archived_documents_are_counted_apart(mirrored: Books) -> None:
    Voucher.objects.filter(pk=Voucher.objects.all()[0].pk).update(archived=True)

    assert selectors.totals(mirrored.connection) == {"vouchers": 249, "archived_vouchers": 1}


def test_a_document_is_found_for_its_own_client_only(mirrored: Books, cast: Cast) -> None:
    one = Voucher.objects.all()[0]

    assert selectors.find(cast.client, one.lexware_id) == one
    assert selectors.find(cast.other, one.lexware_id) is None
