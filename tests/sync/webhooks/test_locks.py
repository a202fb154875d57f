"""An event that comes in and a worker that subscribes write the same rows; neither waits for the other for ever."""

import threading
from functools import partial

import pytest
from django.db import connection as database
from django.utils import timezone

from lexweb.sync import lease, services
from lexweb.sync.models import Event, Hook, State
from tests.sync.webhooks.conftest import Messenger

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(database.vendor == "sqlite", reason="one writer at a time: nobody locks rows")
def test_an_event_and_a_step_about_the_hook_at_the_same_moment(
    messenger: Messenger, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    State.objects.update(due_at=timezone.now())
    state = lease.take(hook.connection_id)
    assert state is not None
    told, stepping, statuses = threading.Event(), threading.Event(), []

    real = services.wake

    def waking(connection_id: int) -> None:
        told.set()  # whatever comes before is written
        stepping.wait(5)
        real(connection_id)

    monkeypatch.setattr(services, "wake", waking)

    def bring() -> None:
        try:
            statuses.append(messenger.bring(messenger.event()))
        finally:
            database.close()

    thread = threading.Thread(target=partial(bring))
    thread.start()
    told.wait(5)
    with lease.storing(state):
        stepping.set()
        thread.join(0.5)  # it waits for the row of the state, which is locked here
        Hook.objects.filter(pk=hook.pk).update(checked_at=timezone.now())
    thread.join(10)

    assert statuses == [204]
    assert Event.objects.count() == 1
    assert Hook.objects.get().last_event_at is not None
    assert Hook.objects.get().checked_at is not None
