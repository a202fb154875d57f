"""What comes in while a step fails, or waits behind one that fails, does not wait for as long as the failure does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.clients.troubles import Trouble
from lexweb.outbox.models import Batch, Item
from lexweb.sync import engine, lease, services
from lexweb.sync.models import State
from tests.sync.office import state_of

pytestmark = pytest.mark.django_db
LONG = timedelta(minutes=45)


def _failing(connection: Connection) -> State:
    """A connection whose lists have failed many times, in a worker's hands."""
    State.objects.filter(connection=connection).update(attempts=12)
    state = lease.take(connection.pk)
    assert state is not None
    return state


def _due_in(connection: Connection) -> timedelta:
    due_at = state_of(connection).due_at
    assert due_at is not None
    return due_at - timezone.now()


def test_who_asks_while_a_step_fails_need_not_wait_for_the_long_retry(connection: Connection) -> None:
    state = _failing(connection)
    services.wake(connection.pk)

    engine.fail(state, Trouble("unavailable", connection))

    assert _due_in(connection) < timedelta(seconds=20)
    assert state_of(connection).lease_owner == ""


def test_nobody_asked_so_the_long_retry_holds(connection: Connection) -> None:
    engine.fail(_failing(connection), Trouble("unavailable", connection))

    assert _due_in(connection) > LONG


def test_a_change_that_is_held_back_goes_out_at_its_time(connection: Connection) -> None:
    batch = Batch.objects.create(id=uuid4(), connection=connection, act="contacts.change", staff_name="Klaus")
    hold = timezone.now() + timedelta(seconds=10)
    Item.objects.create(batch=batch, number=0, connection=connection, label="x", due_at=hold)

    engine.fail(_failing(connection), Trouble("unavailable", connection))

    assert state_of(connection).due_at == hold


def test_what_is_due_already_hurries_nothing(connection: Connection) -> None:
    """It was tried first, so it is what failed: to try it again at once would be a storm."""
    batch = Batch.objects.create(id=uuid4(), connection=connection, act="contacts.change", staff_name="Klaus")
    Item.objects.create(batch=batch, number=0, connection=connection, label="x", due_at=timezone.now())

    engine.fail(_failing(connection), Trouble("unavailable", connection))

    assert _due_in(connection) > LONG


def test_what_was_tried_before_hurries_nothing_either(connection: Connection) -> None:
    batch = Batch.objects.create(id=uuid4(), connection=connection, act="contacts.change", staff_name="Klaus")
    soon = timezone.now() + timedelta(seconds=20)
    Item.objects.create(batch=batch, number=0, connection=connection, label="x", due_at=soon, attempts=3)

    engine.fail(_failing(connection), Trouble("unavailable", connection))

    assert _due_in(connection) > LONG
