"""New contacts through the outbox: each of them once."""

from typing import Any

import pytest

from lexweb.activity.models import Entry
from lexweb.contacts.models import Contact, Submission
from tests.contacts.desk import Desk
from tests.outbox import worker as working
from tests.outbox.worker import Worker, create, only

pytestmark = pytest.mark.django_db(transaction=True)
AHRENS: dict[str, Any] = {"customer": True, "company_name": "Ahrens Import", "note": "aus der Liste"}


@pytest.mark.parametrize("kind", ["", "504_after", "reset", "garbage", "empty"])
def test_created_once_whatever_becomes_of_the_answer(desk: Desk, worker: Worker, kind: str) -> None:
    create(desk.connection, [AHRENS], by=desk.connection.connected_by)
    if kind:
        desk.sandbox.fault(kind, method="POST")

    worker.run_to_the_end()

    assert only().state == "done"
    assert len(desk.named("Ahrens Import")) == 1
    assert len(desk.sent("POST")) == 1
    contact = Contact.objects.get()
    assert contact.raw == desk.named("Ahrens Import")[0]
    assert Entry.objects.filter(target=contact.target, kind="contact.created").count() == 1
    assert Submission.objects.get().contact == contact


def test_not_created_is_looked_for_until_it_is_sure_and_then_sent_again(desk: Desk, worker: Worker) -> None:
    create(desk.connection, [AHRENS], by=desk.connection.connected_by)
    desk.sandbox.fault("504", method="POST")
    worker.step()
    assert only().state == "uncertain"

    working.hurry(desk.connection)
    worker.step()
    assert only().state == "uncertain"  # it may still come into being
    working.long_ago(only())
    worker.run_to_the_end()

    assert only().state == "done"
    assert len(desk.named("Ahrens Import")) == 1
    assert len(desk.sent("POST")) == 2


def test_refused_values_are_named_and_two_that_are_equal_make_two(desk: Desk, worker: Worker) -> None:
    bad = AHRENS | {"company_name": "Ahrens", "billing_city": "Kiel", "billing_country": "XX"}
    batch = create(desk.connection, [bad, AHRENS, AHRENS], by=desk.connection.connected_by)

    worker.run_to_the_end()

    states = dict(batch.items.values_list("number", "state"))
    assert states == {0: "refused", 1: "done", 2: "done"}
    refused = batch.items.get(number=0)
    assert refused.reason == "rejected"
    assert refused.issues
    assert len(desk.named("Ahrens Import")) == 2
