"""The control plane under /_sandbox: not part of Lexware Office, not paced; ``local`` guards it, not a token."""

from typing import Any

from lexweb.sandbox import local
from lexweb.sandbox.contacts import writing
from lexweb.sandbox.contacts.book import Record
from lexweb.sandbox.control_accounts import ControlAccounts
from lexweb.sandbox.control_answers import bad, body
from lexweb.sandbox.control_webhooks import ControlWebhooks
from lexweb.sandbox.faults import Fault
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, App, Call, Handler, Refused, as_json


class Control:
    """Handlers over one state. Each holds the lock while it works."""

    def __init__(self, state: State) -> None:
        self._state = state

    def health(self, call: Call, /) -> Answer:
        """GET /_sandbox/health."""
        return as_json({"status": "ok"})

    def stats(self, call: Call, /) -> Answer:
        """GET /_sandbox/stats: how much there is."""
        with self._state.lock:
            every = self._state.organizations.values()
            counts = {
                "organizations": len(every),
                "contacts": sum(len(each.contacts) for each in every),
                "connections": len(self._state.grants.living()),
                "faults": len(self._state.faults.shown()),
            }
        return as_json(counts)

    def requests(self, call: Call, /) -> Answer:
        """GET or DELETE /_sandbox/requests: the journal."""
        if call.method == "DELETE":
            self._state.journal.clear()
            return Answer(204)
        return as_json(self._state.journal.shown())

    def faults(self, call: Call, /) -> Answer:
        """GET, POST or DELETE /_sandbox/faults."""
        with self._state.lock:
            if call.method == "GET":
                return as_json(self._state.faults.shown())
            if call.method == "DELETE":
                self._state.faults.clear()
                return Answer(204)
            return as_json(self._state.faults.add(_fault(body(call))).shown(), 201)

    def contact(self, call: Call, /, organization_id: str, contact_id: str) -> Answer:
        """GET the stored contact, or POST ``{"changes": …}`` (JSON merge patch) as another user."""
        with self._state.lock:
            organization, record = self._found(organization_id, contact_id)
            if call.method == "POST":
                record = self._edit(organization, record, body(call).get("changes", {}))
            return as_json(record.contact)

    def archive(self, call: Call, /, organization_id: str, contact_id: str) -> Answer:
        """POST: archive a contact; ``{"archived": false}`` takes it back."""
        with self._state.lock:
            organization, record = self._found(organization_id, contact_id)
            changes = {"archived": bool(body(call).get("archived", True))}
            return as_json(self._edit(organization, record, changes).contact)

    def clock(self, call: Call, /) -> Answer:
        """POST ``{"advance": seconds}``: let codes and tokens age."""
        seconds = body(call).get("advance", 0)
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            raise bad("advance must be a number of seconds")
        self._state.clock.advance(seconds)
        self._state.changed()
        return as_json({"now": self._state.clock.stamp()})

    def reset(self, call: Call, /) -> Answer:
        """POST: back to the seed."""
        self._state.reset()
        return Answer(204)

    def _edit(self, organization: Organization, record: Record, changes: object) -> Record:
        if not isinstance(changes, dict):
            raise bad("changes must be an object")
        try:
            record = writing.edit(organization.contacts, record, changes, now=self._state.clock.stamp())
        except ValueError as wrong:
            raise bad(str(wrong)) from wrong
        self._state.publish(organization, "contact.changed", record.contact["id"])
        return record

    def _found(self, organization_id: str, contact_id: str) -> tuple[Organization, Record]:
        organization = self._state.organizations.get(organization_id)
        record = organization.contacts.get(contact_id) if organization else None
        if organization is None or record is None:
            raise Refused(as_json({"message": "no such contact"}, 404))
        return organization, record


def mount(app: App, state: State) -> None:
    """Add everything under /_sandbox."""

    def route(methods: str, rule: str, handler: Handler) -> None:
        app.route(methods, f"/_sandbox{rule}", _local_only(handler))

    control, accounts, webhooks = Control(state), ControlAccounts(state), ControlWebhooks(state)
    route("GET", "/health", control.health)
    route("GET", "/stats", control.stats)
    route("GET", "/organizations", accounts.organizations)
    route("GET DELETE", "/requests", control.requests)
    route("GET POST DELETE", "/faults", control.faults)
    route("GET POST", "/contacts/<organization_id>/<contact_id>", control.contact)
    route("POST", "/organizations/<organization_id>/archive/<contact_id>", control.archive)
    route("POST", "/revoke/<organization_id>", accounts.revoke)
    route("POST", "/organizations/<organization_id>/features", accounts.features)
    route("POST", "/organizations/<organization_id>/key", accounts.key)
    route("GET POST", "/events", webhooks.events)
    route("GET", "/deliveries", webhooks.deliveries)
    route("GET", "/webhook-key", webhooks.key)
    route("POST", "/clock", control.clock)
    route("POST", "/reset", control.reset)


def _local_only(handler: Handler) -> Handler:
    def guarded(call: Call, /, **parts: str) -> Answer:
        if objection := local.objection(call):
            return as_json({"message": objection}, 403)
        return handler(call, **parts)

    return guarded


def _fault(body: dict[str, Any]) -> Fault:
    values = {("organization_id" if name == "organizationId" else name): value for name, value in body.items()}
    values.pop("id", None)
    try:
        return Fault(**values)
    except (TypeError, ValueError) as wrong:
        raise bad(str(wrong)) from wrong
