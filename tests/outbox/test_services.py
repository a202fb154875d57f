"""What people do with the outbox: put in, take back, try again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from lexweb.clients import signals
from lexweb.contacts.wishes import Wish
from lexweb.outbox import selectors, services
from lexweb.outbox.models import Batch, Item
from tests.contacts.desk import Desk
from tests.outbox import worker as working
from tests.outbox.worker import Worker, only, put

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = Wish("set_note", "Neu")


def test_taken_back_in_time_nothing_is_sent(desk: Desk, worker: Worker) -> None:
    contacts = [desk.add(note="alt"), desk.add(note="alt")]
    batch = put(desk.connection, contacts, NOTE, by=desk.connection.connected_by, hold=services.HOLD)

    undone = services.undo([batch], by=desk.connection.connected_by)
    working.hurry(desk.connection)
    worker.run()

    assert (undone.cancelled, undone.sent) == (2, 0)
    assert [desk.stored(contact.lexware_id)["note"] for contact in contacts] == ["alt", "alt"]
    assert set(batch.items.values_list("state", flat=True)) == {"cancelled"}


def test_taken_back_late_it_says_how_many_were_sent(desk: Desk, worker: Worker) -> None:
    contacts = [desk.add(note="alt"), desk.add(note="alt"), desk.add(note="alt")]
    batch = put(desk.connection, contacts, NOTE, by=desk.connection.connected_by)
    worker.step()

    undone = services.undo([batch], by=desk.connection.connected_by)
    worker.run()

    assert (undone.cancelled, undone.sent) == (2, 1)
    assert sorted(desk.stored(contact.lexware_id)["note"] for contact in contacts) == ["Neu", "alt", "alt"]


def test_what_was_taken_back_between_choosing_and_sending_is_not_sent(desk: Desk, worker: Worker) -> None:
    batch = put(desk.connection, [desk.add(note="alt")], NOTE, by=desk.connection.connected_by)
    desk.forget_requests()
    step = working.sending.next_step(desk.connection)
    assert step is not None
    services.undo([batch], by=desk.connection.connected_by)

    with working.gateway.open_office(desk.connection, background=True) as office:
        step(office, working.storing)

    assert only().state == "cancelled"
    assert desk.sandbox.requests() == []


def test_the_same_batch_twice_is_one(desk: Desk) -> None:
    contact, number = desk.add(), uuid4()

    for _ in range(2):
        put(desk.connection, [contact], NOTE, by=desk.connection.connected_by, batch_id=number)

    assert Item.objects.count() == 1


def test_a_worker_is_told_when_the_hold_ends(desk: Desk) -> None:
    told = []

    def listen(sender: object, **facts: object) -> None:
        told.append(facts)

    signals.work_came.connect(listen)
    try:
        put(desk.connection, [desk.add()], NOTE, by=desk.connection.connected_by, hold=services.HOLD)
    finally:
        signals.work_came.disconnect(listen)

    assert [(fact["connection_id"], fact["at"]) for fact in told] == [(desk.connection.pk, only().due_at)]


def test_a_refused_item_can_be_sent_again_or_put_aside(desk: Desk, worker: Worker) -> None:
    contacts = [desk.add(), desk.add()]
    batch = put(desk.connection, contacts, NOTE, by=desk.connection.connected_by)
    desk.sandbox.fault("foreign_edit", method="PUT", count=None, changes={"note": "von dort"})
    worker.run()
    assert selectors.counts([batch])[batch.pk].refused == 2
    desk.sandbox.clear_faults()
    first, second = batch.items.order_by("number")

    services.cancel(second)
    assert services.retry_refused([batch], by=desk.connection.connected_by) == 1
    worker.run()

    first.refresh_from_db()
    assert first.state == "done"
    assert desk.stored(contacts[0].lexware_id)["note"] == "Neu"
    with pytest.raises(services.TooLate):
        services.cancel(first)
    with pytest.raises(services.TooLate):
        services.retry(first, by=desk.connection.connected_by)


def test_another_organization_gets_nothing_that_was_not_meant_for_it(desk: Desk, worker: Worker) -> None:
    put(desk.connection, [desk.add(note="alt")], NOTE, by=desk.connection.connected_by)

    signals.emptied.send(type(desk.connection), connection=desk.connection)

    assert not worker.step()
    assert (only().state, only().reason) == ("cancelled", "moved")


def test_old_items_are_forgotten_and_open_ones_never(desk: Desk, worker: Worker) -> None:
    by = desk.connection.connected_by
    done = put(desk.connection, [desk.add()], NOTE, by=by)
    worker.run()
    waiting = put(desk.connection, [desk.add()], NOTE, by=by)
    Batch.objects.update(created_at=timezone.now() - timedelta(days=31))

    assert services.forget_old() == 0
    assert services.forget_old(timezone.now() + timedelta(days=31)) == 1

    assert not Batch.objects.filter(pk=done.pk).exists()
    assert waiting.items.get().state == "waiting"
