"""A clerk's desk with one connected client; nobody waits for repeats or for new contacts to settle."""

from collections.abc import Iterator

import pytest

from lexweb.clients import gateway
from lexweb.contacts.models import Contact
from lexweb.lexware import lookup, retry
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.conftest import SignIn
from tests.contacts.desk import Desk


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "backoff", lambda attempt: 0.001)
    monkeypatch.setattr(retry, "penalty", lambda error, attempt: 0.001)
    monkeypatch.setattr(lookup, "SETTLING", 0.01)


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


@pytest.fixture(params=["406 naming the version", "409"])
def stale_versions(request: pytest.FixtureRequest, desk: Desk) -> None:
    """Both ways in which Lexware Office says that the version is not the newest."""
    if request.param == "409":
        desk.sandbox.fault("conflict_409", method="PUT", count=None)


@pytest.fixture
def contact(desk: Desk) -> Contact:
    """A contact as both sides saw it last."""
    return desk.add(note="alt", phoneNumbers={"business": ["0431 1"]})


@pytest.fixture
def full(desk: Desk) -> Desk:
    """The client with all of its 140 contacts."""
    casting.synced(desk.client, desk.sandbox, by=desk.connection.connected_by, only=("contacts",))
    return desk
