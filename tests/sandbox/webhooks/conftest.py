"""A receiver, and a way to subscribe it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.contract.test_sandbox_contract import conforms
from tests.sandbox.webhooks.receiver import Receiver

EVENT = "contact.created"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as found:
        yield found


class Hooks:
    """What the tests say to the sandbox about webhooks."""

    def __init__(self, api: httpx.Client, http: httpx.Client, organization_id: str) -> None:
        self.api, self.http, self.organization_id = api, http, organization_id

    def subscribe(self, url: str, event_type: str = EVENT, api: httpx.Client | None = None) -> str:
        body = {"eventType": event_type, "callbackUrl": url}
        made = conforms((api or self.api).post("/v1/event-subscriptions", json=body), 201)
        return str(made["id"])

    def subscribed(self, api: httpx.Client | None = None) -> list[str]:
        content = conforms((api or self.api).get("/v1/event-subscriptions"), 200)["content"]
        return [each["subscriptionId"] for each in content]

    def fire(self, event_type: str = EVENT, **more: Any) -> None:
        body = {"organizationId": self.organization_id, "eventType": event_type, **more}
        assert self.http.post("/_sandbox/events", json=body).status_code == 201

    def advance(self, seconds: float) -> None:
        self.http.post("/_sandbox/clock", json={"advance": seconds})

    def deliveries(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.http.get("/_sandbox/deliveries").json()
        return found


@pytest.fixture
def hooks(api: httpx.Client, http: httpx.Client, brandt: dict[str, Any]) -> Hooks:
    return Hooks(api, http, brandt["organizationId"])
