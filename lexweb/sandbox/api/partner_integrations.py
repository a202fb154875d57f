"""The partner-integrations resource (OAuth and the Partner API, chapter 5): one record for each connection."""

from lexweb.sandbox.api import conflicts, refusals
from lexweb.sandbox.api.actions import Action, Routes
from lexweb.sandbox.api.caller import Caller
from lexweb.sandbox.clock import stamp
from lexweb.sandbox.findings import missing
from lexweb.sandbox.shaping import Shaper, integer, members, text
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, Json, as_json

KIND = "partner-integrations"
SHAPED: dict[str, Shaper] = {"status": text, "version": integer}
SHAPE = members(SHAPED, keep_empty=True)


def read(state: State, call: Call, caller: Caller, /) -> Answer:
    """GET /v1/partner-integrations: OAUTH_CONNECTED until it is set to something else."""
    return as_json(_shown(_record(caller)))


def update(state: State, call: Call, caller: Caller, /) -> Answer:
    """PUT /v1/partner-integrations: any status, they are agreed for each partner; 409 for a stale version."""
    draft, shelf = refusals.draft(state, call, SHAPE), caller.organization.shelf(KIND)
    record = conflicts.edited(state, call, caller, shelf, _record(caller), None, member="status")
    refusals.check(state, call, (missing(name) for name in SHAPED if name not in draft))
    refusals.check_version(state, call, draft["version"], record, "version")
    record = shelf.put(record.changed({"status": draft["status"]}, state.clock.stamp()))
    state.changed()
    return as_json(_shown(record))


def _record(caller: Caller) -> Record:
    stored = caller.organization.shelf(KIND).get(caller.connection_id)
    if stored:
        return stored
    connected = stamp(caller.connected or 0.0)
    head = {"id": caller.connection_id, "organizationId": caller.organization.id}
    dates = {"createdDate": connected, "updatedDate": connected}
    return Record(head | dates | {"version": 0, "status": "OAUTH_CONNECTED"})


def _shown(record: Record) -> Json:
    return {name: value for name, value in record.document.items() if name != "id"}


ROUTES: Routes = {
    "/v1/partner-integrations": {"GET": Action(read, partner=True), "PUT": Action(update, partner=True)},
}
