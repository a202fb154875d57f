"""A connected client with some contacts, and the outbox in front of its Lexware Office."""

from collections.abc import Iterator

import pytest

from lexweb.clients import gateway
from lexweb.lexware import lookup, retry
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.conftest import SignIn
from tests.contacts.desk import Desk
from tests.outbox.worker import Worker


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "backoff", lambda attempt: 0.001)
    monkeypatch.setattr(retry, "penalty", lambda error, attempt: 0.001)
    monkeypatch.setattr(lookup, "SETTLING", 0.01)
    monkeypatch.setattr(gateway, "WORKER_PATIENCE", 0.0)


@pytest.fixture
def desk(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> Iterator[Desk]:
    """Klaus at work for a connected client whose mirror is still empty."""
    connection = casting.connect(cast.client, lexware, by=cast.klaus)
    with Desk(lexware, connection, sign_in(cast.klaus)) as found:
        yield found


@pytest.fixture
def worker(desk: Desk) -> Worker:
    """Whoever does the steps of this client."""
    return Worker(desk.connection)
