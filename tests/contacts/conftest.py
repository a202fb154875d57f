"""A clerk's desk with one connected client; nobody waits for repeats or for new contacts to settle."""

from collections.abc import Iterator

import hypothesis
import pytest

from lexweb.clients import gateway
from lexweb.lexware import retry
from lexweb.lexware.api import contacts as endpoint
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.conftest import SignIn
from tests.contacts.desk import Desk

hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("busy")  # several people share this machine's cores


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "backoff", lambda attempt: 0.001)
    monkeypatch.setattr(retry, "penalty", lambda error, attempt: 0.001)
    monkeypatch.setattr(endpoint, "SETTLING", 0.01)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first trouble counts."""
    monkeypatch.setattr(gateway, "PERSON_PATIENCE", 0.0)


@pytest.fixture
def desk(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> Iterator[Desk]:
    """Klaus at work for a connected client whose mirror is still empty."""
    connection = casting.connect(cast.client, lexware, by=cast.klaus)
    with Desk(lexware, connection, sign_in(cast.klaus)) as found:
        yield found
