"""An item on its way: what Lexware Office may do with it, and what becomes of it then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lexweb.activity.models import Entry
from lexweb.clients.troubles import Trouble
from lexweb.contacts.models import Contact
from lexweb.contacts.wishes import Wish
from lexweb.outbox import selectors, sending, services
from lexweb.outbox.models import Item
from tests.contacts.desk import Desk
from tests.outbox import worker as working
from tests.outbox.worker import Worker, only, put

pytestmark = pytest.mark.django_db
VENDOR = Wish("vendor")
NOTE = Wish("set_note", "Neu")
MORE = Wish("append_note", "Zeile")


@pytest.fixture
def contact(desk: Desk) -> Contact:
    """A customer with a note."""
    return desk.add(note="alt")


def _put(desk: Desk, contact: Contact, wish: Wish) -> Item:
    put(desk.connection, [contact], wish, by=desk.connection.connected_by)
    desk.forget_requests()
    return only()


@pytest.mark.parametrize(
    ("wish", "note", "roles"),
    [(VENDOR, "alt", {"customer", "vendor"}), (NOTE, "Neu", {"customer"}), (MORE, "alt\nZeile", {"customer"})],
)
def test_a_wish_reaches_lexware_office_mirror_and_history(
    desk: Desk, worker: Worker, contact: Contact, wish: Wish, note: str, roles: set[str]
) -> None:
    _put(desk, contact, wish)

    assert worker.run() == 1

    there = desk.stored(contact.lexware_id)
    assert (there["note"], set(there["roles"])) == (note, roles)
    contact.refresh_from_db()
    assert contact.raw == there
    item = only()
    assert (item.state, item.due_at, item.reason) == ("done", None, "")
    assert item.finished_at is not None
    entry = Entry.objects.get(target=contact.target)
    assert (entry.kind, entry.actor_name) == ("contact.changed", "Klaus")
    assert len(desk.sent("PUT")) == 1


def test_nothing_is_sent_before_the_hold_is_over(desk: Desk, worker: Worker, contact: Contact) -> None:
    before = timezone.now()
    put(desk.connection, [contact], NOTE, by=desk.connection.connected_by, hold=services.HOLD)

    assert sending.next_step(desk.connection) is None
    next_at = selectors.next_at(desk.connection.pk)
    assert next_at is not None
    assert before + services.HOLD <= next_at <= timezone.now() + services.HOLD
    assert desk.stored(contact.lexware_id)["note"] == "alt"


def test_what_is_as_wished_already_needs_no_request(desk: Desk, worker: Worker, contact: Contact) -> None:
    _put(desk, contact, Wish("customer"))

    worker.run()

    assert only().state == "done"
    assert desk.sandbox.requests() == []
    assert not Entry.objects.filter(target=contact.target).exists()


@pytest.mark.parametrize("kind", ["504_after", "500_after", "reset", "timeout_after", "garbage", "empty"])
def test_carried_out_but_not_confirmed_is_looked_up_and_not_sent_again(
    desk: Desk, worker: Worker, contact: Contact, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(sending, "FIRST_LOOK", timedelta(minutes=1))  # two seconds may pass while a busy machine sleeps
    _put(desk, contact, MORE)
    desk.sandbox.fault(kind, method="PUT", seconds=0.05)

    worker.step()
    uncertain = only()
    assert (uncertain.state, uncertain.doubts) == ("uncertain", 1)
    assert not worker.step()  # it is given a moment
    worker.run_to_the_end()

    assert only().state == "done"
    assert desk.stored(contact.lexware_id)["note"] == "alt\nZeile"
    assert len(desk.sent("PUT")) == 1
    contact.refresh_from_db()
    assert contact.raw["note"] == "alt\nZeile"
    assert Entry.objects.filter(target=contact.target).count() == 1


@pytest.mark.parametrize("kind", ["504", "500", "502", "timeout"])
def test_not_carried_out_is_looked_up_and_then_sent_again(
    desk: Desk, worker: Worker, contact: Contact, kind: str
) -> None:
    _put(desk, contact, MORE)
    desk.sandbox.fault(kind, method="PUT", seconds=0.05)

    worker.step()
    assert only().state == "uncertain"
    working.hurry(desk.connection)
    worker.step()
    assert only().state == "waiting"
    worker.run_to_the_end()

    assert only().state == "done"
    assert desk.stored(contact.lexware_id)["note"] == "alt\nZeile"
    assert len(desk.sent("PUT")) == 2


def test_a_late_first_try_is_not_appended_twice(desk: Desk, worker: Worker, contact: Contact) -> None:
    _put(desk, contact, MORE)
    desk.sandbox.fault("504", method="PUT")
    worker.step()
    working.hurry(desk.connection)
    worker.step()
    assert only().state == "waiting"
    desk.change(contact, note="alt\nZeile")  # now it comes through, behind the gateway

    worker.run_to_the_end()

    assert only().state == "done"
    assert desk.stored(contact.lexware_id)["note"] == "alt\nZeile"
    assert Entry.objects.filter(target=contact.target).count() == 1


def test_looks_become_rarer(desk: Desk, worker: Worker, contact: Contact) -> None:
    _put(desk, contact, NOTE)
    desk.sandbox.fault("504_after", method="PUT")
    worker.step()
    waits = []
    for ago in (30, 60, 120, 4000):
        desk.sandbox.fault("503", method="GET", count=None)
        Item.objects.update(sent_at=timezone.now() - timedelta(seconds=ago))
        working.hurry(desk.connection)
        with pytest.raises(Trouble):
            worker.step()
        due_at = only().due_at
        assert due_at is not None
        waits.append((due_at - timezone.now()).total_seconds())
        desk.sandbox.clear_faults()

    assert waits == pytest.approx([30, 60, 120, 900], abs=10)  # the machine may stand still for a moment
    assert only().state == "uncertain"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("429", "rate_limited"), ("plan_402", "plan"), ("forbidden_403", "forbidden")],
)
def test_what_surely_changed_nothing_waits_and_is_sent_later(
    desk: Desk, worker: Worker, contact: Contact, kind: str, reason: str
) -> None:
    _put(desk, contact, NOTE)
    desk.sandbox.fault(kind, method="PUT", count=None)

    before = timezone.now()
    with pytest.raises(Trouble) as trouble:
        worker.step()

    item = only()
    assert trouble.value.code == reason
    assert (item.state, item.reason, item.attempts) == ("waiting", reason, 1)
    assert item.due_at is not None
    assert item.due_at > before + timedelta(seconds=1)
    desk.sandbox.clear_faults()
    worker.run_to_the_end()
    assert (only().state, only().reason) == ("done", "")
    assert desk.stored(contact.lexware_id)["note"] == "Neu"


def test_an_ended_connection_keeps_everything_waiting(desk: Desk, worker: Worker, contact: Contact) -> None:
    _put(desk, contact, NOTE)
    desk.sandbox.fault("expired_token", method="PUT", count=None)

    with pytest.raises(Trouble) as trouble:
        worker.step()

    assert trouble.value.code == "reconnect"
    desk.connection.refresh_from_db()
    assert desk.connection.state == "reconnect"
    assert (only().state, only().reason) == ("waiting", "reconnect")


def test_somebody_else_saved_first_and_both_changes_stay(desk: Desk, worker: Worker, contact: Contact) -> None:
    _put(desk, contact, MORE)
    desk.change(contact, note="von dort", company={"name": "Neuer Name"})

    worker.run()

    there = desk.stored(contact.lexware_id)
    assert only().state == "done"
    assert there["note"] == "von dort\nZeile"
    assert there["company"]["name"] == "Neuer Name"


def test_somebody_who_never_stops_wins(desk: Desk, worker: Worker, contact: Contact) -> None:
    _put(desk, contact, NOTE)
    desk.sandbox.fault("conflict_409", method="PUT", count=None)
    desk.sandbox.fault("foreign_edit", method="PUT", count=None, changes={"note": "von dort"})

    worker.run()

    item = only()
    assert (item.state, item.reason) == ("refused", "busy")
    assert len(desk.sent("PUT")) == 3


def test_deleted_meanwhile_is_refused_and_leaves_the_mirror(desk: Desk, worker: Worker, contact: Contact) -> None:
    _put(desk, contact, NOTE)
    desk.remove(contact)

    worker.run()

    assert (only().state, only().reason) == ("refused", "gone")
    assert not Contact.objects.filter(pk=contact.pk).exists()


def test_locked_meanwhile_is_refused(desk: Desk, worker: Worker, contact: Contact) -> None:
    _put(desk, contact, NOTE)
    desk.change(contact, emailAddresses={"business": ["a@a.example", "b@b.example"]})

    worker.run()

    assert (only().state, only().reason) == ("refused", "locked")
    contact.refresh_from_db()
    assert len(contact.raw["emailAddresses"]["business"]) == 2


def test_a_note_that_would_be_cut_is_refused(desk: Desk, worker: Worker) -> None:
    contact = desk.add(note="x" * 995)
    _put(desk, contact, MORE)

    worker.run()

    assert (only().state, only().reason) == ("refused", "too_long")
    assert desk.stored(contact.lexware_id)["note"] == "x" * 995


def test_broken_off_again_and_again_a_person_decides(desk: Desk, worker: Worker, contact: Contact) -> None:
    _put(desk, contact, NOTE)
    desk.sandbox.fault("504", method="PUT", count=None)

    worker.run_to_the_end()

    assert (only().state, only().reason) == ("refused", "broken_off")
    assert len(desk.sent("PUT")) == sending.DOUBTS
    desk.sandbox.clear_faults()
    services.retry(only(), by=desk.connection.connected_by)
    worker.run_to_the_end()
    assert only().state == "done"
    assert desk.stored(contact.lexware_id)["note"] == "Neu"


def test_changes_of_one_contact_never_overtake_each_other(desk: Desk, worker: Worker, contact: Contact) -> None:
    other = desk.add(company={"name": "Andere"})
    by = desk.connection.connected_by
    first = put(desk.connection, [contact], Wish("append_note", "1"), by=by)
    put(desk.connection, [contact], Wish("append_note", "2"), by=by)
    put(desk.connection, [other], Wish("set_note", "frei"), by=by)
    desk.sandbox.fault("504", method="PUT")
    worker.step()

    worker.run()

    assert first.items.get().state == "uncertain"
    assert desk.stored(contact.lexware_id)["note"] == "alt"
    assert desk.stored(other.lexware_id)["note"] == "frei"
    worker.run_to_the_end()
    assert desk.stored(contact.lexware_id)["note"] == "alt\n1\n2"
