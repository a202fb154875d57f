"""The end of a connection: the last event, and the end of its subscriptions."""

from typing import Any

import httpx
import pytest

from lexweb.sandbox.server import RunningSandbox
from tests.contract.test_sandbox_contract import conforms
from tests.sandbox import partner
from tests.sandbox.webhooks.conftest import Hooks
from tests.sandbox.webhooks.receiver import Receiver
from tests.waiting import until


class Grant:
    """A connection that subscribed to its own end, and to contacts."""

    def __init__(self, sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver) -> None:
        self.tokens = partner.connect(sandbox, sandbox.organizations()[0])
        with partner.client(sandbox, self.tokens["access_token"]) as api:
            self.id = api.get("/v1/profile").json()["connectionId"]
            hooks.subscribe(f"{receiver.url}/grant", "token.revoked", api)
            hooks.subscribe(f"{receiver.url}/grant", "contact.created", api)


@pytest.fixture
def grant(sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver) -> Grant:
    return Grant(sandbox, hooks, receiver)


def by_oauth(sandbox: RunningSandbox, grant: Grant) -> None:
    body = {"token": grant.tokens["refresh_token"]}
    httpx.post(f"{sandbox.url}/oauth2/revoke", data=body, auth=partner.BASIC, verify=partner.TLS)


def by_control_plane(sandbox: RunningSandbox, grant: Grant) -> None:
    organization_id = sandbox.organizations()[0]["organizationId"]
    httpx.post(f"{sandbox.url}/_sandbox/revoke/{organization_id}", verify=partner.TLS)


def by_fault(sandbox: RunningSandbox, grant: Grant) -> None:
    sandbox.fault("revoked", path="/v1/profile")
    assert partner.profile(sandbox, grant.tokens["access_token"]).status_code == 401


def by_age(sandbox: RunningSandbox, grant: Grant) -> None:
    sandbox.state.clock.advance(2 * 365 * 24 * 3600 + 1)
    assert partner.refresh(sandbox, grant.tokens["refresh_token"]).status_code == 400


@pytest.mark.parametrize("revoke", [by_oauth, by_control_plane, by_fault, by_age])
def test_the_end_is_told(sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver, grant: Grant, revoke: Any) -> None:
    revoke(sandbox, grant)
    until(lambda: receiver.posted)
    (received,) = receiver.posted
    assert received.event["eventType"] == "token.revoked"
    assert received.event["resourceId"] == grant.id
    hooks.fire("contact.created")
    hooks.fire("token.revoked")
    assert len(hooks.deliveries()) == 1


def test_the_news_is_repeated_and_the_rest_dropped(
    sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver, grant: Grant
) -> None:
    receiver.status = 500
    hooks.fire("contact.created")
    until(lambda: hooks.deliveries()[0]["attempts"])
    by_oauth(sandbox, grant)
    until(lambda: len(receiver.posted) == 2)
    receiver.status = 200
    until(lambda: hooks.deliveries()[1]["attempts"])
    hooks.advance(10)
    until(lambda: hooks.deliveries()[1]["state"] == "delivered")
    assert hooks.deliveries()[0]["state"] == "dropped"
    assert [each.event["eventType"] for each in receiver.posted[1:]] == ["token.revoked"] * 2


def test_an_access_token_alone_ends_nothing(
    sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver, grant: Grant
) -> None:
    body = {"token": grant.tokens["access_token"]}
    httpx.post(f"{sandbox.url}/oauth2/revoke", data=body, auth=partner.BASIC, verify=partner.TLS)
    assert hooks.http.get("/_sandbox/events").json() == []
    renewed = partner.refresh(sandbox, grant.tokens["refresh_token"]).json()
    with partner.client(sandbox, renewed["access_token"]) as api:
        assert len(hooks.subscribed(api)) == 2


def test_reconnecting_means_subscribing_again(
    sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver, grant: Grant
) -> None:
    by_oauth(sandbox, grant)
    again = Grant(sandbox, hooks, receiver)
    assert again.id != grant.id
    with partner.client(sandbox, again.tokens["access_token"]) as api:
        assert len(hooks.subscribed(api)) == 2


def test_other_connections_hear_of_it_and_stay(
    sandbox: RunningSandbox, hooks: Hooks, receiver: Receiver, grant: Grant
) -> None:
    ours = hooks.subscribe(f"{receiver.url}/key", "token.revoked")
    by_oauth(sandbox, grant)
    until(lambda: len(receiver.posted) == 2)
    assert {each.path for each in receiver.posted} == {"/key", "/grant"}
    assert hooks.subscribed() == [ours]


def test_a_deleted_key(hooks: Hooks, receiver: Receiver) -> None:
    hooks.subscribe(receiver.url, "token.revoked")
    connection_id = hooks.api.get("/v1/profile").json()["connectionId"]
    address = f"/_sandbox/organizations/{hooks.organization_id}/key"
    assert hooks.http.post(address, json={"enabled": False}).json() == {"enabled": False}
    until(lambda: receiver.posted)
    assert receiver.posted[0].event["resourceId"] == connection_id
    conforms(hooks.api.get("/v1/profile"), 401)
    assert hooks.http.post(address, json={"enabled": True}).json() == {"enabled": True}
    assert hooks.subscribed() == []
    assert hooks.http.post(address, json={"enabled": "ja"}).status_code == 400
