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
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync import engine, lease, services, tasks
from lexweb.sync.models import State
from tests.cast import Cast
from tests.sync.office import Office, make_due, state_of

pytestmark = pytest.mark.django_db
SOON, LATER = (timedelta(seconds=10), timedelta(seconds=20)), (timedelta(hours=4), timedelta(hours=8))


def test_what_is_not_due_or_not_connected_does_not_run(connection: Connection, office: Office) -> None:
    State.objects.update(due_at=timezone.now() + timedelta(minutes=1))
    assert not engine.run(connection.pk)
    State.objects.update(due_at=None)
    assert not engine.run(connection.pk)
    make_due(connection)
    Connection.objects.update(state=Connection.State.DISCONNECTED)
    assert not engine.run(connection.pk)

    assert office.pages_asked() == []


def test_more_than_10000_contacts_are_told_and_none_is_taken_for_deleted(
    connection: Connection, office: Office
) -> None:
    one = {"version": 1, "roles": {"vendor": {}}, "company": {"name": "Ahrens"}, "archived": False}
    office.keep([one | {"id": f"05ad0000-0000-4000-8000-{n:012}"} for n in range(10_001)])
    hidden = one | {"id": "05ad0000-0000-4000-8000-000000010001"}
    mirror.store(connection, hidden, seen_at=timezone.now() - timedelta(days=1))

    assert engine.run(connection.pk)

    assert state_of(connection).incomplete
    assert Contact.objects.count() == 10_001
    assert not any("/v1/contacts/" in path for path in office.asked())


def test_another_organization_starts_from_nothing(connection: Connection, office: Office, cast: Cast) -> None:
    engine.run(connection.pk)

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

    assert not engine.run(connection.pk)

    assert not Contact.objects.exists()


def test_starting_over_forgets_the_state_first(connection: Connection, office: Office) -> None:
    engine.run(connection.pk)

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


@pytest.mark.parametrize("task", [tasks.reconcile, tasks.revoke_loose_grants])
def test_a_task_says_nothing_of_the_one_before(db: None, task: Any) -> None:
    structlog.contextvars.bind_contextvars(client=7)

    task.call_local()

    assert structlog.contextvars.get_contextvars() == {}


def test_the_reconciler_nudges_what_is_due_and_free(connection: Connection, lexware: RunningSandbox) -> None:
    queue = tasks.sync.huey
    queue.flush()

    tasks.reconcile.call_local()
    assert [task.args for task in queue.pending()] == [(connection.pk,)]

    queue.flush()
    lease.take(connection.pk)
    tasks.reconcile.call_local()
    assert queue.pending() == []

    State.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    tasks.pick_up()
    assert [task.args for task in queue.pending()] == [(connection.pk,)]
    queue.flush()
