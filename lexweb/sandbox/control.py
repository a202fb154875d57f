"""The control plane under /_sandbox: not part of Lexware Office, not paced, without authorization."""

from typing import Any

from lexweb.sandbox.contacts import writing
from lexweb.sandbox.contacts.book import Record
from lexweb.sandbox.faults import Fault
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, App, Call, Refused, as_json


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

    def organizations(self, call: Call, /) -> Answer:
        """GET /_sandbox/organizations: accounts with everything needed to log in or call."""
        return as_json(listed(self._state))

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
            return as_json(self._state.faults.add(_fault(_body(call))).shown(), 201)

    def contact(self, call: Call, /, organization_id: str, contact_id: str) -> Answer:
        """GET the stored contact, or POST ``{"changes": …}`` (JSON merge patch) as another user."""
        with self._state.lock:
            organization, record = self._found(organization_id, contact_id)
            if call.method == "POST":
                record = self._edit(organization, record, _body(call).get("changes", {}))
            return as_json(record.contact)

    def archive(self, call: Call, /, organization_id: str, contact_id: str) -> Answer:
        """POST: archive a contact; ``{"archived": false}`` takes it back."""
        with self._state.lock:
            organization, record = self._found(organization_id, contact_id)
            changes = {"archived": bool(_body(call).get("archived", True))}
            return as_json(self._edit(organization, record, changes).contact)

    def revoke(self, call: Call, /, organization_id: str) -> Answer:
        """POST: end all OAuth connections of an organization, as its user could; says how many."""
        with self._state.lock:
            ours = [each for each in self._state.grants.living() if each.organization_id == organization_id]
            for connection in ours:
                self._state.grants.end(connection.id)
            self._state.changed()
        return as_json({"revoked": len(ours)})

    def clock(self, call: Call, /) -> Answer:
        """POST ``{"advance": seconds}``: let codes and tokens age."""
        seconds = _body(call).get("advance", 0)
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            raise _bad("advance must be a number of seconds")
        self._state.clock.advance(seconds)
        return as_json({"now": self._state.clock.stamp()})

    def reset(self, call: Call, /) -> Answer:
        """POST: back to the seed."""
        self._state.reset()
        return Answer(204)

    def _edit(self, organization: Organization, record: Record, changes: object) -> Record:
        if not isinstance(changes, dict):
            raise _bad("changes must be an object")
        try:
            record = writing.edit(organization.contacts, record, changes, now=self._state.clock.stamp())
        except ValueError as wrong:
            raise _bad(str(wrong)) from wrong
        self._state.changed()
        return record

    def _found(self, organization_id: str, contact_id: str) -> tuple[Organization, Record]:
        organization = self._state.organizations.get(organization_id)
        record = organization.contacts.get(contact_id) if organization else None
        if organization is None or record is None:
            raise Refused(as_json({"message": "no such contact"}, 404))
        return organization, record


def mount(app: App, state: State) -> None:
    """Add everything under /_sandbox."""
    control = Control(state)
    app.route("GET", "/_sandbox/health", control.health)
    app.route("GET", "/_sandbox/stats", control.stats)
    app.route("GET", "/_sandbox/organizations", control.organizations)
    app.route("GET DELETE", "/_sandbox/requests", control.requests)
    app.route("GET POST DELETE", "/_sandbox/faults", control.faults)
    app.route("GET POST", "/_sandbox/contacts/<organization_id>/<contact_id>", control.contact)
    app.route("POST", "/_sandbox/organizations/<organization_id>/archive/<contact_id>", control.archive)
    app.route("POST", "/_sandbox/revoke/<organization_id>", control.revoke)
    app.route("POST", "/_sandbox/clock", control.clock)
    app.route("POST", "/_sandbox/reset", control.reset)


def listed(state: State) -> list[dict[str, Any]]:
    """All organizations with key, login and number of contacts, in the order of the seed."""
    with state.lock:
        return [
            {
                "organizationId": each.id,
                "companyName": each.company_name,
                "trade": each.trade,
                "apiKey": each.api_key,
                "email": each.email,
                "password": each.password,
                "userName": each.user_name,
                "taxType": each.tax_type,
                "smallBusiness": each.small_business,
                "businessFeatures": each.business_features,
                "contacts": len(each.contacts),
            }
            for each in state.organizations.values()
        ]


def _fault(body: dict[str, Any]) -> Fault:
    values = {("organization_id" if name == "organizationId" else name): value for name, value in body.items()}
    values.pop("id", None)
    try:
        return Fault(**values)
    except (TypeError, ValueError) as wrong:
        raise _bad(str(wrong)) from wrong


def _body(call: Call) -> dict[str, Any]:
    try:
        body = call.json() if call.body else {}
    except ValueError as broken:
        raise _bad("the body is not JSON") from broken
    if not isinstance(body, dict):
        raise _bad("the body is not a JSON object")
    return body


def _bad(message: str) -> Refused:
    return Refused(as_json({"message": message}, 400))
