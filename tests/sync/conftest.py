"""One connected client, nothing synced yet."""

import pytest

from lexweb.clients import gateway
from lexweb.clients.models import Connection
from lexweb.lexware import retry
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync import tasks
from tests import cast as casting
from tests.cast import Cast
from tests.sync.office import LARGE, Office


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "backoff", lambda attempt: 0.001)
    monkeypatch.setattr(retry, "penalty", lambda error, attempt: 0.001)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first trouble counts."""
    monkeypatch.setattr(gateway, "WORKER_PATIENCE", 0.0)


@pytest.fixture
def office(lexware: RunningSandbox) -> Office:
    """Lexware Office of the joinery: 140 contacts on one page."""
    return Office(lexware, 0)


@pytest.fixture
def slow_office(lexware: RunningSandbox) -> Office:
    """2,500 contacts on ten pages, each of which takes a moment."""
    lexware.fault("slow", path="/v1/contacts", count=None, seconds=0.05)
    return Office(lexware, LARGE)


@pytest.fixture
def connection(cast: Cast, office: Office) -> Connection:
    """The office's connection, due for its first reading of contacts; the other lists wait until a test wants them."""
    connection = casting.connect(cast.client, office.sandbox, by=cast.klaus, index=office.index)
    casting.leave_out_all_but(connection, "contacts")
    return connection


@pytest.fixture(autouse=True)
def _empty_queue() -> None:
    """All tests of this process share one queue; what others nudged is none of ours."""
    tasks.HUEY.storage.flush_queue()
