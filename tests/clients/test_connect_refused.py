"""Connecting goes wrong at the authorization server: refused, too late, twice, or without an answer."""

from urllib.parse import parse_qs, urlsplit

import pytest

from lexweb.activity.kinds import Kind
from lexweb.activity.models import Entry
from lexweb.clients import attempts, gateway
from lexweb.clients.models import Connection, LooseGrant
from lexweb.sandbox.server import RunningSandbox
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
NOT_ACCEPTED = "Lexware Office did not accept the answer: it is too old or was used. Start again."


def test_refused_consent_says_so_and_stands_in_the_history(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    back = flow.consent(browser, lexware, cast.client, allow=False)

    answer = browser.get(back)

    assert answer["Location"] == f"{cast.client.url}connect/"
    assert "The consent was refused in Lexware Office. Nothing was connected." in flow.said(browser, answer)
    assert Entry.objects.get().kind == Kind.CONSENT_REFUSED
    assert not Connection.objects.exists()


@pytest.mark.parametrize("rest", ["", "&code=", "&error=server_error", "&error=invalid_scope"])
def test_an_answer_without_code_is_not_called_a_refusal(
    rest: str, cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    state = parse_qs(urlsplit(flow.start(browser, cast.client)).query)["state"][0]

    answer = browser.get(f"{flow.CALLBACK}?state={state}{rest}")

    assert "sent you back without a consent" in flow.said(browser, answer)
    assert not Entry.objects.exists()
    assert flow.asked(lexware, "/oauth2/token") == 0


def test_a_refused_renewal_leaves_the_connection_alone(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    before = flow.connected(browser, lexware, cast.client)

    browser.get(flow.consent(browser, lexware, cast.client, allow=False))

    now = Connection.objects.get()
    assert (now.state, now.token_version) == ("connected", before.token_version)
    assert flow.living(lexware) == {str(before.lexware_connection_id)}


def test_of_two_answers_at_the_same_moment_one_is_used_and_the_connection_lives(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    back = flow.consent(browser, lexware, cast.client)
    state = parse_qs(urlsplit(back).query)["state"][0]
    attempt = browser.session[attempts.ATTEMPTS][state]
    browser.get(back)
    session = browser.session
    session[attempts.ATTEMPTS] = {state: attempt}  # as if two browsers' requests had crossed
    session.save()

    answer = browser.get(back)

    assert answer.status_code == 400
    assert "Nothing was connected" in answer.content.decode()
    with gateway.open_office(Connection.objects.get()) as office:  # a code sent twice would have ended the grant
        assert office.profile.get()


def test_a_code_older_than_five_minutes_is_refused(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    back = flow.consent(browser, lexware, cast.client)
    lexware.state.clock.advance(301)

    answer = browser.get(back)

    assert NOT_ACCEPTED in flow.said(browser, answer)
    assert not Connection.objects.exists()
    assert not LooseGrant.objects.exists()


def test_the_code_of_another_attempt_does_not_fit_our_verifier(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    victim, attacker = sign_in(cast.klaus), sign_in(cast.paula)
    state = parse_qs(urlsplit(flow.start(victim, cast.client)).query)["state"][0]
    stolen = parse_qs(urlsplit(flow.consent(attacker, lexware, cast.other)).query)["code"][0]

    answer = victim.get(flow.CALLBACK, {"state": state, "code": stolen})

    assert NOT_ACCEPTED in flow.said(victim, answer)
    assert not Connection.objects.exists()


@pytest.mark.parametrize("kind", ["504", "504_after", "timeout", "timeout_after", "reset", "garbage", "empty", "500"])
def test_no_proper_answer_to_the_code_saves_nothing_and_starting_again_works(
    kind: str, cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    back = flow.consent(browser, lexware, cast.client)
    lexware.fault(kind, path="/oauth2/token", seconds=0.01)

    answer = browser.get(back)

    assert answer["Location"] == f"{cast.client.url}connect/"
    assert "The connection was not made. Start again." in flow.said(browser, answer)
    assert not Connection.objects.exists()
    assert flow.connected(browser, lexware, cast.client).is_connected


def test_a_short_429_at_the_token_is_sat_out(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    lexware.fault("429", path="/oauth2/token", count=2)

    connection = flow.connected(browser, lexware, cast.client)

    assert connection.is_connected
    assert flow.asked(lexware, "/oauth2/token") == 3


def test_a_long_429_at_the_token_is_told(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    back = flow.consent(browser, lexware, cast.client)
    lexware.fault("429", path="/oauth2/token", count=None)

    page = flow.said(browser, browser.get(back))

    assert "Lexware Office is slowing us down" in page
    assert not Connection.objects.exists()
