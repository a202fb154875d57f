"""The control plane for webhooks: what happened, what was sent of it, and events by hand."""

import uuid
from typing import Any

from lexweb.sandbox.control_answers import bad, body, organization
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, as_json
from lexweb.sandbox.webhooks.public_key import pem
from lexweb.sandbox.webhooks.subscriptions import EVENT_TYPES

MOST = 100_000  # events in one request


class ControlWebhooks:
    """Handlers over one state."""

    def __init__(self, state: State) -> None:
        self._state = state

    def events(self, call: Call, /) -> Answer:
        """GET /_sandbox/events: the last 2,000, oldest first; POST: see ``_publish``."""
        with self._state.lock:
            if call.method == "GET":
                return as_json([event.payload() for event in self._state.events.shown()])
            return self._publish(body(call))

    def deliveries(self, call: Call, /) -> Answer:
        """GET /_sandbox/deliveries: the last 2,000 with all attempts and the next try, oldest first."""
        return as_json(self._state.webhooks.shown())

    def key(self, call: Call, /) -> Answer:
        """GET /_sandbox/webhook-key: the public key as PEM."""
        return pem(self._state, call)

    def _publish(self, wanted: dict[str, Any]) -> Answer:
        """
        Let something happen: ``{"organizationId", "eventType", "resourceId", "count", "forged"}``.

        Without a resourceId each event is about a new one. ``forged`` events carry a signature that is wrong.
        """
        found, event_type = organization(self._state, str(wanted.get("organizationId"))), wanted.get("eventType")
        count, forged = wanted.get("count", 1), wanted.get("forged", False)
        if event_type not in EVENT_TYPES:
            raise bad(f"eventType must be one of {', '.join(sorted(EVENT_TYPES))}")
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MOST:
            raise bad(f"count must be a number from 1 to {MOST}")
        if not isinstance(forged, bool):
            raise bad("forged must be true or false")
        for _ in range(count):
            resource_id = str(wanted.get("resourceId") or uuid.uuid4())
            self._state.publish(found, event_type, resource_id, forged=forged)
        return as_json({"published": count}, 201)
