"""The consent pages."""

import html
from typing import Any

import httpx
import pytest

from lexweb.sandbox.server import RunningSandbox
from tests.sandbox import partner


def test_login_and_consent_return_code_and_unchanged_state(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    with httpx.Client(follow_redirects=True, verify=partner.TLS) as browser:
        address = partner.address(sandbox)
        assert "Demo-Firmen" in browser.get(address).text
        credentials = {"email": brandt["email"], "password": brandt["password"], "action": "login"}
        consent = html.unescape(browser.post(address, data=credentials).text)
        assert "Kanzlei Müller (Buchhaltung)" in consent
        assert brandt["companyName"] in consent
        assert "Kontakte anlegen und ändern" in consent
        answer = browser.post(address, data={"action": "allow"}, follow_redirects=False)

    assert answer.status_code == 302
    assert answer.headers["location"].startswith(partner.REDIRECT + "?")
    assert partner.query(answer.headers["location"])["state"] == "a b&c=d/é"
    assert len(partner.query(answer.headers["location"])["code"]) == 128


def test_wrong_password_stays_on_the_login_page(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    form = {"email": brandt["email"], "password": "falsch", "action": "login"}
    answer = httpx.post(partner.address(sandbox), data=form, verify=partner.TLS)
    assert answer.status_code == 403
    assert "stimmt nicht" in answer.text
    assert "set-cookie" not in answer.headers


def test_refusal_returns_access_denied(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    location = sandbox.consent(partner.address(sandbox), brandt["organizationId"], allow=False)
    assert partner.query(location)["error"] == "access_denied"
    assert partner.query(location)["state"] == "a b&c=d/é"


def test_switching_accounts_leads_back_to_the_login_page(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    with httpx.Client(follow_redirects=True, verify=partner.TLS) as browser:
        address = partner.address(sandbox)
        browser.post(address, data={"action": "login_as", "organizationId": brandt["organizationId"]})
        assert "Zulassen" in browser.get(address).text
        assert "Demo-Firmen" in browser.post(address, data={"action": "switch"}).text
        assert "Demo-Firmen" in browser.get(address).text


def test_nobody_agrees_without_logging_in(sandbox: RunningSandbox) -> None:
    answer = httpx.post(partner.address(sandbox), data={"action": "allow"}, verify=partner.TLS)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/oauth2/authorize?")


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "00000000-0000-0000-0000-000000000000"},
        {"client_id": None},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": partner.REDIRECT + "x"},
        {"redirect_uri": None},
    ],
)
def test_unknown_client_or_address_is_never_redirected(sandbox: RunningSandbox, changes: dict[str, str | None]) -> None:
    answer = httpx.get(partner.address(sandbox, **changes), verify=partner.TLS)
    assert answer.status_code == 400
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "zu-kurz"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"connection_name": "Müller & Söhne"}, "invalid_request"),
        ({"scope": "contacts.read contacts.eat"}, "invalid_scope"),
    ],
)
def test_other_mistakes_go_back_to_the_client(
    sandbox: RunningSandbox, changes: dict[str, str | None], error: str
) -> None:
    answer = httpx.get(partner.address(sandbox, **changes), verify=partner.TLS)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(partner.REDIRECT)
    assert partner.query(answer.headers["location"])["error"] == error
    assert partner.query(answer.headers["location"])["state"] == "a b&c=d/é"


def test_name_is_escaped_on_the_page(sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    with httpx.Client(follow_redirects=True, verify=partner.TLS) as browser:
        address = partner.address(sandbox, connection_name='"{Kanzlei}"')
        form = {"action": "login_as", "organizationId": brandt["organizationId"]}
        assert "&quot;{Kanzlei}&quot;" in browser.post(address, data=form).text
