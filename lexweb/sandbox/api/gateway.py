"""What every API request goes through: route, token, pace, faults, resource (behaviour.md, chapters 1, 2)."""

from lexweb.sandbox import bodies, misbehave
from lexweb.sandbox.api import routes
from lexweb.sandbox.api.caller import Caller, identify
from lexweb.sandbox.faults import ON_THE_WAY, Fault
from lexweb.sandbox.journal import Entry
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, App, Call, Refused

METHODS = "GET HEAD POST PUT PATCH DELETE OPTIONS"
UNAUTHORIZED = bodies.gateway(401, "Unauthorized")
UNKNOWN_ROUTE = bodies.gateway(403, "Invalid key=value pair (missing equal-sign) in Authorization header.")
FORBIDDEN = bodies.gateway(403, "access_denied")
TOO_MANY = bodies.gateway(429, "Rate limit exceeded")
SEND_JSON = {"POST", "PUT"}


def mount(app: App, state: State) -> None:
    """Add everything under /v1."""
    app.route(METHODS, "/v1<rest:path>", lambda call, /, **parts: serve(state, call))


def serve(state: State, call: Call) -> Answer:
    """
    Answer one API request and note it in the journal.

    :raises Hangup: a fault ends the connection
    """
    entry = state.journal.open(call.method, call.path, call.query)
    answer = _checked(state, call, entry)
    entry.status = answer.status
    return answer


def _checked(state: State, call: Call, entry: Entry) -> Answer:
    found = routes.find(call.path)
    if found is None:
        return UNKNOWN_ROUTE
    actions, parts = found
    with state.lock:
        caller = identify(state, call.bearer)
        if caller is None:
            return UNAUTHORIZED
        entry.organization_id = caller.organization.id
        if not state.pace.take(caller.organization.id):
            return TOO_MANY
        fault = state.faults.take(ON_THE_WAY, call.method, call.path, caller.organization.id)
        if fault is None:
            return _handled(state, call, caller, actions, parts)
        entry.fault = fault.kind
        if fault.kind in {"expired_token", "revoked"}:
            return _locked_out(state, caller, fault)

    def handle() -> Answer:
        with state.lock:
            return _handled(state, call, caller, actions, parts)

    return misbehave.carry_out(fault, handle, state)


def _locked_out(state: State, caller: Caller, fault: Fault) -> Answer:
    (caller.expire if fault.kind == "expired_token" else caller.end)(state)
    state.changed()
    return UNAUTHORIZED


def _handled(
    state: State, call: Call, caller: Caller, actions: dict[str, routes.Action], parts: dict[str, str]
) -> Answer:
    action = actions.get(call.method)
    if action is None:
        return bodies.regular(405, call.path, f"Method {call.method} is not allowed", state.clock.stamp())
    if action.scope and action.scope not in caller.scopes:
        return FORBIDDEN
    if call.method in SEND_JSON and call.media_type != "application/json":
        return bodies.regular(415, call.path, "Content type must be application/json", state.clock.stamp())
    try:
        return action.handler(state, call, caller, **parts)
    except Refused as refusal:
        return refusal.answer
