"""A real worker on a real database that starts, and that is stopped in order; killed ones are in tests/faults."""

from pathlib import Path

import pytest
from django.db.models import QuerySet

from lexweb.clients.models import Connection
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync.models import Pass, Worker
from tests.sync import processes
from tests.sync.office import LARGE, Office, mirrored, state_of
from tests.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True)]
WORKER = ("manage.py", "run_huey", "--quiet")


@pytest.fixture
def office(lexware: RunningSandbox) -> Office:
    """1,500 contacts on six pages, each of which takes a moment."""
    lexware.fault("slow", path="/v1/contacts", count=None, seconds=0.2)
    office = Office(lexware, LARGE)
    office.keep(list(office.contacts.values())[:1500])
    return office


def _finished(connection: Connection) -> bool:
    return _contacts(connection).filter(finished_at__isnull=False).exists()


def _contacts(connection: Connection) -> QuerySet[Pass]:
    return Pass.objects.filter(state__connection=connection, resource="contacts")


def test_a_worker_that_starts_picks_up_what_is_due(connection: Connection, office: Office, tmp_path: Path) -> None:
    with processes.running(*WORKER, sandbox=office.sandbox, var=tmp_path):
        until(lambda: _finished(connection))

        assert mirrored(connection) == office.contacts
        assert office.pages_asked() == list(range(6))
        worker = Worker.objects.get()
        assert worker.stopped_at is None


def test_stopped_in_the_middle_the_next_worker_goes_on_at_once(
    connection: Connection, office: Office, tmp_path: Path
) -> None:
    office.sandbox.clear_faults()
    office.sandbox.fault("slow", path="/v1/contacts", count=2, seconds=0.2)
    office.sandbox.fault("slow", path="/v1/contacts", count=None, seconds=2)  # so that the end is far away by then
    with processes.running(*WORKER, sandbox=office.sandbox, var=tmp_path) as first:
        until(lambda: _contacts(connection).filter(pages_done__gte=2).exists())
        first.terminate()  # as systemd and Ctrl-C in the demo do it
        first.wait(60)
    office.sandbox.clear_faults()
    assert not state_of(connection).lease_owner, "it gave the lease back"
    assert Worker.objects.get().stopped_at is not None
    assert not _finished(connection)

    with processes.running(*WORKER, sandbox=office.sandbox, var=tmp_path):
        until(lambda: _finished(connection))

    assert mirrored(connection) == office.contacts
    assert len(office.pages_asked()) <= 7
