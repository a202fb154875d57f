"""What the sandbox delivers over real HTTP, good and bad, to lexweb on a port."""

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from lexweb.clients.models import Connection
from lexweb.lexware.api.event_subscriptions import EVENT_TYPES
from lexweb.sandbox.webhooks import subscriptions
from lexweb.sync import hooks, webhook_key
from lexweb.sync.models import Event
from tests.sync.webhooks.over_there import mirrored, some_record
from tests.sync.webhooks.told import Told
from tests.waiting import until

STORM = 100  # thousands: see tests/faults


def states(told: Told) -> list[str]:
    return [each["state"] for each in told.sandbox.state.webhooks.shown()]


def answers(told: Told) -> list[int]:
    """The status of each attempt."""
    return [each["status"] for one in told.sandbox.state.webhooks.shown() for each in one["attempts"]]


def test_a_change_over_there_is_here_when_it_has_been_dealt_with(told: Told) -> None:
    record = some_record(told, "contact")
    told.tell("contact.changed", record)
    told.deal()
    assert mirrored(told, "contact", record)
    assert answers(told) == [204]


def test_a_forged_one_is_refused_and_comes_again(told: Told) -> None:
    with told.sandbox.state.lock:
        told.sandbox.state.publish(told.organization, "contact.changed", some_record(told, "contact"), forged=True)
    until(lambda: answers(told) == [401])
    assert not Event.objects.exists()


def test_one_that_comes_twice_is_taken_once(told: Told) -> None:
    told.sandbox.fault("webhooks_twice")
    told.tell("contact.changed", some_record(told, "contact"))
    until(told.sandbox.state.webhooks.idle)
    assert answers(told) == [204, 204]
    assert Event.objects.count() == 1


def test_after_a_lost_key_server_everything_comes_again(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_key, "DEMO_PATH", "/nowhere")
    told.tell("contact.changed", some_record(told, "contact"))
    until(lambda: answers(told) == [503])
    monkeypatch.undo()
    told.sandbox.state.clock.advance(11)
    until(lambda: answers(told) == [503, 204])
    assert Event.objects.count() == 1


def test_a_disconnected_client_is_unsubscribed_by_the_answer(told: Told) -> None:
    Connection.objects.update(state="disconnected")
    told.tell("contact.changed", some_record(told, "contact"))
    until(lambda: answers(told) == [410])
    left = {each.document["eventType"] for each in told.organization.shelf(subscriptions.KIND)}
    assert left == set(EVENT_TYPES) - {"contact.changed"}
    assert not Event.objects.exists()


def test_a_storm_is_taken_whole(told: Told) -> None:
    body = {"organizationId": told.organization.id, "eventType": "voucher.changed", "count": STORM}
    assert httpx.post(f"{told.sandbox.url}/_sandbox/events", json=body, timeout=30).status_code == 201

    until(told.sandbox.state.webhooks.idle, seconds=60)

    assert set(states(told)) == {"delivered"}
    assert Event.objects.count() == STORM
    assert told.deal() == 1


def test_many_at_once_are_taken_without_a_locked_database(told: Told) -> None:
    """As from a sender with many hands; half of it replays."""
    signer, address = told.sandbox.state.webhooks.signer, hooks.address(told.hook)
    stamp = told.sandbox.state.clock.stamp()
    common = f'"organizationId":"{told.organization.id}","eventType":"invoice.changed","eventDate":"{stamp}"'
    bodies = [f'{{"resourceId":"00000000-0000-4000-8000-{n % 100:012d}",{common}}}'.encode() for n in range(200)]
    started = time.monotonic()
    with httpx.Client() as client, ThreadPoolExecutor(8) as pool:

        def bring(body: bytes) -> int:
            headers = {"X-Lxo-Signature": signer.signature(body)}
            return client.post(address, content=body, headers=headers).status_code

        found = list(pool.map(bring, bodies))

    assert set(found) == {204}
    assert Event.objects.count() == 100
    assert time.monotonic() - started < 30
