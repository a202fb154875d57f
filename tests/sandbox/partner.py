"""A minimal API and OAuth client, so that the tests depend on no other part of lexweb."""

import ssl
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from lexweb.sandbox import options, server

# The pair from the vendor's page.
VERIFIER = (
    "oJdaNUDOIK3xpqlkZ79Sa3dLWst2rF5F8EXQVrqWfzckNOPBC67SzNffeTTb54jSpfuSAnawxLgddxbIqXh4APOrKYqhI8W5fXtIytVSgjLlrnMn0"
    "AUB5h2O6VD1sTDJ"
)
CHALLENGE = "9s_XWOy5h9KO8CQCqzRKr3WEntoEJepUZS9d1IYh_uo"
REDIRECT = options.REDIRECT_URIS[0]
TLS = ssl.create_default_context()  # made once: httpx would make one for each client, 30 ms every time
BASIC = (options.CLIENT_ID, options.CLIENT_SECRET)
PATIENCE = 60  # seconds: a busy machine stands still for a moment now and then


def address(sandbox: server.RunningSandbox, **changes: str | None) -> str:
    """An authorization address; a change to None leaves the parameter out."""
    query: dict[str, str | None] = {
        "client_id": options.CLIENT_ID,
        "redirect_uri": REDIRECT,
        "response_type": "code",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "state": "a b&c=d/é",
        "connection_name": "Kanzlei Müller (Buchhaltung)",
        **changes,
    }
    given = {name: value for name, value in query.items() if value is not None}
    return f"{sandbox.url}/oauth2/authorize?{urlencode(given)}"


def code(sandbox: server.RunningSandbox, organization: dict[str, Any], **changes: str | None) -> str:
    location = sandbox.consent(address(sandbox, **changes), organization["organizationId"])
    return query(location)["code"]


def query(location: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def exchange(sandbox: server.RunningSandbox, given: str, **changes: str) -> httpx.Response:
    form = {
        "grant_type": "authorization_code",
        "code": given,
        "redirect_uri": REDIRECT,
        "code_verifier": VERIFIER,
        **changes,
    }
    return httpx.post(f"{sandbox.url}/oauth2/token", data=form, auth=BASIC, verify=TLS, timeout=PATIENCE)


def refresh(sandbox: server.RunningSandbox, refresh_token: str) -> httpx.Response:
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    return httpx.post(f"{sandbox.url}/oauth2/token", data=form, auth=BASIC, verify=TLS, timeout=PATIENCE)


def connect(sandbox: server.RunningSandbox, organization: dict[str, Any], **changes: str | None) -> dict[str, Any]:
    """The tokens of a new connection."""
    tokens: dict[str, Any] = exchange(sandbox, code(sandbox, organization, **changes)).raise_for_status().json()
    return tokens


def profile(sandbox: server.RunningSandbox, access_token: str) -> httpx.Response:
    with client(sandbox, access_token) as api:
        return api.get("/v1/profile")


def client(sandbox: server.RunningSandbox, token: str) -> httpx.Client:
    """Calls the API with an API key or access token."""
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=sandbox.url, headers=headers, timeout=PATIENCE, verify=TLS)
