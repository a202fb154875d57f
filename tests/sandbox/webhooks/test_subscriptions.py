"""The event-subscriptions resource."""

from typing import Any

import httpx
import pytest

from lexweb.sandbox import server
from lexweb.sandbox.server import RunningSandbox
from lexweb.sandbox.webhooks import subscriptions
from tests.contract import schema
from tests.contract.test_sandbox_contract import conforms
from tests.sandbox import partner
from tests.sandbox.webhooks.conftest import Hooks
from tests.sandbox.webhooks.receiver import Receiver


def wanted(url: str, event_type: str = "invoice.created") -> dict[str, str]:
    return {"eventType": event_type, "callbackUrl": url}


def test_subscribe_read_list_delete(api: httpx.Client, receiver: Receiver, brandt: dict[str, Any]) -> None:
    url = f"{receiver.url}/lexware?key=1"
    answer = api.post("/v1/event-subscriptions", json=wanted(url))
    made = conforms(answer, 201)
    assert made["version"] == 0
    assert answer.headers["location"] == made["resourceUri"]
    assert [(each.method, each.path) for each in receiver.requests] == [("HEAD", "/lexware?key=1")]
    read = conforms(api.get(f"/v1/event-subscriptions/{made['id']}"), 200)
    assert read == {
        "subscriptionId": made["id"],
        "organizationId": brandt["organizationId"],
        "createdDate": made["createdDate"],
        **wanted(url),
    }
    assert conforms(api.get("/v1/event-subscriptions"), 200) == {"content": [read]}
    assert api.get("/v1/event-subscriptions/").json() == {"content": [read]}
    assert api.delete(f"/v1/event-subscriptions/{made['id']}").status_code == 204
    for method in ("GET", "DELETE"):
        conforms(api.request(method, f"/v1/event-subscriptions/{made['id']}"), 404)
    assert conforms(api.get("/v1/event-subscriptions"), 200) == {"content": []}
    assert api.put(f"/v1/event-subscriptions/{made['id']}", json=wanted(url)).status_code == 405


def test_all_event_types_of_the_contract() -> None:
    schemas = schema.contracts()[0].document["components"]["schemas"]
    assert set(schemas["EventType"]["enum"]) == subscriptions.EVENT_TYPES


def test_the_same_pair_again(api: httpx.Client, receiver: Receiver) -> None:
    conforms(api.post("/v1/event-subscriptions", json=wanted(receiver.url)), 201)
    conforms(api.post("/v1/event-subscriptions", json=wanted(receiver.url)), 409)
    conforms(api.post("/v1/event-subscriptions", json=wanted(receiver.url + "/b")), 201)
    conforms(api.post("/v1/event-subscriptions", json=wanted(receiver.url, "invoice.changed")), 201)


def test_each_connection_has_its_own(sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver) -> None:
    ours = hooks.subscribe(receiver.url)
    token = partner.connect(sandbox, sandbox.organizations()[0])["access_token"]
    with partner.client(sandbox, token) as other:
        theirs = hooks.subscribe(receiver.url, api=other)
        assert hooks.subscribed(other) == [theirs]
        conforms(other.get(f"/v1/event-subscriptions/{ours}"), 404)
        conforms(other.delete(f"/v1/event-subscriptions/{ours}"), 404)
    assert hooks.subscribed() == [ours]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 500, 503])
def test_an_address_that_fails_the_head_request(api: httpx.Client, receiver: Receiver, status: int) -> None:
    receiver.head = status
    refused = conforms(api.post("/v1/event-subscriptions", json=wanted(receiver.url)), 406)
    assert [each["field"] for each in refused["details"]] == ["callbackUrl"]
    assert conforms(api.get("/v1/event-subscriptions"), 200) == {"content": []}


def test_nobody_answers_the_head_request(api: httpx.Client, receiver: Receiver) -> None:
    receiver.close()
    conforms(api.post("/v1/event-subscriptions", json=wanted(receiver.url)), 406)


def test_the_head_request_follows_redirects(api: httpx.Client, receiver: Receiver) -> None:
    receiver.location = lambda path: "/there" if path == "/here" else None
    conforms(api.post("/v1/event-subscriptions", json=wanted(f"{receiver.url}/here")), 201)
    assert [each.path for each in receiver.requests] == ["/here", "/there"]


def test_the_head_request_holds_up_nobody(sandbox: RunningSandbox, api: httpx.Client, receiver: Receiver) -> None:
    def ask() -> None:
        """While the sandbox waits for us, it answers others."""
        with partner.client(sandbox, sandbox.organizations()[1]["apiKey"]) as other:
            statuses.append(other.get("/v1/profile").status_code)

    statuses: list[int] = []
    receiver.before_head = ask
    conforms(api.post("/v1/event-subscriptions", json=wanted(receiver.url)), 201)
    assert statuses == [200]


def test_a_connection_that_ends_during_the_head_request(
    api: httpx.Client, http: httpx.Client, receiver: Receiver, brandt: dict[str, Any]
) -> None:
    address = f"/_sandbox/organizations/{brandt['organizationId']}/key"
    receiver.before_head = lambda: http.post(address, json={"enabled": False})
    conforms(api.post("/v1/event-subscriptions", json=wanted(receiver.url)), 401)
    http.post(address, json={"enabled": True})
    assert conforms(api.get("/v1/event-subscriptions"), 200) == {"content": []}


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["eventType", "callbackUrl"]),
        ({"eventType": "invoice.created"}, ["callbackUrl"]),
        ({"eventType": "invoice.exploded", "callbackUrl": "https://a.example/"}, ["eventType"]),
        ({"eventType": "INVOICE.CREATED", "callbackUrl": "https://a.example/"}, ["eventType"]),
        (wanted("http://a.example/"), ["callbackUrl"]),
        (wanted("http://127.0.0.1.example/"), ["callbackUrl"]),
        (wanted("ftp://127.0.0.1/"), ["callbackUrl"]),
        (wanted("https:///path"), ["callbackUrl"]),
        (wanted("https://a b.example/"), ["callbackUrl"]),
        (wanted("https://a.example:port/"), ["callbackUrl"]),
        (wanted("https://[::1/"), ["callbackUrl"]),
        (wanted("kein url"), ["callbackUrl"]),
    ],
)
def test_refused(api: httpx.Client, body: dict[str, str], fields: list[str]) -> None:
    refused = conforms(api.post("/v1/event-subscriptions", json=body), 406)
    assert [each["field"] for each in refused["details"]] == fields


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"eventType": {}}'])
def test_malformed(api: httpx.Client, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    conforms(api.post("/v1/event-subscriptions", content=body, headers=headers), 400)
    conforms(api.post("/v1/event-subscriptions", content=body), 415)


def test_plain_http_can_be_forbidden(receiver: Receiver) -> None:
    with (
        server.serve_in_thread(http_callbacks=False) as strict,
        partner.client(strict, strict.organizations()[0]["apiKey"]) as api,
    ):
        conforms(api.post("/v1/event-subscriptions", json=wanted(receiver.url)), 406)
    assert receiver.requests == []
