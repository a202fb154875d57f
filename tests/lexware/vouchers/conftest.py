"""An office over the sandbox with all its receipts; naps move the sandbox's clock instead of taking time."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import Image

from lexweb.lexware.acts import Waiting
from lexweb.lexware.office import ApiKey, NoPace, Office, Timeouts
from lexweb.lexware.transfers import Upload
from lexweb.sandbox import server

PATIENT = Timeouts(connect=20, read=20, write=20, pool=20, total=30)  # the first list is seeded while we wait


@pytest.fixture(scope="session")
def running_books() -> Iterator[server.RunningSandbox]:
    # Text recognition waits for a nap: within two seconds it could come before what is tested.
    with server.serve_in_thread(rate=1_000_000, burst=1_000_000, recognition=30.0) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running_books: server.RunningSandbox) -> server.RunningSandbox:
    running_books.reset()
    running_books.clear_faults()
    return running_books


@pytest.fixture
def organization(sandbox: server.RunningSandbox) -> dict[str, Any]:
    return sandbox.organizations()[0]


@pytest.fixture
def nap(sandbox: server.RunningSandbox) -> Callable[[float], None]:
    return sandbox.state.clock.advance


@pytest.fixture
def books(
    sandbox: server.RunningSandbox, organization: dict[str, Any], nap: Callable[[float], None]
) -> Iterator[Office]:
    key = ApiKey(organization["apiKey"])
    with Office(sandbox.url, credentials=key, pace=NoPace(), timeout=PATIENT, sleep=nap) as office:
        yield office


@pytest.fixture
def waiting(sandbox: server.RunningSandbox, nap: Callable[[float], None]) -> Waiting:
    return Waiting(sleep=nap, now=lambda: datetime.fromtimestamp(sandbox.state.clock.now(), UTC))


def picture(shade: int = 200, name: str = "beleg.png") -> Upload:
    """A receipt as a photograph; another shade is another content."""
    target = io.BytesIO()
    Image.new("RGB", (40, 60), (shade, shade, shade)).save(target, "PNG")
    return Upload(name, "image/png", lambda: io.BytesIO(target.getvalue()))
