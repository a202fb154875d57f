"""One connected client whose events reach lexweb over real HTTP."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.test import Client as Browser
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from lexweb.clients.models import Connection
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync import webhook_key
from lexweb.sync.models import Hook
from tests import cast as casting
from tests.cast import Cast
from tests.sync.webhooks.told import Told


@pytest.fixture(autouse=True)
def _no_key_yet() -> Iterator[None]:
    """A process that has not needed the key so far."""
    webhook_key._key.cache_clear()
    yield
    webhook_key._key.cache_clear()


@pytest.fixture
def hook(cast: Cast, lexware: RunningSandbox) -> Hook:
    """The hook of the joinery."""
    connection = casting.connect(cast.client, lexware, by=cast.klaus)
    return Hook.objects.select_related("connection").get(connection=connection)


class Messenger:
    """Brings events to lexweb as Lexware Office does, without a network in between."""

    def __init__(self, sandbox: RunningSandbox, hook: Hook) -> None:
        self.sandbox, self.hook = sandbox, hook
        self.browser = Browser(headers={"accept-language": "en"}, enforce_csrf_checks=True)

    @property
    def address(self) -> str:
        return f"/webhooks/{self.hook.key}/"

    def event(self, event_type: str = "contact.changed", at: datetime | None = None, **other: Any) -> dict[str, Any]:
        """An event of the hook's organization."""
        return {
            "organizationId": str(self.hook.connection.organization_id),
            "eventType": event_type,
            "resourceId": str(uuid4()),
            "eventDate": (at or timezone.now()).isoformat(timespec="milliseconds"),
        } | other

    def bring(self, event: dict[str, Any] | bytes, *, address: str = "", signature: str | None = None) -> int:
        """Post an event, signed if no signature is given; return the status."""
        body = event if isinstance(event, bytes) else json.dumps(event, separators=(",", ":")).encode()
        signature = self.sandbox.state.webhooks.signer.signature(body) if signature is None else signature
        headers = {"X-Lxo-Signature": signature} if signature else {}
        return self.browser.post(
            address or self.address, body, content_type="application/json", headers=headers
        ).status_code


@pytest.fixture
def messenger(lexware: RunningSandbox, hook: Hook) -> Messenger:
    return Messenger(lexware, hook)


@pytest.fixture
def reachable(transactional_db: None, live_server: LiveServer, settings: LazySettings) -> str:
    """lexweb on a port, where the sandbox reaches it."""
    settings.PUBLIC_URL = live_server.url
    return live_server.url


@pytest.fixture
def connected(reachable: str, cast: Cast, lexware: RunningSandbox) -> Connection:
    """A connection at a lexweb that can be reached; nothing is subscribed yet."""
    return casting.connect(cast.client, lexware, by=cast.klaus)


@pytest.fixture
def told(connected: Connection, lexware: RunningSandbox) -> Told:
    """The same, subscribed to everything."""
    found = Told(connected, lexware)
    found.find_subscribed()
    return found
