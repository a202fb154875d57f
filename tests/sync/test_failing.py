"""What goes wrong ends in a code, in a date for the next try, and never in a lost contact."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.clients.troubles import Trouble
from lexweb.contacts.models import Contact
from lexweb.sync import engine, lease
from lexweb.sync.resources import FIRST
from tests.sync.office import Office, make_due, mirrored, reading, run, state_of

pytestmark = pytest.mark.django_db
SOON, LATER = (timedelta(seconds=10), timedelta(seconds=20)), (timedelta(hours=4), timedelta(hours=8))


def _due_in(connection: Connection) -> timedelta:
    state = state_of(connection)
    assert state.due_at is not None
    assert state.error_at is not None
    return state.due_at - state.error_at


@pytest.mark.parametrize(
    ("kind", "code", "window"),
    [
        ("503", "unavailable", SOON),
        ("502", "unavailable", SOON),
        ("500", "unavailable", SOON),
        ("reset", "unavailable", SOON),
        ("timeout", "unavailable", SOON),
        ("429", "rate_limited", SOON),
        ("garbage", "unexpected", LATER),
        ("empty", "unexpected", LATER),
        ("revoked", "reconnect", LATER),
    ],
)
def test_a_failure_is_noted_and_tried_again_at_its_time(
    connection: Connection, office: Office, impatient: None, kind: str, code: str, window: tuple[timedelta, timedelta]
) -> None:
    office.sandbox.fault(kind, path="/v1/contacts", count=None, seconds=0.02)

    assert not run(connection)

    state = state_of(connection)
    assert (state.error, state.attempts, state.lease_owner, state.lease_until) == (code, 1, "", None)
    assert state.error_at is not None
    assert window[0] < _due_in(connection) < window[1]


def test_passing_troubles_are_retried_ever_more_rarely(connection: Connection, office: Office, impatient: None) -> None:
    office.sandbox.fault("503", path="/v1/contacts", count=None)
    waits = []
    for _ in range(12):
        make_due(connection)
        run(connection)
        waits.append(_due_in(connection).total_seconds())

    assert state_of(connection).attempts == 12
    assert all(0.75 < wait / min(15 * 2**n, 3600) < 1.25 for n, wait in enumerate(waits)), waits


def test_a_success_forgets_the_failures(connection: Connection, office: Office, impatient: None) -> None:
    office.sandbox.fault("503", path="/v1/contacts")
    run(connection)

    make_due(connection)
    assert run(connection)

    state = state_of(connection)
    assert (state.attempts, state.error, reading(connection).started_at) == (0, "", None)


def test_a_dead_line_is_a_passing_trouble(connection: Connection, impatient: None, settings: Any) -> None:
    settings.LEXWARE_API_URL = "http://127.0.0.1:9"

    assert not run(connection)

    assert state_of(connection).error == "unreachable"
    assert SOON[0] < _due_in(connection) < SOON[1]


@pytest.mark.off_contract
def test_a_fault_of_ours_is_retried_later_and_not_every_minute(connection: Connection, office: Office) -> None:
    first, *others = office.contacts.values()
    office.keep([first | {"version": -1}, *others])  # no row can hold it

    assert not run(connection)

    state = state_of(connection)
    assert (state.error, state.attempts, state.lease_owner) == ("unexpected", 1, "")
    assert SOON[0] < _due_in(connection) < SOON[1]
    assert not Contact.objects.exists()


def test_a_change_that_is_refused_keeps_nothing_else_waiting_for_long(connection: Connection) -> None:
    state = lease.take(connection.pk)
    assert state is not None

    engine.fail(state, Trouble("forbidden", connection))

    assert SOON[0] < _due_in(connection) < SOON[1]
    assert state_of(connection).error == "forbidden"


@pytest.mark.parametrize(("kind", "code"), [("plan_402", "plan"), ("forbidden_403", "forbidden")])
def test_a_list_that_is_refused_keeps_no_other_from_its_turn(
    connection: Connection, office: Office, kind: str, code: str
) -> None:
    office.sandbox.fault(kind, path="/v1/contacts", count=None)
    make_due(connection, *FIRST)

    assert run(connection)

    assert (reading(connection).trouble, reading(connection).finished_at) == (code, None)
    assert reading(connection).due_at > timezone.now() + timedelta(hours=23)
    assert reading(connection, "vouchers").finished_at is not None
    assert state_of(connection).listed_at is not None, "what may be read is here"
    office.sandbox.clear_faults()
    make_due(connection)
    assert run(connection)
    assert reading(connection).trouble == ""
    assert mirrored(connection) == office.contacts


def test_an_ended_access_asks_for_a_person_and_keeps_the_contacts(connection: Connection, office: Office) -> None:
    run(connection)
    before = mirrored(connection)
    office.sandbox.fault("revoked", path="/v1/contacts")

    make_due(connection)
    run(connection)

    connection.refresh_from_db()
    assert connection.state == Connection.State.RECONNECT
    assert mirrored(connection) == before
    make_due(connection)
    assert list(lease.due()) == []
    assert not run(connection)
