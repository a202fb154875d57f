"""The numbers at /metrics: right, complete, and without a client's name."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries

from lexweb.clients.models import Client, Connection, Tally
from lexweb.outbox.models import Batch, Item
from lexweb.sync import tasks
from lexweb.sync.models import Event, Pass, State, Worker
from lexweb.vouchers.models import Voucher
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def read() -> dict[str, float]:
    """Return each sample as "name{label=value,…}": value."""
    answer = Browser().get("/metrics")
    assert answer["Content-Type"].startswith("text/plain")
    return {
        sample.name + "".join(f" {key}={value}" for key, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def connected(client: Client, *, ago: int, state: str = "connected") -> State:
    """A connection since so many seconds."""
    moment = timezone.now() - timedelta(seconds=ago)
    connection = Connection.objects.create(
        client=client, kind="api_key", state=state, organization_id=uuid4(), company_name="Geheim", connected_at=moment
    )
    return State.objects.update_or_create(connection=connection, defaults={"due_at": None})[0]


def passed(state: State, resource: str, *, ago: int | None) -> None:
    moment = None if ago is None else timezone.now() - timedelta(seconds=ago)
    Pass.objects.create(state=state, resource=resource, vouched_at=moment)


def test_lag_is_counted_from_the_last_whole_reading_or_from_the_connection(cast: Cast) -> None:
    first, second = connected(cast.client, ago=5000), connected(cast.other, ago=300)
    passed(first, "contacts", ago=1000)
    passed(second, "contacts", ago=None)
    passed(second, "vouchers", ago=20)

    found = read()

    assert found["lexweb_sync_lag_seconds of=max resource=contacts"] == pytest.approx(1000, abs=5)
    assert found["lexweb_sync_lag_seconds of=max resource=vouchers"] == pytest.approx(20, abs=5)


def test_what_the_plan_does_not_include_does_not_lag(cast: Cast) -> None:
    state = connected(cast.client, ago=500_000)
    passed(state, "posting-categories", ago=None)
    Pass.objects.update(due_at=timezone.now() + timedelta(hours=9))

    found = read()

    assert not [name for name in found if name.startswith("lexweb_sync_lag")]
    assert found["lexweb_late"] == 0
    Pass.objects.update(due_at=timezone.now())  # not refused: nobody has come to it
    assert read()["lexweb_late"] == 1


def test_who_is_paused_or_disconnected_does_not_lag(cast: Cast) -> None:
    passed(connected(cast.client, ago=9000, state="reconnect"), "contacts", ago=8000)
    paused = connected(cast.other, ago=9000)
    passed(paused, "contacts", ago=7000)
    State.objects.filter(pk=paused.pk).update(paused_at=timezone.now())

    found = read()

    assert not [name for name in found if name.startswith("lexweb_sync_lag")]
    assert found["lexweb_connections state=reconnect"] == 1
    assert found["lexweb_connections state=connected"] == 1
    assert found["lexweb_connections state=disconnected"] == 0
    assert found["lexweb_connections_paused"] == 1


def test_the_95th_percentile_leaves_the_slowest_out(cast: Cast) -> None:
    for number in range(40):
        client = Client.objects.create(firm=cast.client.firm, name="n", number=f"9{number}")
        passed(connected(client, ago=90_000), "changes", ago=100 + number if number < 38 else 50_000)

    found = read()

    assert found["lexweb_sync_lag_seconds of=max resource=changes"] == pytest.approx(50_000, abs=5)
    assert found["lexweb_sync_lag_seconds of=p95 resource=changes"] == pytest.approx(137, abs=5)
    assert found["lexweb_late"] == 2


def test_what_waits_is_counted_with_its_age(cast: Cast) -> None:
    now = timezone.now()
    state = connected(cast.client, ago=100)
    State.objects.filter(pk=state.pk).update(due_at=now - timedelta(seconds=70))
    moved = {"connection": state.connection, "event_type": "contact.changed", "event_date": now}
    Event.objects.create(**moved, resource_id=uuid4(), received_at=now - timedelta(seconds=30))
    Event.objects.create(**moved, resource_id=uuid4(), received_at=now - timedelta(days=3), due_at=None)
    batch = Batch.objects.create(connection=state.connection, act="x", staff_name="Klaus")
    for number, of in enumerate(("waiting", "waiting", "uncertain")):
        Item.objects.create(batch=batch, number=number, connection=state.connection, label="Geheim", state=of)
    for wanted, payment in ((0, False), (0, True), (2, False), (3, True)):
        Voucher.objects.create(
            connection=state.connection, lexware_id=uuid4(), kind="invoice", status="open", created_at=now,
            updated_at=now, seen_at=now, listed_on=now.date(), wanted=wanted, payment_wanted=payment,
        )  # fmt: skip
    Worker.objects.create(name="a:1:x", seats=4)
    Worker.objects.create(name="b:1:x", seats=5, seen_at=now - timedelta(minutes=5))
    tasks.HUEY.storage.flush_queue()

    found = read()

    assert (found["lexweb_queue_length"], found["lexweb_queue_age_seconds"]) == (1, pytest.approx(70, abs=5))
    assert (found["lexweb_events_open"], found["lexweb_events_age_seconds"]) == (1, pytest.approx(30, abs=5))
    assert found["lexweb_outbox_items state=waiting"] == 2
    assert found["lexweb_outbox_items state=uncertain"] == 1
    assert found["lexweb_outbox_items state=refused"] == 0
    assert found["lexweb_backfill_left"] == 3
    assert (found["lexweb_workers"], found["lexweb_seats"]) == (1, 4)
    assert found["lexweb_nudges"] == 0


def test_requests_are_counted_by_server_method_and_status() -> None:
    for name, label, count in (
        ("request", "GET 200", 70), ("request", "GET 429", 3), ("request", "POST none", 2), ("request", "PUT 429", 1),
        ("token_request", "POST 429", 5), ("trouble", "uncertain", 2), ("token_refusals_in_a_row", "", 4),
    ):  # fmt: skip
        Tally.objects.create(name=name, label=label, count=count)

    found = read()

    assert found["lexweb_requests_total method=GET server=api status=200"] == 70
    assert found["lexweb_requests_total method=POST server=api status=none"] == 2
    assert found["lexweb_requests_total method=POST server=authorization status=429"] == 5
    assert found["lexweb_throttled_total server=api"] == 4
    assert found["lexweb_throttled_total server=authorization"] == 5
    assert found["lexweb_errors_total kind=uncertain"] == 2
    assert found["lexweb_authorization_refusals_in_a_row"] == 4


def test_an_empty_installation_has_numbers_too(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(20):
        found = read()

    assert found["lexweb_throttled_total server=api"] == 0
    assert found["lexweb_workers"] == 0


def test_a_queue_that_is_away_spoils_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> int:
        raise ConnectionError

    monkeypatch.setattr(tasks.HUEY.storage, "queue_size", away)

    assert read()["lexweb_nudges"] != read()["lexweb_nudges"]  # NaN


def test_no_name_no_number_of_a_client(cast: Cast) -> None:
    passed(connected(cast.client, ago=100), "contacts", ago=5)

    text = Browser().get("/metrics").content.decode()

    assert cast.client.name not in text
    assert cast.client.number not in text
    assert "Geheim" not in text
