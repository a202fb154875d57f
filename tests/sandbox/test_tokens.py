"""The token and revocation endpoints."""

from typing import Any

import httpx
import pytest

from lexweb.sandbox import server
from lexweb.sandbox.server import RunningSandbox
from tests.contract import schema
from tests.sandbox import partner

TOKEN = "/oauth2/token"


def test_code_becomes_a_working_connection(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    tokens = partner.connect(sandbox, brandt)
    assert schema.violations("POST", TOKEN, 200, tokens) == []
    assert tokens["expires_in"] == 14_399
    assert tokens["token_type"] == "Bearer"
    assert 300 < len(tokens["access_token"]) <= 4096
    assert tokens["access_token"].count(".") == 2
    assert len(tokens["refresh_token"]) == 128
    assert "contacts.write" in tokens["scope"].split()
    profile = partner.profile(sandbox, tokens["access_token"]).json()
    assert profile["organizationId"] == brandt["organizationId"]


def test_each_authorization_is_a_connection_of_its_own(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    first, second = (partner.connect(sandbox, brandt)["access_token"] for _ in range(2))
    ids = {partner.profile(sandbox, token).json()["connectionId"] for token in (first, second, brandt["apiKey"])}
    assert len(ids) == 3


def test_connection_survives_a_refresh(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    old = partner.connect(sandbox, brandt)
    before = partner.profile(sandbox, old["access_token"]).json()
    new = partner.refresh(sandbox, old["refresh_token"]).json()
    assert partner.profile(sandbox, new["access_token"]).json() == before
    assert partner.profile(sandbox, old["access_token"]).status_code == 401


def test_refresh_token_works_once(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    old = partner.connect(sandbox, brandt)
    new = partner.refresh(sandbox, old["refresh_token"]).json()
    again = partner.refresh(sandbox, old["refresh_token"])
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert schema.violations("POST", TOKEN, 400, again.json()) == []
    # Reuse detection is not documented: the connection goes on.
    assert partner.refresh(sandbox, new["refresh_token"]).status_code == 200


def test_second_use_of_a_code_ends_the_connection(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    code = partner.code(sandbox, brandt)
    tokens = partner.exchange(sandbox, code).json()
    again = partner.exchange(sandbox, code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert partner.profile(sandbox, tokens["access_token"]).status_code == 401
    assert partner.refresh(sandbox, tokens["refresh_token"]).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "changes", [{"code_verifier": "falsch"}, {"code_verifier": ""}, {"redirect_uri": partner.REDIRECT[:-1]}]
)
def test_failed_exchange_uses_up_the_code(
    sandbox: RunningSandbox, brandt: dict[str, Any], changes: dict[str, str]
) -> None:
    code = partner.code(sandbox, brandt)
    assert partner.exchange(sandbox, code, **changes).json()["error"] == "invalid_grant"
    assert partner.exchange(sandbox, code).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(("seconds", "status"), [(299, 200), (301, 400)])
def test_code_lives_five_minutes(sandbox: RunningSandbox, brandt: dict[str, Any], seconds: int, status: int) -> None:
    code = partner.code(sandbox, brandt)
    sandbox.state.clock.advance(seconds)
    assert partner.exchange(sandbox, code).status_code == status


def test_access_token_expires_after_four_hours_and_can_be_renewed(
    sandbox: RunningSandbox, brandt: dict[str, Any]
) -> None:
    tokens = partner.connect(sandbox, brandt)
    sandbox.state.clock.advance(14_390)
    assert partner.profile(sandbox, tokens["access_token"]).status_code == 200
    sandbox.state.clock.advance(20)
    assert partner.profile(sandbox, tokens["access_token"]).status_code == 401
    renewed = partner.refresh(sandbox, tokens["refresh_token"]).json()
    assert partner.profile(sandbox, renewed["access_token"]).status_code == 200


def test_authorization_ends_after_two_years(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    tokens = partner.connect(sandbox, brandt)
    sandbox.state.clock.advance(2 * 365 * 86_400 + 60)
    assert partner.refresh(sandbox, tokens["refresh_token"]).json()["error"] == "invalid_grant"


@pytest.mark.parametrize("auth", [None, ("fremd", "sandbox-secret"), (partner.BASIC[0], "falsch")])
@pytest.mark.parametrize("path", [TOKEN, "/oauth2/revoke"])
def test_client_has_to_authenticate(http: httpx.Client, auth: tuple[str, str] | None, path: str) -> None:
    # The secret in the body, as some clients send it, does not count.
    body = {
        "grant_type": "refresh_token",
        "refresh_token": "x",
        "token": "x",
        "client_secret": partner.BASIC[1],
    }
    answer = http.post(path, data=body, auth=auth) if auth else http.post(path, data=body)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert schema.violations("POST", TOKEN, 401, answer.json()) == []


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "authorization_code"}, "invalid_request"),
        ({"grant_type": "authorization_code", "code": "unbekannt"}, "invalid_grant"),
        ({"grant_type": "refresh_token"}, "invalid_request"),
        ({"grant_type": "refresh_token", "refresh_token": "unbekannt"}, "invalid_grant"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
    ],
)
def test_bad_token_requests(http: httpx.Client, form: dict[str, str], error: str) -> None:
    answer = http.post(TOKEN, data={**form, "more": "1"}, auth=partner.BASIC)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert answer.json()["error_description"]


def test_json_is_not_a_form(http: httpx.Client) -> None:
    answer = http.post(TOKEN, json={"grant_type": "refresh_token"}, auth=partner.BASIC)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_revoking_the_refresh_token_ends_everything(
    sandbox: RunningSandbox, http: httpx.Client, brandt: dict[str, Any]
) -> None:
    tokens = partner.connect(sandbox, brandt)
    answer = http.post("/oauth2/revoke", data={"token": tokens["refresh_token"]}, auth=partner.BASIC)
    assert answer.status_code == 200
    assert partner.profile(sandbox, tokens["access_token"]).status_code == 401
    assert partner.refresh(sandbox, tokens["refresh_token"]).status_code == 400


def test_revoking_the_access_token_leaves_the_refresh_token(
    sandbox: RunningSandbox, http: httpx.Client, brandt: dict[str, Any]
) -> None:
    tokens = partner.connect(sandbox, brandt)
    http.post("/oauth2/revoke", data={"token": tokens["access_token"]}, auth=partner.BASIC)
    assert partner.profile(sandbox, tokens["access_token"]).status_code == 401
    assert partner.refresh(sandbox, tokens["refresh_token"]).status_code == 200


def test_revoking_an_unknown_token_succeeds(http: httpx.Client) -> None:
    assert http.post("/oauth2/revoke", data={"token": "unbekannt"}, auth=partner.BASIC).status_code == 200


def test_narrow_scope_forbids_the_rest(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    tokens = partner.connect(sandbox, brandt, scope="contacts.read")
    assert tokens["scope"] == "contacts.read"
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert httpx.get(f"{sandbox.url}/v1/contacts", headers=headers).status_code == 200
    assert httpx.get(f"{sandbox.url}/v1/countries", headers=headers).status_code == 200
    assert httpx.get(f"{sandbox.url}/v1/profile", headers=headers).status_code == 403
    body = schema.sample("contacts.create.person.request")
    assert httpx.post(f"{sandbox.url}/v1/contacts", headers=headers, json=body).status_code == 403


def test_token_endpoint_has_a_limit_of_its_own() -> None:
    with server.serve_in_thread(rate=0.001, burst=1) as slow:
        answers = [partner.refresh(slow, "unbekannt") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [400] * 5 + [429]
    assert answers[-1].json() == {"message": "Rate limit exceeded"}
