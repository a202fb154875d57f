"""The authorization server, over real sockets."""

import base64
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexweb.lexware import errors, oauth
from lexweb.lexware.office import Timeouts

TOKENS = {
    "access_token": "geheim-a",
    "token_type": "Bearer",
    "expires_in": 14399,
    "refresh_token": "geheim-r",
    "scope": "read write",
}
# The pair of the vendor's page (oauth-and-partner.md, chapter 2)
VERIFIER = (
    "oJdaNUDOIK3xpqlkZ79Sa3dLWst2rF5F8EXQVrqWfzckNOPBC67SzNffeTTb54jSpfuSAnawxLgddxbIqXh4APOrKYqhI8W5fXtIytVSgjLlrnMn0"
    "AUB5h2O6VD1sTDJ"
)
CHALLENGE = "9s_XWOy5h9KO8CQCqzRKr3WEntoEJepUZS9d1IYh_uo"
CALLBACK = "https://lexweb.example/connect/callback?x=1"


def form(request):
    return {name: values[0] for name, values in parse_qs(request.body.decode(), strict_parsing=True).items()}


def test_the_challenge_matches_the_vendors_pair():
    assert oauth.challenge(VERIFIER) == CHALLENGE


def test_verifiers_are_long_and_never_the_same():
    verifiers = {oauth.new_verifier() for _ in range(50)}
    assert len(verifiers) == 50
    assert all(43 <= len(verifier) <= 128 for verifier in verifiers)


def test_authorization_url(server, stage):
    url = server.authorization_url(
        redirect_uri=CALLBACK, state="s&t", verifier=VERIFIER, connection_name="Kanzlei Lohse & Söhne (Ä)"
    )
    assert url.startswith(f"{stage.url}/oauth2/authorize?")
    assert parse_qs(urlsplit(url).query, strict_parsing=True) == {
        "response_type": ["code"],
        "client_id": ["our-id"],
        "redirect_uri": [CALLBACK],
        "state": ["s&t"],
        "code_challenge": [CHALLENGE],
        "code_challenge_method": ["S256"],
        "connection_name": ["Kanzlei Lohse Söhne (Ä)"],
    }
    with_scope = server.authorization_url(redirect_uri=CALLBACK, state="s", verifier=VERIFIER, scope="a.read b.write")
    assert parse_qs(urlsplit(with_scope).query)["scope"] == ["a.read b.write"]
    assert VERIFIER not in url


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Müller GmbH", "Müller GmbH"),
        ("Mu\u0308ller", "Müller"),
        (" A  &\tB ", "A B"),
        ('/?.-{}"_\\:=,()', '/?.-{}"_\\:=,()'),
        ("<script>'+#!</script>", "script/script"),
        ("Café 🚀", "Caf"),
        ("", ""),
    ],
)
def test_clean_connection_name(text, clean):
    assert oauth.clean_connection_name(text) == clean


@given(st.text())
def test_a_clean_name_stays_clean(text):
    clean = oauth.clean_connection_name(text)
    assert oauth.clean_connection_name(clean) == clean


def test_exchange(server, stage, answer):
    stage.play(answer(200, TOKENS | {"more": 1}))
    tokens = server.exchange("c+de", verifier=VERIFIER, redirect_uri=CALLBACK)
    assert (tokens.access_token, tokens.refresh_token) == ("geheim-a", "geheim-r")
    assert (tokens.expires_in, tokens.scope) == (14399, "read write")
    assert "geheim" not in f"{tokens} {tokens!r}"
    (request,) = stage.heard
    assert (request.method, request.target) == ("POST", "/oauth2/token")
    assert request.headers["authorization"] == "Basic " + base64.b64encode(b"our-id:our-secret").decode()
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert form(request) == {
        "grant_type": "authorization_code",
        "code": "c+de",
        "code_verifier": VERIFIER,
        "redirect_uri": CALLBACK,
    }


@pytest.mark.parametrize(("secret", "sent"), [("a!/=~ b:c", "our-id:a!/=~ b:c"), ("50%+x", "our-id:50%25%2Bx")])
def test_an_unusual_secret_survives_a_server_that_decodes_it(stage, answer, secret, sent):
    stage.play(answer(200, TOKENS))
    with oauth.AuthorizationServer(stage.url, "our-id", secret) as server:
        server.refresh("r")
    assert base64.b64decode(stage.heard[0].headers["authorization"].removeprefix("Basic ")).decode() == sent


def test_refresh(server, stage, answer):
    stage.play(answer(200, {name: value for name, value in TOKENS.items() if name != "scope"}))
    assert server.refresh("r/1").scope == ""
    assert form(stage.heard[0]) == {"grant_type": "refresh_token", "refresh_token": "r/1"}


