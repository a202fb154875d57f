"""One sandbox per test process, fresh for every test."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from lexweb.sandbox import server
from tests.sandbox import partner


@pytest.fixture(scope="session")
def running() -> Iterator[server.RunningSandbox]:
    # Text recognition waits until a test moves the clock: in two seconds it could come before what is tested.
    with server.serve_in_thread(rate=1_000_000, burst=1_000_000, recognition=30.0) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: server.RunningSandbox) -> server.RunningSandbox:
    running.reset()
    return running


@pytest.fixture
def brandt(sandbox: server.RunningSandbox) -> dict[str, Any]:
    """The joinery: 140 contacts, every feature."""
    return sandbox.organizations()[0]


@pytest.fixture
def api(sandbox: server.RunningSandbox, brandt: dict[str, Any]) -> Iterator[httpx.Client]:
    """Calls the API with the joinery's key."""
    with partner.client(sandbox, brandt["apiKey"]) as found:
        yield found


@pytest.fixture
def http(sandbox: server.RunningSandbox) -> Iterator[httpx.Client]:
    """Calls everything that needs no token."""
    with httpx.Client(base_url=sandbox.url, timeout=partner.PATIENCE, verify=partner.TLS) as found:
        yield found
