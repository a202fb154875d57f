"""Events reach those who subscribed: signed, in time, and nobody waits for anybody else."""

import json
import time
from typing import Any

import httpx
import pytest

from lexweb.sandbox.server import RunningSandbox
from tests.contract import schema
from tests.sandbox import partner
from tests.sandbox.webhooks.conftest import Hooks
from tests.sandbox.webhooks.receiver import Receiver, genuine
from tests.waiting import until

ID = "5c1a7b0e-3c55-4cf2-9e0c-2f2f60c8cf3e"


def test_an_event(sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver) -> None:
    subscription_id = hooks.subscribe(f"{receiver.url}/hook")
    hooks.fire(resourceId=ID)
    until(lambda: receiver.posted)
    (received,) = receiver.posted
    assert received.path == "/hook"
    assert received.headers["content-type"] == "application/json"
    assert list(received.event) == ["organizationId", "eventType", "resourceId", "eventDate"]
    assert received.event | {"eventDate": ""} == {
        "organizationId": hooks.organization_id,
        "eventType": "contact.created",
        "resourceId": ID,
        "eventDate": "",
    }
    assert b" " not in received.body
    assert webhook_violations(received.event) == []
    assert genuine(sandbox, received)
    assert hooks.http.get("/_sandbox/webhook-key").content.startswith(b"-----BEGIN PUBLIC KEY-----")
    until(lambda: hooks.deliveries()[0]["state"] == "delivered")
    (delivery,) = hooks.deliveries()
    assert [each["status"] for each in delivery["attempts"]] == [204]
    assert (delivery["subscriptionId"], delivery["nextTry"]) == (subscription_id, None)
    assert hooks.http.get("/_sandbox/events").json() == [received.event]


def webhook_violations(event: dict[str, Any]) -> list[str]:
    contract = schema.contracts()[0]
    return contract.check({"$ref": "#/components/schemas/WebhookEvent"}, event)


def test_a_forged_event(sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver) -> None:
    hooks.subscribe(receiver.url)
    hooks.fire(forged=True)
    until(lambda: receiver.posted)
    assert not genuine(sandbox, receiver.posted[0])


def test_only_what_was_subscribed_to(sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver) -> None:
    hooks.subscribe(receiver.url, "contact.changed")
    hooks.fire("contact.created")
    other = sandbox.organizations()[1]["organizationId"]
    hooks.fire("contact.changed", organizationId=other)
    hooks.fire("contact.changed", resourceId=ID)
    until(lambda: receiver.posted)
    time.sleep(0.1)
    assert [each.event["resourceId"] for each in receiver.posted] == [ID]


def test_every_connection_is_told(sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver) -> None:
    hooks.subscribe(f"{receiver.url}/key")
    token = partner.connect(sandbox, sandbox.organizations()[0])["access_token"]
    with partner.client(sandbox, token) as other:
        hooks.subscribe(f"{receiver.url}/grant", api=other)
    hooks.fire()
    until(lambda: len(receiver.posted) == 2)
    assert {each.path for each in receiver.posted} == {"/key", "/grant"}


def test_writing_a_contact_fires(hooks: Hooks, receiver: Receiver) -> None:
    for event in ("contact.created", "contact.changed"):
        hooks.subscribe(f"{receiver.url}/{event}", event)
    body = schema.sample("contacts.create.company.request")
    contact_id = hooks.api.post("/v1/contacts", json=body).json()["id"]
    until(lambda: len(receiver.posted) == 1)
    contact = hooks.api.get(f"/v1/contacts/{contact_id}").json()
    hooks.api.put(f"/v1/contacts/{contact_id}", json=contact)
    until(lambda: len(receiver.posted) == 2)
    address = f"/_sandbox/contacts/{hooks.organization_id}/{contact_id}"
    hooks.http.post(address, json={"changes": {"note": "neu"}})
    until(lambda: len(receiver.posted) == 3)
    assert {each.event["resourceId"] for each in receiver.posted} == {contact_id}
    assert [each.path for each in receiver.posted] == ["/contact.created", "/contact.changed", "/contact.changed"]


