"""Workers that die in the middle, and workers that meet: nothing is lost, nothing doubled."""

import pytest
from django.db import connections

from lexweb.clients import gateway
from lexweb.contacts.wishes import Wish
from lexweb.lexware.api.contacts import ContactsEndpoint
from lexweb.outbox import claims, sending
from lexweb.outbox.models import Item
from tests.clients.threads import at_once
from tests.contacts.desk import Desk
from tests.outbox import worker as working
from tests.outbox.killing import Killed, kill
from tests.outbox.worker import Worker, only, put

pytestmark = pytest.mark.django_db(transaction=True)
MORE = Wish("append_note", "Zeile")


@pytest.mark.parametrize(
    ("owner", "name", "after"),
    [
        (claims, "take", False),
        (claims, "take", True),
        (claims, "note", True),
        (ContactsEndpoint, "update", False),
        (ContactsEndpoint, "update", True),
        (claims, "finish", False),
        (claims, "finish", True),
    ],
)
def test_killed_at_any_moment_it_is_carried_out_once(
    desk: Desk, worker: Worker, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, after: bool
) -> None:
    contact = desk.add(note="alt")
    put(desk.connection, [contact], MORE, by=desk.connection.connected_by)
    kill(monkeypatch, owner, name, after=after)

    with pytest.raises(Killed):
        worker.step()
    assert only().state in {"waiting", "sending"}
    worker.run_to_the_end()

    assert only().state == "done"
    assert desk.stored(contact.lexware_id)["note"] == "alt\nZeile"


def test_what_another_one_is_sending_is_left_to_it_until_it_is_dead(desk: Desk, worker: Worker) -> None:
    contact = desk.add(note="alt")
    put(desk.connection, [contact], MORE, by=desk.connection.connected_by)
    claims.take(only(), Item.State.SENDING)

    assert sending.next_step(desk.connection) is None
    working.hurry(desk.connection)
    worker.run()

    assert only().state == "done"


def test_two_workers_send_an_item_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "WORKER_PATIENCE", 20.0)  # they wait for each other's slots
    contacts = [desk.add(note="alt") for _ in range(6)]
    put(desk.connection, contacts, MORE, by=desk.connection.connected_by)
    desk.forget_requests()

    def work(_number: int) -> int:
        try:
            return Worker(desk.connection).run()
        finally:
            connections.close_all()

    results = at_once(work, workers=3)

    assert all(isinstance(result, int) for result in results), results
    assert set(Item.objects.values_list("state", "reason")) == {("done", "")}
    assert [desk.stored(contact.lexware_id)["note"] for contact in contacts] == ["alt\nZeile"] * 6
    assert len(desk.sent("PUT")) == 6
    assert set(Item.objects.values_list("state", flat=True)) == {"done"}


def test_who_lost_the_item_stores_nothing(desk: Desk, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    contact = desk.add(note="alt")
    put(desk.connection, [contact], MORE, by=desk.connection.connected_by)
    update = ContactsEndpoint.update

    def slow(*args: object, **kwargs: object) -> object:
        result = update(*args, **kwargs)  # type: ignore[arg-type]
        monkeypatch.setattr(ContactsEndpoint, "update", update)
        working.hurry(desk.connection)
        Worker(desk.connection).run()  # somebody else takes it for dead, and looks it up
        return result

    monkeypatch.setattr(ContactsEndpoint, "update", slow)
    worker.step()

    assert only().state == "done"
    assert desk.stored(contact.lexware_id)["note"] == "alt\nZeile"
    assert len(desk.sent("PUT")) == 1
