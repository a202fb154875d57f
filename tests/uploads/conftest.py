"""Klaus at work for a connected client, and a worker for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from lexweb.clients import gateway
from lexweb.lexware import retry
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.conftest import SignIn
from tests.files.failing import Breakdown
from tests.outbox.worker import Worker
from tests.uploads.desk import Desk


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "backoff", lambda attempt: 0.001)
    monkeypatch.setattr(retry, "penalty", lambda error, attempt: 0.001)
    monkeypatch.setattr(gateway, "WORKER_PATIENCE", 0.0)


@pytest.fixture(autouse=True)
def storage(settings: LazySettings, tmp_path: Path) -> Path:
    """Where the receipts of a test are."""
    folder = tmp_path / "receipts"
    settings.STORAGES = settings.STORAGES | {
        "receipts": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(folder)}}
    }
    return folder


@pytest.fixture
def desk(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> Iterator[Desk]:
    """Klaus, who brings receipts in."""
    connection = casting.connect(cast.client, lexware, by=cast.klaus)
    with Desk(lexware, connection, sign_in(cast.klaus)) as found:
        yield found


@pytest.fixture
def worker(desk: Desk) -> Worker:
    """Whoever does the steps of this client."""
    return Worker(desk.connection)


@pytest.fixture
def breakdown(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Breakdown:
    """A storage that can fail."""
    return Breakdown(settings, monkeypatch)
