"""Many mixed writes under faults; SOAK=5000 says how many."""

import os

import pytest

from lexweb.outbox import sending
from tests import cast as casting
from tests.contacts.desk import Desk
from tests.outbox import soak
from tests.outbox.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = int(os.environ.get("SOAK", "200"))


def test_every_wish_is_carried_out_exactly_once(desk: Desk, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    by = desk.connection.connected_by
    casting.synced(desk.client, desk.sandbox, by=by, only=("contacts",))
    wishes = soak.fill(desk.connection, COUNT, by=by)
    soak.misbehave(desk.sandbox, 0.01 if COUNT >= 1000 else 0.05)

    worker.run_to_the_end(most=COUNT * 10)

    desk.sandbox.clear_faults()
    assert soak.check(wishes, desk.api) == []
    assert sending.next_step(desk.connection) is None
