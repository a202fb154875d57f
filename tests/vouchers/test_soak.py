"""Many edits of receipts under faults; SOAK=2000 says how many."""

import os

import pytest

from lexweb.clients import gateway
from lexweb.outbox import sending
from tests.outbox.worker import Worker
from tests.vouchers import soak
from tests.vouchers.receipts import Receipts

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = int(os.environ.get("SOAK", "60"))


def test_every_image_is_still_there_in_the_end(receipts: Receipts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "WORKER_PATIENCE", 0.0)
    monkeypatch.setattr(gateway, "PERSON_PATIENCE", 0.0)
    soaking = soak.Soak(receipts, Worker(receipts.connection), COUNT)
    soak.misbehave(receipts, 0.03)

    soaking.run()

    receipts.sandbox.clear_faults()
    assert [*soaking.wrong()] == []
    assert soaking.met["conflict"] >= COUNT // 20  # there was something to survive
    assert sending.next_step(receipts.connection) is None
