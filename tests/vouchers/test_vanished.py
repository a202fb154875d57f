"""Documents that a whole pass did not show."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from lexweb.clients import gateway
from lexweb.files.models import File
from lexweb.sync import asking, records
from lexweb.vouchers.models import Voucher
from tests.sync import made_up
from tests.vouchers.books import Books

pytestmark = pytest.mark.django_db

YESTERDAY = timedelta(days=1)


def _ask(books: Books, voucher: Voucher) -> bool:
    with gateway.open_office(books.connection, background=True) as office:
        return asking.ask(records.DOCUMENTS, office, books.connection, voucher.lexware_id, transaction.atomic)


def test_its_files_go_with_a_document_that_was_deleted_over_there(books: Books) -> None:
    gone = made_up.voucher(books.connection, seen_at=timezone.now() - YESTERDAY)
    for each in (gone.lexware_id, uuid4()):
        File.objects.create(connection=books.connection, lexware_id=uuid4(), voucher_id=each)

    assert asking.unseen(records.DOCUMENTS, books.connection, timezone.now()) == gone.lexware_id
    assert _ask(books, gone)

    assert not Voucher.objects.exists()
    assert [each.voucher_id == gone.lexware_id for each in File.objects.all()] == [False]


def test_one_that_is_still_there_is_kept(books: Books) -> None:
    books.list_all()
    slipped = books.one("invoice")
    since = timezone.now()

    assert not _ask(books, slipped)

    again = books.again(slipped)
    assert again.seen_at >= since
    assert again.detail.raw["id"] == str(slipped.lexware_id)


def test_dunnings_are_no_vanished_documents(books: Books) -> None:
    made_up.voucher(books.connection, kind="dunning", seen_at=timezone.now() - YESTERDAY)

    assert asking.unseen(records.DOCUMENTS, books.connection, timezone.now()) is None
