"""POST /oauth2/token and /oauth2/revoke (OAuth and the Partner API, chapter 2)."""

import hmac
from collections.abc import Callable
from urllib.parse import unquote_plus

from lexweb.sandbox import bodies, misbehave
from lexweb.sandbox.faults import ON_THE_WAY
from lexweb.sandbox.journal import Entry
from lexweb.sandbox.oauth.grants import ACCESS_LIFETIME, Connection, InvalidGrant
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, App, Call, Refused, as_json

FORM = "application/x-www-form-urlencoded"
Endpoint = Callable[[State, dict[str, str]], Answer]


def mount(app: App, state: State) -> None:
    """Add the addresses."""
    app.route("POST", "/oauth2/token", lambda call, /: _serve(state, call, _token))
    app.route("POST", "/oauth2/revoke", lambda call, /: _serve(state, call, _revoke))


def error(name: str, description: str, status: int = 400) -> Refused:
    """An OAuth error, RFC 6749, chapter 5.2."""
    headers = {"Cache_Control": "no-store"} | ({"WWW_Authenticate": "Basic"} if status == 401 else {})
    return Refused(as_json({"error": name, "error_description": description}, status, **headers))


def _serve(state: State, call: Call, endpoint: Endpoint) -> Answer:
    entry = state.journal.open(call.method, call.path, call.query)
    try:
        answer = _paced(state, call, endpoint, entry)
    except Refused as refusal:
        answer = refusal.answer
    entry.status = answer.status
    return answer


def _paced(state: State, call: Call, endpoint: Endpoint, entry: Entry) -> Answer:
    def handle() -> Answer:
        with state.lock:
            try:
                return endpoint(state, call.form)
            except Refused as refusal:
                return refusal.answer
            finally:
                state.changed()

    with state.lock:
        if not state.oauth_pace.take(state.options.client_id):
            return bodies.gateway(429, "Rate limit exceeded")
        _authenticate(state, call)
        if call.media_type != FORM:
            raise error("invalid_request", f"the body must be {FORM}")
        connection_id, entry.organization_id = _concerned(state, call.form)
        fault = state.faults.take(ON_THE_WAY, call.method, call.path, entry.organization_id)
        if fault is None:
            return handle()
        entry.fault = fault.kind
        if fault.kind in {"revoked", "expired_token"}:
            getattr(state.grants, {"revoked": "end", "expired_token": "expire"}[fault.kind])(connection_id)
            return handle()
    return misbehave.carry_out(fault, handle, state)


def _authenticate(state: State, call: Call) -> None:
    user, password = call.basic or ("", "")
    right_user = hmac.compare_digest(unquote_plus(user).encode(), state.options.client_id.encode())
    right_password = hmac.compare_digest(unquote_plus(password).encode(), state.options.client_secret.encode())
    if not (right_user and right_password):
        raise error("invalid_client", "client authentication failed", 401)


def _concerned(state: State, form: dict[str, str]) -> tuple[str | None, str | None]:
    """Connection and organization a request is about, for faults that wait for one organization."""
    for token in (form.get("refresh_token", ""), form.get("token", "")):
        if connection := state.grants.of_refresh_token(token) or state.grants.of_access_token(token):
            return connection.id, connection.organization_id
    code = state.grants.of_code(form.get("code", ""))
    return (code.connection_id, code.organization_id) if code else (None, None)


def _token(state: State, form: dict[str, str]) -> Answer:
    grants = {"authorization_code": _exchange, "refresh_token": _refresh}
    kind = _required(form, "grant_type")
    if kind not in grants:
        raise error("unsupported_grant_type", f"grant_type {kind!r} is not supported")
    try:
        connection = grants[kind](state, form)
    except InvalidGrant as invalid:
        raise error("invalid_grant", str(invalid)) from invalid
    tokens = {
        "access_token": connection.access_token,
        "token_type": "Bearer",
        "expires_in": ACCESS_LIFETIME,
        "refresh_token": connection.refresh_token,
        "scope": " ".join(connection.scopes),
    }
    return as_json(tokens, Cache_Control="no-store")


def _exchange(state: State, form: dict[str, str]) -> Connection:
    code = _required(form, "code")
    # A missing redirect URI or verifier is a mismatch like any other: it uses up the code.
    uri, verifier = form.get("redirect_uri", ""), form.get("code_verifier", "")
    return state.grants.exchange(code, redirect_uri=uri, verifier=verifier)


def _refresh(state: State, form: dict[str, str]) -> Connection:
    return state.grants.refresh(_required(form, "refresh_token"))


def _revoke(state: State, form: dict[str, str]) -> Answer:
    state.grants.revoke(_required(form, "token"))
    return Answer(200)


def _required(form: dict[str, str], name: str) -> str:
    value = form.get(name)
    if not value:
        raise error("invalid_request", f"{name} is missing")
    return value