def test_a_slow_receiver_holds_up_nobody(hooks: Hooks, receiver: Receiver) -> None:
    with Receiver() as slow:
        slow.silent = True
        hooks.subscribe(slow.url)
        hooks.subscribe(receiver.url)
        hooks.fire(count=20)
        until(lambda: len(receiver.posted) == 20, seconds=20)  # one after the other they would take 50
        assert hooks.api.get("/v1/profile").status_code == 200
        assert not slow.posted
        slow.speak()
        until(lambda: len(slow.posted) >= 2)


def test_a_storm(hooks: Hooks, receiver: Receiver) -> None:
    hooks.subscribe(receiver.url)
    hooks.fire(count=2_000)
    until(lambda: len(receiver.posted) == 2_000, seconds=120)
    assert len({each.event["resourceId"] for each in receiver.posted}) == 2_000
    until(lambda: {each["state"] for each in hooks.deliveries()} == {"delivered"})


def test_lost_and_doubled(sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver) -> None:
    hooks.subscribe(receiver.url)
    sandbox.fault("webhooks_lost", path="contact.*", organization_id=hooks.organization_id)
    sandbox.fault("webhooks_twice", path="contact.*")
    sandbox.fault("webhooks_lost", path="voucher.*", count=None)
    lost, twice, once = (ID[:-1] + end for end in "123")
    for resource_id in (lost, twice, once):
        hooks.fire(resourceId=resource_id)
    until(lambda: len(receiver.posted) >= 3)
    time.sleep(0.1)
    assert sorted(each.event["resourceId"] for each in receiver.posted) == [twice, twice, once]
    assert len({each.body for each in receiver.posted}) == 2  # a double is the same to the last byte
    assert [each["resourceId"] for each in hooks.http.get("/_sandbox/events").json()] == [lost, twice, once]


def test_redirects_are_followed_three_times(hooks: Hooks, receiver: Receiver) -> None:
    hooks.subscribe(f"{receiver.url}/0")
    receiver.location = lambda path: f"/{int(path[1:]) + 1}" if int(path[1:]) < 3 else None
    hooks.fire()
    until(lambda: hooks.deliveries()[0]["state"] == "delivered")
    assert [each.path for each in receiver.posted] == ["/0", "/1", "/2", "/3"]
    assert len({each.body for each in receiver.posted}) == 1
    receiver.location = lambda path: "/0"
    hooks.fire()
    until(lambda: len(hooks.deliveries()) == 2 and hooks.deliveries()[1]["state"] == "failed")
    assert [each["problem"] for each in hooks.deliveries()[1]["attempts"]] == ["redirects"]
    assert len(hooks.subscribed()) == 1


def test_a_redirect_to_nonsense(hooks: Hooks, receiver: Receiver) -> None:
    hooks.subscribe(receiver.url)
    receiver.location = lambda path: "gopher://[::1"
    hooks.fire()
    until(lambda: hooks.deliveries()[0]["attempts"])
    assert hooks.deliveries()[0]["attempts"][0]["problem"] == "unreachable"


def test_reset_forgets(sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver) -> None:
    hooks.subscribe(receiver.url)
    receiver.status = 500
    hooks.fire()
    until(lambda: hooks.deliveries()[0]["attempts"])
    sandbox.reset()
    assert hooks.deliveries() == hooks.subscribed() == hooks.http.get("/_sandbox/events").json() == []
    hooks.advance(60)
    time.sleep(0.3)
    assert len(receiver.posted) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"eventType": "contact.exploded"},
        {"count": 0},
        {"count": "2"},
        {"count": True},
        {"forged": 1},
    ],
)
def test_nonsense_by_hand(hooks: Hooks, wrong: dict[str, Any]) -> None:
    body = {"organizationId": hooks.organization_id, "eventType": "contact.created", **wrong}
    assert hooks.http.post("/_sandbox/events", json=body).status_code == 400
    assert hooks.http.post("/_sandbox/events", json=body | {"organizationId": ID}).status_code in {400, 404}
    assert hooks.http.get("/_sandbox/events").json() == []


def test_by_hand_for_nobody(http: httpx.Client) -> None:
    body = {"organizationId": ID, "eventType": "contact.created"}
    answer = http.post("/_sandbox/events", content=json.dumps(body))
    assert (answer.status_code, list(answer.json())) == (404, ["message"])
