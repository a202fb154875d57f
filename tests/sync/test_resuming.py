"""One run at a time, and a run that was broken off goes on where it stopped."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection as database
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.contacts.models import Contact
from lexweb.sync import lease
from lexweb.sync.models import Pass, State
from tests.sync.office import Office, mirrored, reading, run, run_and_close, state_of
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(slow_office: Office) -> Office:
    """Here all is about the slow one."""
    return slow_office


def _pages(connection: Connection) -> int:
    return sum(
        Pass.objects.filter(state__connection=connection, resource="contacts").values_list("pages_done", flat=True)
    )


def test_a_broken_off_run_goes_on_at_the_next_page(connection: Connection, office: Office, impatient: None) -> None:
    office.sandbox.clear_faults()
    office.sandbox.fault("slow", path="/v1/contacts", count=4, seconds=0)
    office.sandbox.fault("503", path="/v1/contacts", count=1)  # the fifth page

    assert not run(connection)

    stopped = reading(connection)
    begun, stored = stopped.started_at, Contact.objects.count()
    asked = len(office.pages_asked())

    State.objects.update(due_at=timezone.now())
    assert run(connection)

    assert stored == stopped.pages_done * 250 == stopped.cursor["page"] * 250 == 1000
    assert office.pages_asked()[asked:] == list(range(stopped.cursor["page"], 10))
    assert mirrored(connection) == office.contacts
    assert begun is not None
    assert reading(connection).cursor == {}


def test_who_lost_the_lease_stores_nothing_more(connection: Connection, office: Office) -> None:
    office.sandbox.clear_faults()
    office.sandbox.fault("slow", path="/v1/contacts", count=3, seconds=0)
    office.sandbox.fault("slow", path="/v1/contacts", count=None, seconds=1)  # so that the end is far away by then
    with ThreadPoolExecutor(1) as worker:
        under_way = worker.submit(run_and_close, connection)
        until(lambda: _pages(connection) >= 3)
        State.objects.update(lease_owner="somebody else")
        stored = Contact.objects.count()
    state = state_of(connection)

    assert under_way.result() is False
    assert Contact.objects.count() == stored == _pages(connection) * 250 < 2500
    assert (state.lease_owner, reading(connection).finished_at, state.error) == ("somebody else", None, "")


def test_a_paused_worker_finds_its_run_taken_over(connection: Connection, office: Office) -> None:
    asleep = lease.take(connection.pk)
    assert asleep is not None
    State.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert run(connection)

    with pytest.raises(lease.Lost):
        lease.advance(asleep, attempts=1)
    lease.release(asleep, error="late")
    assert state_of(connection).error == ""
    assert mirrored(connection) == office.contacts


@pytest.mark.parametrize("attempt", range(3))
def test_of_many_workers_one_runs(connection: Connection, office: Office, attempt: int) -> None:
    office.keep(list(office.contacts.values())[:600])
    start = threading.Barrier(6)

    def compete(_: int) -> bool:
        start.wait(30)
        return run_and_close(connection)

    with ThreadPoolExecutor(6) as workers:
        results = list(workers.map(compete, range(6)))

    assert sorted(results) == [False] * 5 + [True]
    assert office.pages_asked() == [0, 1, 2]


def test_taking_the_lease_is_atomic(connection: Connection) -> None:
    start = threading.Barrier(8)

    def take(_: int) -> bool:
        start.wait(30)
        try:
            return lease.take(connection.pk) is not None
        finally:
            database.close()

    with ThreadPoolExecutor(8) as workers:
        for _ in range(10):
            State.objects.update(lease_owner="", lease_until=None)
            assert sum(workers.map(take, range(8))) == 1
