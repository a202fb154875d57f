"""Real workers on a real database, killed in the middle: nothing is lost, and hardly anything is done twice."""

from pathlib import Path

import pytest
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.sandbox.server import RunningSandbox
from tests.sync import processes
from tests.sync.office import LARGE, Office, mirrored, state_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("workers")]
WORKER = ("manage.py", "run_huey", "--workers", "2", "--quiet")


@pytest.fixture
def office(lexware: RunningSandbox) -> Office:
    """1,500 contacts on six pages, each of which takes a moment."""
    lexware.fault("slow", path="/v1/contacts", count=None, seconds=0.2)
    office = Office(lexware, LARGE)
    office.keep(list(office.contacts.values())[:1500])
    return office


def _finished(connection: Connection) -> bool:
    return state_of(connection).finished_at is not None


def test_a_worker_that_starts_picks_up_what_is_due(connection: Connection, office: Office, tmp_path: Path) -> None:
    with processes.running(*WORKER, sandbox=office.sandbox, var=tmp_path):
        processes.until(lambda: _finished(connection))

    assert mirrored(connection) == office.contacts
    assert office.pages_asked() == list(range(6))


def test_killed_in_the_middle_another_worker_goes_on(connection: Connection, office: Office, tmp_path: Path) -> None:
    with processes.running(*WORKER, sandbox=office.sandbox, var=tmp_path) as first:
        processes.until(lambda: state_of(connection).pages_done >= 2)
        processes.kill(first)
    stopped = state_of(connection)
    assert stopped.lease_owner, "it had no time to give the lease back"
    processes.until(lambda: timezone.now() > stopped.lease_until)

    with processes.running(*WORKER, sandbox=office.sandbox, var=tmp_path):
        processes.until(lambda: _finished(connection))

    pages = office.pages_asked()
    assert mirrored(connection) == office.contacts
    assert set(pages) == set(range(6))
    assert len(pages) <= 7, pages
    assert state_of(connection).pages_done == 7


def test_stopped_in_the_middle_the_next_worker_goes_on_at_once(
    connection: Connection, office: Office, tmp_path: Path
) -> None:
    with processes.running(*WORKER, sandbox=office.sandbox, var=tmp_path) as first:
        processes.until(lambda: state_of(connection).pages_done >= 2)
        first.terminate()  # as systemd and Ctrl-C in the demo do it
        first.wait(10)
    assert not state_of(connection).lease_owner, "it gave the lease back"
    assert state_of(connection).is_running

    with processes.running(*WORKER, sandbox=office.sandbox, var=tmp_path):
        processes.until(lambda: _finished(connection))

    assert mirrored(connection) == office.contacts
    assert len(office.pages_asked()) <= 7


def test_two_workers_share_the_work_without_doing_it_twice(
    connection: Connection, office: Office, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with (
        processes.running(*WORKER, sandbox=office.sandbox, var=tmp_path),
        processes.running(*WORKER, sandbox=office.sandbox, var=other),
    ):
        processes.until(lambda: _finished(connection))

    assert office.pages_asked() == list(range(6))
    assert mirrored(connection) == office.contacts
