"""What survives the end of the process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from lexweb.sandbox import server
from tests.sandbox import partner
from tests.sandbox.webhooks.conftest import Hooks
from tests.sandbox.webhooks.receiver import Receiver, genuine
from tests.waiting import until


@contextmanager
def started(state: Path) -> Iterator[tuple[server.RunningSandbox, Hooks]]:
    with server.serve_in_thread(state=state) as sandbox:
        organization = sandbox.organizations()[0]
        with (
            httpx.Client(base_url=sandbox.url, verify=partner.TLS) as http,
            partner.client(sandbox, organization["apiKey"]) as api,
        ):
            yield sandbox, Hooks(api, http, organization["organizationId"])


def test_subscriptions_deliveries_and_key_are_kept(tmp_path: Path, receiver: Receiver) -> None:
    with started(tmp_path / "state.json") as (_, hooks):
        subscription_id = hooks.subscribe(receiver.url)
        receiver.status = 503
        hooks.fire()
        until(lambda: hooks.deliveries()[0]["attempts"])
        key = hooks.http.get("/_sandbox/webhook-key").content
    receiver.status = 200
    with started(tmp_path / "state.json") as (sandbox, hooks):
        assert hooks.subscribed() == [subscription_id]
        assert hooks.http.get("/_sandbox/webhook-key").content == key
        hooks.advance(10)
        until(lambda: hooks.deliveries()[0]["state"] == "delivered")
        assert [each["status"] for each in hooks.deliveries()[0]["attempts"]] == [503, 200]
        assert genuine(sandbox, receiver.posted[1])
    assert receiver.posted[0].body == receiver.posted[1].body
