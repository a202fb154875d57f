"""One record at a time, nothing lost by what goes wrong, and lists where they are cheaper."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from lexweb.clients import gateway
from lexweb.clients.mirroring import Stored
from lexweb.contacts import mirror as contacts
from lexweb.contacts.models import Contact
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync import event_lists, events, lease
from lexweb.sync.models import Event, Pass, State
from lexweb.vouchers.models import Voucher
from tests.sync.webhooks import over_there
from tests.sync.webhooks.over_there import mirrored, some_record
from tests.sync.webhooks.told import Told
from tests.waiting import until


def make_due() -> None:
    """Let everything that was put off be due."""
    Event.objects.filter(due_at__isnull=False).update(due_at=timezone.now())


def waits(event: Event) -> float:
    """For how many seconds it is put off."""
    assert event.due_at is not None
    return (event.due_at - timezone.now()).total_seconds()


def put(told: Told, event_type: str, number: int) -> None:
    """Events of as many records that do not exist, as if they had been told."""
    now = timezone.now()
    common = {"connection": told.connection, "event_type": event_type, "event_date": now, "due_at": now}
    Event.objects.bulk_create([Event(**common, resource_id=uuid4()) for _ in range(number)])


def passes_due(told: Told) -> set[str]:
    mine = Pass.objects.filter(state__connection=told.connection, due_at__lte=timezone.now())
    return set(mine.values_list("resource", flat=True))


def no_pass_due(told: Told) -> None:
    Pass.objects.filter(state__connection=told.connection).update(due_at=timezone.now() + timedelta(days=1))


def test_all_events_of_a_record_are_dealt_with_together(told: Told) -> None:
    record = some_record(told, "invoice")
    for event_type in ("invoice.created", "invoice.changed", "invoice.status.changed"):
        told.tell(event_type, record)
    before = len(told.asked())
    assert told.deal() == 1
    assert told.asked(since=before) == [f"GET /v1/invoices/{record}"]


def test_what_comes_in_while_it_is_read_is_read_after(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    record, read = some_record(told, "contact"), contacts.store_page
    told.tell("contact.changed", record)
    told.deal()
    changed = iter(["danach"])

    def late(*args: Any, **values: Any) -> Stored:
        """Something changes after the answer went out, and the news of it comes before that is stored."""
        for text in changed:
            over_there.change(told, "contact", record, text)
            put_for(told, "contact.changed", record)
        return read(*args, **values)

    monkeypatch.setattr(contacts, "store_page", late)
    put_for(told, "contact.changed", record)

    assert told.deal() == 2
    assert "danach" in (mirrored(told, "contact", record) or {}).values()


def put_for(told: Told, event_type: str, record: str) -> None:
    now = timezone.now()
    Event.objects.create(
        connection=told.connection, event_type=event_type, resource_id=UUID(record), event_date=now, due_at=now
    )


def test_the_oldest_comes_first(told: Told) -> None:
    first, second = (each.id for each, _ in zip(told.organization.shelf("invoices"), range(2), strict=False))
    told.tell("invoice.changed", first)
    until(told.sandbox.state.webhooks.idle)  # the sandbox lets events overtake each other
    told.tell("invoice.changed", second)
    before = len(told.asked())
    told.deal()
    assert told.asked(since=before) == [f"GET /v1/invoices/{first}", f"GET /v1/invoices/{second}"]


@pytest.mark.usefixtures("impatient")
def test_a_failure_that_passes_loses_nothing(told: Told, lexware: RunningSandbox) -> None:
    record = some_record(told, "contact")
    lexware.fault("503", path="/v1/contacts/*", count=1)
    told.tell("contact.changed", record)

    told.deal_in_trouble("unavailable")

    [event] = Event.objects.all()
    assert event.attempts == 1
    assert 5 < waits(event) <= 15
    assert told.deal() == 0
    make_due()
    assert told.deal() == 1
    assert mirrored(told, "contact", record)


@pytest.mark.usefixtures("impatient")
def test_it_waits_longer_each_time(told: Told, lexware: RunningSandbox) -> None:
    lexware.fault("503", path="/v1/contacts/*", count=None)
    told.tell("contact.changed", some_record(told, "contact"))
    waited = []
    for _ in range(9):
        told.deal_in_trouble("unavailable")
        waited.append(round(waits(Event.objects.get()) / 15) * 15)
        make_due()
    assert waited == [15, 30, 60, 120, 240, 480, 900, 900, 900]


@pytest.mark.usefixtures("impatient")
def test_one_that_fails_keeps_no_other_from_its_turn(told: Told, lexware: RunningSandbox) -> None:
    lexware.fault("503", path="/v1/contacts/*", count=None)
    told.tell("contact.changed", some_record(told, "contact"))
    told.deal_in_trouble("unavailable")
    record = some_record(told, "article")
    told.tell("article.changed", record)
    assert told.deal() == 1
    assert mirrored(told, "article", record)


@pytest.mark.parametrize("fault", ["garbage", "plan_402", "forbidden_403"])
@pytest.mark.off_contract
def test_what_is_answered_oddly_is_given_up_in_the_end(
    fault: str, told: Told, lexware: RunningSandbox, caplog: pytest.LogCaptureFixture
) -> None:
    lexware.fault(fault, path="/v1/contacts/*", count=None)
    put_for(told, "contact.changed", some_record(told, "contact"))
    for _ in range(events.MOST_ODD_ANSWERS):
        assert told.open == ["contact.changed"]
        assert "event.given_up" not in caplog.text
        assert told.deal() == 1
        make_due()
    assert told.open == []
    assert "event.given_up" in caplog.text


def test_a_fault_of_ours_puts_it_off_too(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contacts, "store_page", lambda *_, **__: 1 / 0)
    told.tell("contact.changed", some_record(told, "contact"))
    with pytest.raises(ZeroDivisionError):
        told.deal()
    monkeypatch.undo()
    assert told.deal() == 0
    assert told.open == ["contact.changed"]
    make_due()
    assert told.deal() == 1


def test_a_worker_that_lost_its_lease_changes_nothing(told: Told) -> None:
    record = some_record(told, "contact")
    put_for(told, "contact.changed", record)
    State.objects.update(due_at=timezone.now())
    state = lease.take(told.connection.pk)
    assert state is not None
    step = events.next_step(state)
    assert step is not None
    calls = iter([False, True])

    @contextmanager
    def storing() -> Iterator[None]:
        if next(calls):  # somebody else took over while we read
            State.objects.update(lease_owner="somebody")
        with lease.storing(state):
            yield

    with pytest.raises(lease.Lost), gateway.open_office(told.connection, background=True) as office:
        step(office, storing)

    assert mirrored(told, "contact", record) is None
    assert told.open == ["contact.changed"]


def test_types_nobody_knows_are_put_aside(told: Told) -> None:
    put(told, "till.exploded", 3)
    before = len(told.asked())
    assert told.deal() == 3
    assert told.open == []
    assert told.asked(since=before) == []


@pytest.mark.parametrize(
    ("event_type", "few", "name"),
    [
        ("contact.changed", event_lists.FEW, "contacts"),
        ("article.deleted", event_lists.FEW, "articles"),
        ("recurring-template.changed", event_lists.FEW, "templates"),
        ("invoice.status.changed", event_lists.MANY_DOCUMENTS, "changes"),
        ("payment.changed", event_lists.MANY_DOCUMENTS, "changes"),
    ],
)
def test_too_many_records_are_left_to_their_list(event_type: str, few: int, name: str, told: Told) -> None:
    no_pass_due(told)
    put(told, event_type, few)
    put(told, event_type, 1)
    before = len(told.asked())

    assert told.deal() == 1

    assert told.asked(since=before) == []
    assert passes_due(told) == {name}
    assert told.open == []


def test_few_records_are_read_one_by_one(told: Told) -> None:
    no_pass_due(told)
    put(told, "contact.changed", event_lists.FEW)
    assert told.deal() == event_lists.FEW
    assert passes_due(told) == set()


def test_how_many_are_too_many_depends_on_the_length_of_the_list(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    no_pass_due(told)
    told.tell("contact.created", some_record(told, "contact"))
    told.deal()
    monkeypatch.setattr(event_lists, "FEW", 1)
    monkeypatch.setattr(event_lists, "PAGE", 1)
    assert Contact.objects.count() == 1  # as if on two pages
    put(told, "contact.changed", 2)
    assert told.deal() == 2
    put(told, "contact.changed", 3)
    assert told.deal() == 1


def test_known_documents_are_read_next_when_their_list_is(told: Told) -> None:
    record = some_record(told, "invoice")
    told.tell("invoice.created", record)
    told.deal()
    put(told, "voucher.changed", event_lists.MANY_DOCUMENTS)
    put_for(told, "invoice.deleted", record)
    assert told.deal() == 1
    assert over_there.voucher(told, record).wanted == Voucher.Wanted.NOW


def test_a_storm_is_dealt_with_in_a_few_transactions(told: Told) -> None:
    put(told, "voucher.changed", 2500)
    before = len(told.asked())
    assert told.deal() == 3
    assert told.asked(since=before) == []


def test_dunnings_are_on_no_list(told: Told) -> None:
    put(told, "dunning.created", event_lists.MANY_DOCUMENTS + 1)
    assert told.deal() == event_lists.MANY_DOCUMENTS + 1


def test_old_events_are_forgotten(told: Told, caplog: pytest.LogCaptureFixture) -> None:
    put(told, "contact.changed", 3)
    put(told, "article.changed", 1)
    Event.objects.filter(event_type="contact.changed").update(received_at=timezone.now() - timedelta(days=7, minutes=1))
    assert events.forget_old() == 3
    assert told.open == ["article.changed"]
    assert "events.never_dealt_with" in caplog.text


def test_when_something_is_due_again(told: Told) -> None:
    state = State.objects.get()
    assert events.due_at(state) is None
    put(told, "contact.changed", 1)
    assert events.due_at(state) == Event.objects.get().due_at
    assert partial(events.next_step, state)() is not None


def test_a_list_that_hides_contacts_replaces_no_event(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    no_pass_due(told)
    told.tell("contact.created", some_record(told, "contact"))
    told.deal()
    monkeypatch.setattr(event_lists, "FEW", 1)
    monkeypatch.setattr(event_lists, "SHOWN", 1)  # as if it showed no more than the one that is here
    put(told, "contact.changed", 4)

    assert told.deal() == 4

    assert passes_due(told) == set()
