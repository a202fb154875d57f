"""A run that was broken off near its end, and the lease while contacts are looked for."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.contacts.models import Contact
from lexweb.sync.models import Pass
from tests.sync.office import Office, make_due, mirrored, reading, run, run_and_close, state_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(slow_office: Office) -> Office:
    """Here all is about the slow one."""
    return slow_office


def test_killed_after_the_last_page_nothing_behind_it_is_asked_for(connection: Connection, office: Office) -> None:
    assert run(connection)
    make_due(connection, "contacts")
    now = timezone.now()
    Pass.objects.filter(resource="contacts").update(
        cursor={"unseen": now.isoformat()}, started_at=now, pages_done=10, pages_total=10
    )
    Contact.objects.update(seen_at=now)
    office.sandbox.state.journal.clear()

    assert run(connection)

    assert office.pages_asked() == []
    assert reading(connection).finished_at > now


def test_killed_among_the_countries_the_contacts_are_not_asked_for_again(
    connection: Connection, office: Office
) -> None:
    assert run(connection)
    make_due(connection, "countries")
    office.sandbox.state.journal.clear()

    assert run(connection)

    assert office.asked() == ["/v1/countries"]


def test_the_lease_is_renewed_with_each_contact_that_is_looked_for(connection: Connection, office: Office) -> None:
    office.keep(list(office.contacts.values())[:20])
    assert run(connection)
    office.keep(list(office.contacts.values())[5:])
    office.sandbox.fault("slow", path="/v1/contacts/*", count=None, seconds=0.1)
    make_due(connection)
    seen = set()

    with ThreadPoolExecutor(1) as worker:
        under_way = worker.submit(run_and_close, connection)
        while not under_way.done():
            seen.add(state_of(connection).lease_until if office.lookups() else None)
            time.sleep(0.01)

    assert under_way.result()
    assert len(seen - {None}) >= 5
    assert len(mirrored(connection)) == 15
