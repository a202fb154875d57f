"""A connected client with the books of a joinery."""

import pytest

from lexweb.lexware import retry
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.vouchers.books import Books


@pytest.fixture
def books(cast: Cast, lexware: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> Books:
    """The joinery's books, nothing of them here yet."""
    monkeypatch.setattr(retry, "backoff", lambda attempt: 0.001)
    return Books(casting.connect(cast.client, lexware, by=cast.klaus), lexware)
