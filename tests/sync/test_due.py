"""What runs and what does not: not due, not connected, too large, another organization."""

from datetime import timedelta
from typing import Any

import pytest
import structlog
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.contacts import mirror
from lexweb.contacts.models import Contact
from lexweb.sync import lease, services, tasks
from lexweb.sync.models import Pass, State
from tests.cast import Cast
from tests.sync.office import Office, make_due, reading, run

pytestmark = pytest.mark.django_db
SOON, LATER = (timedelta(seconds=10), timedelta(seconds=20)), (timedelta(hours=4), timedelta(hours=8))


def test_what_is_not_due_or_not_connected_does_not_run(connection: Connection, office: Office) -> None:
    State.objects.update(due_at=timezone.now() + timedelta(minutes=1))
    assert not run(connection)
    State.objects.update(due_at=None)
    assert not run(connection)
    make_due(connection)
    Connection.objects.update(state=Connection.State.DISCONNECTED)
    assert not run(connection)

    assert office.pages_asked() == []


def test_more_than_10000_contacts_are_told_and_none_is_taken_for_deleted(
    connection: Connection, office: Office
) -> None:
    one = {"version": 1, "roles": {"vendor": {}}, "company": {"name": "Ahrens"}, "archived": False}
    office.keep([one | {"id": f"05ad0000-0000-4000-8000-{n:012}"} for n in range(10_001)])
    hidden = one | {"id": "05ad0000-0000-4000-8000-000000010001"}
    mirror.store(connection, hidden, asked_at=timezone.now() - timedelta(days=1))

    assert run(connection)

    assert reading(connection).incomplete
    assert Contact.objects.count() == 10_001
    assert not any("/v1/contacts/" in path for path in office.asked())


def test_another_organization_starts_from_nothing(connection: Connection, office: Office, cast: Cast) -> None:
    run(connection)

    services.start_over(connection)

    assert not Contact.objects.exists()
    assert not State.objects.exists()


def test_a_run_under_way_stores_nothing_of_the_former_organization(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = mirror.store_page

    def late(*args: Any, **named: Any) -> None:
        services.start_over(connection)
        former(*args, **named)

    monkeypatch.setattr(mirror, "store_page", late)

    assert not run(connection)

    assert not Contact.objects.exists()


def test_starting_over_forgets_the_state_first(connection: Connection, office: Office) -> None:
    run(connection)

    with CaptureQueriesContext(database) as queries:
        services.start_over(connection)

    deleted = [q["sql"].split()[2] for q in queries if q["sql"].startswith("DELETE")]
    assert deleted.index('"sync_state"') < deleted.index('"contacts_contact"')


def test_a_queue_that_is_down_harms_nothing(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def down() -> int:
        raise ConnectionError("redis://secret@queue is down")

    monkeypatch.setattr(tasks.HUEY, "pending_count", down)

    tasks.nudge(connection.pk)

    assert "sync.nudge_lost" in caplog.text
    assert "ConnectionError" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_task_says_nothing_of_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.periodic, "CHORES", ())
    structlog.contextvars.bind_contextvars(client=7)

    tasks.do_chores.call_local()

    assert structlog.contextvars.get_contextvars() == {}


def test_what_is_due_and_free_is_found_without_a_nudge(connection: Connection) -> None:
    assert list(lease.due().values_list("connection_id", flat=True)) == [connection.pk]

    lease.take(connection.pk)
    assert list(lease.due()) == []

    State.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert list(lease.due().values_list("connection_id", flat=True)) == [connection.pk]


def test_what_came_in_while_the_last_thing_was_done_keeps_the_lease(connection: Connection) -> None:
    state = lease.take(connection.pk)
    assert state is not None
    services.wake(connection.pk)

    assert not lease.rest(state, timezone.now() + timedelta(hours=1))

    state = lease.look(state)
    assert lease.rest(state, timezone.now() + timedelta(hours=1))
    assert State.objects.get().lease_owner == ""
    assert list(lease.due()) == []


def test_waking_for_later_moves_nothing_that_is_due_before(connection: Connection) -> None:
    soon, later = timezone.now() + timedelta(minutes=1), timezone.now() + timedelta(hours=1)
    State.objects.update(due_at=soon)

    services.wake(connection.pk, at=later)
    assert State.objects.get().due_at == soon

    services.wake(connection.pk)
    assert State.objects.get().due_at <= timezone.now()


def test_paused_only_what_is_urgent_goes_on(connection: Connection, office: Office, cast: Cast) -> None:
    services.pause(connection, by=cast.klaus)
    assert run(connection)
    assert office.pages_asked() == []

    services.resume(connection, by=cast.klaus)
    assert run(connection)
    assert office.pages_asked() == [0]


def test_a_list_made_due_while_it_is_read_is_read_once_more(connection: Connection, office: Office) -> None:
    assert run(connection)
    make_due(connection, "contacts")
    Pass.objects.filter(resource="contacts").update(
        started_at=timezone.now() - timedelta(minutes=1), cursor={"page": 0}
    )
    make_due(connection, "contacts")
    office.sandbox.state.journal.clear()

    assert run(connection)

    assert office.pages_asked() == [0, 0]