@pytest.mark.parametrize("body", [b"", b"OK", b"<html>", b"{}"])
def test_revoke_does_not_care_what_the_answer_says(server, stage, answer, body):
    stage.play(answer(200, body))
    server.revoke("r&1")
    assert stage.heard[0].target == "/oauth2/revoke"
    assert form(stage.heard[0]) == {"token": "r&1"}


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (
            400,
            {"error": "invalid_grant", "error_description": "geheim"},
            errors.InvalidGrant,
            "invalid_grant",
        ),
        (400, {"error": "unauthorized_client"}, errors.ClientDisabled, "unauthorized_client"),
        (400, {"error": "invalid_client"}, errors.ClientRejected, "invalid_client"),
        (401, {"error": "invalid_client"}, errors.ClientRejected, "invalid_client"),
        (401, b"", errors.ClientRejected, ""),
        (400, {"error": "invalid_request"}, errors.OAuthError, "invalid_request"),
        (400, {"error": "geheim: Frau Lohse"}, errors.OAuthError, ""),
        (400, b"<html>geheim</html>", errors.OAuthError, "unknown"),
    ],
)
def test_refusals(server, stage, answer, status, body, kind, code):
    stage.play(answer(status, body), answer(status, body))
    for call in (server.refresh, server.revoke):
        with pytest.raises(errors.OAuthError) as caught:
            call("geheim-r")
        assert type(caught.value) is kind
        assert (caught.value.code, caught.value.status) == (code, status)
        assert "geheim" not in f"{caught.value} {caught.value!r} {caught.value.args}"


@pytest.mark.parametrize("trouble", ["hang", "reset", "hang_up", "break_in_body"])
def test_a_lost_answer_is_uncertain_and_never_repeated(impatient_server, stage, tape, trouble):
    stage.play(getattr(stage, trouble))
    with pytest.raises(errors.Uncertain) as caught:
        impatient_server.refresh("geheim-r")
    assert caught.value.sent is None
    assert caught.value.look
    assert "geheim" not in f"{caught.value!r} {vars(caught.value)}"
    assert len(stage.heard) == 1
    assert tape.naps == []


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b""),
        (502, b"<html>"),
        (504, b""),
        (200, b"<html>"),
        (200, {"access_token": "geheim"}),
        (200, b""),
    ],
)
def test_tokens_that_may_have_been_issued_are_uncertain(server, stage, answer, status, body):
    stage.play(answer(status, body))
    with pytest.raises(errors.Uncertain) as caught:
        server.exchange("c", verifier=VERIFIER, redirect_uri=CALLBACK)
    assert caught.value.look
    assert "geheim" not in f"{caught.value} {caught.value!r}"


def test_a_block_is_waited_for_a_little(server, stage, tape, answer):
    stage.play(answer(429), answer(200, TOKENS), answer(429, Retry_After="60"))
    server.refresh("r")
    assert len(tape.naps) == 1
    with pytest.raises(errors.RateLimited):
        server.refresh("r")
    assert len(tape.naps) == 1


def test_no_server_is_unreachable(stage, tape):
    url = stage.url
    stage.close()
    with (
        oauth.AuthorizationServer(url, "a", "b", sleep=tape.naps.append) as server,
        pytest.raises(errors.Unreachable),
    ):
        server.refresh("r")
    assert tape.naps == []


def test_a_refresh_lasts_less_than_45_seconds():
    limits = oauth.TIMEOUTS
    dripping = limits.total + limits.read
    slow_to_start = limits.pool + 2 * limits.connect + limits.write + limits.read  # TCP, then TLS
    assert oauth.PATIENCE + max(dripping, slow_to_start) < 45


def test_the_limits_are_in_force_unless_others_are_given(stage):
    with oauth.AuthorizationServer(stage.url, "a", "b") as server:
        assert server._sender._timeout is oauth.TIMEOUTS
        assert server._patience == oauth.PATIENCE


def test_exchanges_use_up_the_patience(stage, tape, answer):
    stage.play(answer(429))
    clock = iter([0.0, 9.9]).__next__
    with (
        oauth.AuthorizationServer(stage.url, "a", "b", sleep=tape.naps.append, clock=clock) as server,
        pytest.raises(errors.RateLimited),
    ):
        server.refresh("r")
    assert tape.naps == []


def test_an_answer_that_starts_too_late_is_not_read(stage, tape):
    late = Timeouts(connect=20, read=20, write=20, pool=20, total=0.2)

    def act(connection):
        stage.closing.wait(0.4)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        stage.closing.wait(60)

    stage.play(act)
    began = time.monotonic()
    with (
        oauth.AuthorizationServer(stage.url, "a", "b", timeout=late) as server,
        pytest.raises(errors.Uncertain),
    ):
        server.refresh("r")
    assert time.monotonic() - began < 15  # to read would take 20 more
