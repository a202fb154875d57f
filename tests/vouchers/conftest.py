"""A connected client with the books of a joinery."""

from collections.abc import Iterator

import pytest
from django.test import Client as Browser
from django.utils import timezone, translation

from lexweb.clients.models import Connection
from lexweb.lexware import lookup, retry
from lexweb.masterdata import mirror as masterdata
from lexweb.masterdata.models import Listing
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.conftest import SignIn
from tests.sync import made_up
from tests.vouchers.books import Books
from tests.vouchers.receipts import Receipts


@pytest.fixture
def books(cast: Cast, lexware: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> Books:
    """The joinery's books, nothing of them here yet."""
    monkeypatch.setattr(retry, "backoff", lambda attempt: 0.001)
    return Books(casting.connect(cast.client, lexware, by=cast.klaus), lexware)


@pytest.fixture
def connection(cast: Cast) -> Connection:
    """A connection whose first sync is over, without anybody at its other end."""
    connection = made_up.connected(cast.client)
    made_up.idle(connection)
    return connection


@pytest.fixture
def klaus(cast: Cast, sign_in: SignIn) -> Browser:
    """Klaus at his browser; he may book."""
    return sign_in(cast.klaus)


@pytest.fixture
def receipts(books: Books, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receipts]:
    """The joinery's receipts, with the categories they are booked under."""
    monkeypatch.setattr(retry, "penalty", lambda error, attempt: 0.001)
    monkeypatch.setattr(lookup, "SETTLING", 0.01)
    entries = books.ask(lambda office: [each.payload() for each in office.posting_categories.list()])
    masterdata.store(books.connection, Listing.Name.POSTING_CATEGORIES, entries, asked_at=timezone.now())
    found = Receipts(books, cast.klaus)
    found.forget_requests()
    with translation.override("en"):
        yield found
