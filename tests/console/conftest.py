"""Paula at the console of a connected client; nobody waits for repeats."""

import pytest

from lexweb.clients import gateway
from lexweb.lexware import retry
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.conftest import SignIn
from tests.console.bench import Bench


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "backoff", lambda attempt: 0.001)
    monkeypatch.setattr(retry, "penalty", lambda error, attempt: 0.001)
    monkeypatch.setattr(gateway, "PERSON_PATIENCE", 0.0)


@pytest.fixture
def bench(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> Bench:
    """Paula, who may write, with nothing asked of the sandbox yet."""
    connection = casting.connect(cast.client, lexware, by=cast.paula)
    lexware.state.journal.clear()
    return Bench(lexware, connection, sign_in(cast.paula), cast)
