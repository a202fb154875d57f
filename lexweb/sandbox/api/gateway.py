"""What every API request goes through: route, token, pace, faults, resource (behaviour.md, chapters 1, 2)."""

from contextlib import nullcontext
from dataclasses import replace

from lexweb.sandbox import bodies, misbehave
from lexweb.sandbox.api import routes
from lexweb.sandbox.api.actions import Action
from lexweb.sandbox.api.caller import Caller, identify
from lexweb.sandbox.faults import ON_THE_WAY, Fault
from lexweb.sandbox.journal import Entry
from lexweb.sandbox.state import WITNESSES, State
from lexweb.sandbox.web import Answer, App, Call, Refused

METHODS = "GET HEAD POST PUT PATCH DELETE OPTIONS"
UNAUTHORIZED = bodies.gateway(401, "Unauthorized")
UNKNOWN_ROUTE = bodies.gateway(403, "Invalid key=value pair (missing equal-sign) in Authorization header.")
FORBIDDEN = bodies.gateway(403, "access_denied")
NOT_BOOKED = bodies.gateway(402, "Payment required")
TOO_MANY = bodies.gateway(429, "Rate limit exceeded")
SENDING = {"POST", "PUT"}


def mount(app: App, state: State) -> None:
    """Add everything under /v1."""
    app.route(METHODS, "/v1<rest:path>", lambda call, /, **parts: serve(state, call))


def serve(state: State, call: Call) -> Answer:
    """
    Answer one API request and note it in the journal.

    :raises Hangup: a fault ends the connection
    """
    entry = state.journal.open(call.method, call.path, call.query)
    if call.method == "HEAD":  # every server answers it where it answers GET (RFC 9110, 9.1); the body stays behind
        call = replace(call, method="GET")
    answer = _checked(state, call, entry)
    entry.status = answer.status
    for witness in WITNESSES:
        witness(call, answer, entry)
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
        entry.fault = fault.kind if fault else None
        if fault and fault.kind in {"expired_token", "revoked"}:
            return _locked_out(state, caller, fault)

    def handle() -> Answer:
        return _handled(state, call, caller, actions, parts)

    return misbehave.carry_out(fault, handle, state) if fault else handle()


def _locked_out(state: State, caller: Caller, fault: Fault) -> Answer:
    (caller.expire if fault.kind == "expired_token" else caller.end)(state)
    state.changed()
    return UNAUTHORIZED


def _handled(state: State, call: Call, caller: Caller, actions: dict[str, Action], parts: dict[str, str]) -> Answer:
    action = actions.get(call.method)
    if action is None:
        return bodies.regular(405, call.path, f"Method {call.method} is not allowed", state.clock.stamp())
    if refusal := _not_for(caller, action):
        return refusal
    wanted = action.media_type
    if call.method in SENDING and wanted and call.media_type != wanted:
        message = f"Content type must be {wanted}"
        return bodies.regular(415, call.path, message, state.clock.stamp())
    with nullcontext() if action.unlocked else state.lock:
        try:
            return action.handler(state, call, caller, **parts)
        except Refused as refused:
            return refused.answer


def _not_for(caller: Caller, action: Action) -> Answer | None:
    """Why the caller may not: the tier, the scopes, the contract, in this order."""
    if action.partner and caller.grant_id is None:
        return FORBIDDEN
    if not action.scopes <= caller.scopes or (action.any_scope and caller.scopes.isdisjoint(action.any_scope)):
        return FORBIDDEN
    if action.feature and action.feature not in caller.organization.business_features:
        return NOT_BOOKED
    return None
