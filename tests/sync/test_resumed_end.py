"""A run that was broken off near its end, and the lease while contacts are looked for."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.sync import engine
from lexweb.sync.models import State
from tests.sync.office import Office, make_due, mirrored, run_and_close, state_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(slow_office: Office) -> Office:
    """Here all is about the slow one."""
    return slow_office


def test_killed_after_the_last_page_nothing_behind_it_is_asked_for(connection: Connection, office: Office) -> None:
    assert engine.run(connection.pk)
    State.objects.update(
        cursor={"resource": "contacts", "page": 10, "pages": 10},
        started_at=timezone.now(),
        pages_done=10,
        pages_total=11,
    )
    make_due(connection)
    office.sandbox.state.journal.clear()

    assert engine.run(connection.pk)

    assert office.pages_asked() == []
    assert state_of(connection).pages_done == 11


def test_killed_among_the_countries_the_contacts_are_not_asked_for_again(
    connection: Connection, office: Office
) -> None:
    assert engine.run(connection.pk)
    cursor = {"resource": "countries", "page": 0, "pages": 1}
    State.objects.update(cursor=cursor, started_at=timezone.now(), pages_done=10, pages_total=11)
    make_due(connection)
    office.sandbox.state.journal.clear()

    assert engine.run(connection.pk)

    assert office.asked() == ["/v1/countries"]
    assert (state_of(connection).pages_done, state_of(connection).pages_total) == (11, 11)


def test_the_lease_is_renewed_with_each_contact_that_is_looked_for(connection: Connection, office: Office) -> None:
    office.keep(list(office.contacts.values())[:20])
    assert engine.run(connection.pk)
    office.keep(list(office.contacts.values())[5:])
    office.sandbox.fault("slow", path="/v1/contacts/*", count=None, seconds=0.1)
    make_due(connection)
    seen = set()

    with ThreadPoolExecutor(1) as worker:
        run = worker.submit(run_and_close, connection)
        while not run.done():
            seen.add(state_of(connection).lease_until if office.lookups() else None)
            time.sleep(0.01)

    assert run.result()
    assert len(seen - {None}) >= 5
    assert len(mirrored(connection)) == 15
