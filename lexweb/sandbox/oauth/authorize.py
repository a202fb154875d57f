"""GET and POST /oauth2/authorize: log in, agree, go back with a code. Works without JavaScript."""

import hmac
import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from lexweb.sandbox.oauth import scopes
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, App, Call, Refused, as_page, redirect

COOKIE = "lexware_sandbox_login"
NAME = re.compile(r'[/?äöüÄÖÜßa-zA-Z0-9.\-{}"_\\:=,()\s]*')  # partner contract, connection_name
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # base64url of 32 bytes


@dataclass(frozen=True)
class Wish:
    """A valid authorization request."""

    redirect_uri: str
    state: str | None
    challenge: str
    scopes: list[str]
    name: str

    def back(self, **values: str) -> str:
        """The client's address with these values and the unchanged state."""
        return _back(self.redirect_uri, self.state, **values)


def mount(app: App, state: State) -> None:
    """Add the addresses."""
    app.route("GET POST", "/oauth2/authorize", lambda call, /: _serve(state, call))


def _serve(state: State, call: Call) -> Answer:
    entry = state.journal.open(call.method, call.path, call.query)
    try:
        with state.lock:
            wish = read(state, call.params)
            organization = _logged_in(state, call)
            entry.organization_id = organization.id if organization else None
            answer = _page(state, wish, organization) if call.method == "GET" else _act(state, call, wish, organization)
    except Refused as refusal:
        answer = refusal.answer
    entry.status = answer.status
    return answer


def read(state: State, params: dict[str, str]) -> Wish:
    """
    Check the parameters. Without a known client and redirect URI nobody may be redirected, so these end on a
    page; all other mistakes go back to the client (RFC 6749, chapter 4.1.2.1).

    :raises Refused: with the page or the redirect
    """
    uri, client_state = params.get("redirect_uri", ""), params.get("state")
    if params.get("client_id") != state.options.client_id:
        raise Refused(_error_page("Diese Anwendung ist nicht bekannt (client_id)."))
    if uri not in state.options.redirect_uris:
        raise Refused(_error_page("Diese Rücksprungadresse ist für die Anwendung nicht hinterlegt (redirect_uri)."))
    wanted = params.get("scope", "").split() or list(scopes.ALL)
    mistake = _mistake(params, wanted)
    if mistake:
        error, description = mistake
        raise Refused(redirect(_back(uri, client_state, error=error, error_description=description), status=302))
    return Wish(uri, client_state, params["code_challenge"], wanted, params.get("connection_name", ""))


def _mistake(params: dict[str, str], wanted: list[str]) -> tuple[str, str] | None:
    if params.get("response_type") != "code":
        return "unsupported_response_type", "response_type must be code"
    if params.get("code_challenge_method") != "S256":
        return "invalid_request", "code_challenge_method must be S256"
    if not CHALLENGE.fullmatch(params.get("code_challenge", "")):
        return "invalid_request", "code_challenge is missing or malformed"
    if not NAME.fullmatch(params.get("connection_name", "")):
        return "invalid_request", "connection_name holds characters that are not allowed"
    if unknown := sorted(set(wanted) - set(scopes.ALL)):
        return "invalid_scope", f"unknown scope {' '.join(unknown)}"
    return None


def _page(state: State, wish: Wish, organization: Organization | None, error: str = "") -> Answer:
    if organization is None:
        every = sorted(state.organizations.values(), key=lambda each: each.company_name)
        return as_page("login", 403 if error else 200, organizations=every, error=error)
    labels = [scopes.LABELS.get(scope, scope) for scope in wish.scopes]
    return as_page("consent", organization=organization, wish=wish, labels=labels)


def _act(state: State, call: Call, wish: Wish, organization: Organization | None) -> Answer:
    """What a button of the two pages does; all of them post to the address they were shown at."""
    here, action = f"{call.path}?{call.query}", call.form.get("action", "login")
    if action == "switch":
        state.logins.pop(call.cookie(COOKIE) or "", None)
        return redirect(here, cookie=f"{COOKIE}=; Path=/; Max-Age=0")
    if action in {"login", "login_as"}:
        found = _find(state, call.form)
        if found is None:
            return _page(state, wish, None, "E-Mail-Adresse oder Passwort stimmt nicht.")
        cookie = secrets.token_urlsafe(32)
        state.logins[cookie] = found.id
        return redirect(here, cookie=f"{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Lax")
    if organization is None or action not in {"allow", "deny"}:
        return redirect(here)
    if action == "deny":
        return redirect(wish.back(error="access_denied", error_description="the user refused"), status=302)
    return redirect(wish.back(code=_agree(state, wish, organization)), status=302)


def _agree(state: State, wish: Wish, organization: Organization) -> str:
    code = state.grants.agree(
        organization_id=organization.id,
        redirect_uri=wish.redirect_uri,
        challenge=wish.challenge,
        name=wish.name,
        scopes=wish.scopes,
    )
    state.changed()
    return code


def _find(state: State, form: dict[str, str]) -> Organization | None:
    """Whom the login form means: one click on a demo account, or e-mail address and password."""
    if form.get("action") == "login_as":
        return state.organizations.get(form.get("organizationId", ""))
    email, password = form.get("email", "").strip().lower(), form.get("password", "")
    for each in state.organizations.values():
        if each.email == email and hmac.compare_digest(each.password.encode(), password.encode()):
            return each
    return None


def _logged_in(state: State, call: Call) -> Organization | None:
    return state.organizations.get(state.logins.get(call.cookie(COOKIE) or "", ""))


def _back(uri: str, state: str | None, **values: str) -> str:
    query = urlencode(values | ({} if state is None else {"state": state}))
    return f"{uri}{'&' if '?' in uri else '?'}{query}"


def _error_page(message: str) -> Answer:
    return as_page("error", 400, title="Verbindung nicht möglich", message=message)
