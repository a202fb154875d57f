"""One connected world per test process."""

from collections.abc import Iterator

import pytest

from lexweb.lexware import lookup
from lexweb.sandbox import server
from tests.contract import connected
from tests.contract.connected import Connected


@pytest.fixture(scope="session")
def crowded() -> Iterator[server.RunningSandbox]:
    """A sandbox that is never reset: the world keeps its records."""
    with server.serve_in_thread(rate=1_000_000, burst=1_000_000) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def _world(crowded: server.RunningSandbox) -> Iterator[Connected]:
    with connected.world(crowded) as world:
        yield world


@pytest.fixture
def world(_world: Connected, monkeypatch: pytest.MonkeyPatch) -> Connected:
    """The world, in which nobody waits."""
    _world.sandbox.clear_faults()
    _world.hurry()
    vars(_world).pop("subscription_id", None)  # it ends with its connection
    monkeypatch.setattr(lookup, "SETTLING", 0.0)
    return _world
