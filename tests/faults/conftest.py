"""Two fleets: one machine on SQLite, and several on PostgreSQL and Redis; each test gets a whole one."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests import postgres
from tests.faults import fleet as fleets
from tests.faults.books import Shelf
from tests.faults.fleet import UNLIMITED, Fleet, Redis

SOAK = bool(os.environ.get("SOAK"))  # the full sizes of the issue, for `make soak`; a number: of writes
MANY = (*UNLIMITED, "--copies", "112")  # eight accounts of each business


@dataclass
class Installation:
    """A fleet on servers of its own."""

    fleet: Fleet
    server: postgres.Server
    redis: Redis


@pytest.fixture(scope="module")
def one_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Fleet, Shelf]]:
    """A web process and a worker on SQLite."""
    with fleets.on_sqlite(tmp_path_factory.mktemp("machine"), limits=MANY) as fleet:
        yield fleet, Shelf(fleet)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Shelf]]:
    """Two web processes and two workers on PostgreSQL and Redis."""
    if reason := fleets.missing():
        pytest.fail(reason) if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip(reason)
    home = tmp_path_factory.mktemp("servers")
    with fleets.on_servers(home, webs=2, workers=2, limits=MANY) as (fleet, server, redis):
        yield Installation(fleet, server, redis), Shelf(fleet)


@pytest.fixture
def expected() -> list[str]:
    """Words of the errors that a test means to cause; all others fail it."""
    return []


@pytest.fixture
def machine(one_machine: tuple[Fleet, Shelf], expected: list[str]) -> Iterator[Fleet]:
    """One machine on which everything runs."""
    fleet, shelf = one_machine
    yield from _whole(fleet, shelf, expected)


@pytest.fixture
def servers(several: tuple[Installation, Shelf], expected: list[str]) -> Iterator[Installation]:
    """Several machines on which everything runs."""
    installation, shelf = several
    for _ in _whole(installation.fleet, shelf, expected):
        yield installation


@pytest.fixture
def shelf(request: pytest.FixtureRequest) -> Shelf:
    """The accounts of the fleet that the test uses."""
    name = "one_machine" if "machine" in request.fixturenames else "several"
    shelf: Shelf = request.getfixturevalue(name)[1]
    return shelf


def _whole(fleet: Fleet, shelf: Shelf, expected: list[str]) -> Iterator[Fleet]:
    before = fleet.logs()
    yield fleet
    fleet.mend()
    for _ in shelf.end():
        pass
    complaints = fleet.complaints(before, expected=expected)
    assert not complaints, "\n\n".join([f"{len(complaints)} complaints", *complaints[:3]])
