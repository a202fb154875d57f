"""What happens when a receiver does not take an event."""

import time
from datetime import datetime

import pytest

from lexweb.sandbox.webhooks import retrying
from lexweb.sandbox.webhooks.retrying import Outcome, Verdict, verdict
from tests.sandbox.webhooks.conftest import Hooks
from tests.sandbox.webhooks.receiver import Receiver
from tests.waiting import until

QUICK = [10.0, 20.0, 40.0, 80.0, 160.0]
WAITS = [*QUICK, 1800.0, *[7200.0] * 19]


def attempts(hooks: Hooks) -> list[object]:
    return [each["status"] or each["problem"] for each in hooks.deliveries()[0]["attempts"]]


def state(hooks: Hooks) -> str:
    return str(hooks.deliveries()[0]["state"])


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_again_after_ten_seconds(hooks: Hooks, receiver: Receiver, status: int) -> None:
    hooks.subscribe(receiver.url)
    receiver.status = status
    hooks.fire()
    until(lambda: attempts(hooks) == [status])
    assert state(hooks) == "waiting"
    [delivery] = hooks.deliveries()
    tried, again = map(datetime.fromisoformat, (delivery["attempts"][0]["at"], delivery["nextTry"]))
    assert (again - tried).total_seconds() == pytest.approx(10, abs=0.01)
    hooks.advance(5)  # not nine: time goes on besides, a second and more on a busy machine
    time.sleep(0.25)
    assert attempts(hooks) == [status]
    receiver.status = 200
    hooks.advance(5)
    until(lambda: state(hooks) == "delivered")
    assert attempts(hooks) == [status, 200]
    assert len({each.body for each in receiver.posted}) == 1
    assert len({each.headers["x-lxo-signature"] for each in receiver.posted}) == 1


@pytest.mark.parametrize("status", [400, 405, 409, 422])
def test_never_again(hooks: Hooks, receiver: Receiver, status: int) -> None:
    hooks.subscribe(receiver.url)
    receiver.status = status
    hooks.fire()
    until(lambda: state(hooks) == "failed")
    assert attempts(hooks) == [status]
    assert len(hooks.subscribed()) == 1


def test_gone_ends_the_subscription_at_once(hooks: Hooks, receiver: Receiver) -> None:
    subscription_id = hooks.subscribe(receiver.url)
    other = hooks.subscribe(f"{receiver.url}/other", "contact.changed")
    receiver.status = 500
    hooks.fire()
    until(lambda: attempts(hooks) == [500])
    receiver.status = 410
    hooks.fire()
    until(lambda: hooks.subscribed() == [other])
    assert [each["state"] for each in hooks.deliveries()] == ["dropped", "failed"]
    assert {each["subscriptionId"] for each in hooks.deliveries()} == {subscription_id}
    hooks.subscribe(receiver.url)  # as if nothing had been


@pytest.mark.parametrize(("status", "removed"), [(404, True), (500, False), (403, False)])
def test_all_attempts(hooks: Hooks, receiver: Receiver, status: int, removed: bool) -> None:
    hooks.subscribe(receiver.url)
    receiver.status = status
    hooks.fire()
    for count, wait in enumerate(WAITS, 1):
        until(lambda count=count: len(attempts(hooks)) == count)  # type: ignore[misc]
        assert len(hooks.subscribed()) == 1
        hooks.advance(wait)
    until(lambda: state(hooks) == "failed")
    assert attempts(hooks) == [status] * 26
    until(lambda: (hooks.subscribed() == []) is removed)


def test_a_receiver_that_is_down(hooks: Hooks, receiver: Receiver) -> None:
    hooks.subscribe(receiver.url)
    receiver.close()
    hooks.fire()
    until(lambda: attempts(hooks) == ["unreachable"])
    assert state(hooks) == "waiting"


def test_deleting_the_subscription_stops_it(hooks: Hooks, receiver: Receiver) -> None:
    subscription_id = hooks.subscribe(receiver.url)
    receiver.status = 500
    hooks.fire()
    until(lambda: attempts(hooks) == [500])
    hooks.api.delete(f"/v1/event-subscriptions/{subscription_id}")
    hooks.advance(10)
    time.sleep(0.25)
    assert (state(hooks), attempts(hooks)) == ("dropped", [500])


def test_a_receiver_that_takes_more_than_five_seconds(hooks: Hooks, receiver: Receiver) -> None:
    hooks.subscribe(receiver.url)
    receiver.silent = True
    hooks.fire()
    until(lambda: attempts(hooks) == ["timeout"])
    assert state(hooks) == "waiting"


def test_the_schedule() -> None:
    waits = [verdict(Outcome(503), failed).wait for failed in range(26)]
    assert waits == [*WAITS, None]


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_taken(status: int) -> None:
    assert Outcome(status).delivered
    assert verdict(Outcome(status), 0) == Verdict()


@pytest.mark.parametrize("status", [203, 206, 304])
def test_other_good_news_does_not_count(status: int) -> None:
    assert not Outcome(status).delivered
    assert verdict(Outcome(status), 0) == Verdict()


def test_names_that_do_not_resolve() -> None:
    dns = Outcome(None, retrying.DNS)
    assert verdict(dns, 0) == Verdict(wait=10.0)
    assert verdict(dns, 25) == Verdict(unsubscribe=True)
    assert verdict(Outcome(None, retrying.TIMEOUT), 25) == Verdict()
