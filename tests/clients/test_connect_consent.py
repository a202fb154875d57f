"""Connecting by consent in Lexware Office: there, back, and everything that can be wrong with the way back."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from lexweb.activity.kinds import Kind
from lexweb.activity.models import Entry
from lexweb.clients import attempts
from lexweb.clients.models import Connection, LooseGrant
from lexweb.lexware import oauth
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync.models import State
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
UNKNOWN = "This answer belongs to no connection that you started"


def test_start_sends_the_browser_with_pkce_state_and_our_name(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)

    address = flow.start(browser, cast.client)

    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    [(state, attempt)] = browser.session[attempts.ATTEMPTS].items()
    assert address.startswith(f"{lexware.url}/oauth2/authorize?")
    assert query["response_type"] == "code"
    assert query["redirect_uri"] == flow.CALLBACK
    assert query["state"] == state
    assert len(state) >= 32
    assert query["code_challenge_method"] == "S256"
    assert query["code_challenge"] == oauth.challenge(attempt["verifier"])
    assert query["connection_name"] == "lexweb Kanzlei Sommer Partner"  # “&” is not allowed over there
    assert attempt["verifier"] not in address


def test_every_start_has_a_state_and_verifier_of_its_own(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)

    addresses = {flow.start(browser, cast.client) for _ in range(8)}

    kept = browser.session[attempts.ATTEMPTS]
    assert len(addresses) == 8
    assert len(kept) == attempts.KEPT
    assert len({attempt["verifier"] for attempt in kept.values()}) == attempts.KEPT


def test_consent_connects_and_asks_for_the_first_sync(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    company = flow.organization(lexware)

    answer = flow.connect(browser, lexware, cast.client)

    connection = Connection.objects.get(client=cast.client)
    assert answer["Location"] == f"{cast.client.url}sync/"
    assert (connection.state, connection.kind) == ("connected", "oauth")
    assert str(connection.organization_id) == company["organizationId"]
    assert connection.company_name == company["companyName"]
    assert str(connection.lexware_connection_id) in flow.living(lexware)
    assert connection.connected_by == cast.klaus
    assert State.objects.get(connection=connection).due_at <= timezone.now()
    entry = Entry.objects.get(client_id=cast.client.pk)
    assert (entry.kind, entry.actor_name, entry.values["way"]) == (Kind.CONNECTED, "Klaus", "oauth")
    assert not LooseGrant.objects.exists()
    said = flow.said(browser, answer)
    assert "Connected with “" in said
    assert "is called" not in said, "the names are alike"


def test_forged_state_connects_nothing(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    back = flow.consent(browser, lexware, cast.client)

    answer = browser.get(flow.CALLBACK, {"code": parse_qs(urlsplit(back).query)["code"][0], "state": "forged"})

    assert (answer.status_code, UNKNOWN in answer.content.decode()) == (400, True)
    assert not Connection.objects.exists()
    assert flow.asked(lexware, "/oauth2/token") == 0


@pytest.mark.parametrize("query", ["", "?state=", "?code=abc", "?error=access_denied"])
def test_an_answer_without_state_connects_nothing(query: str, cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.klaus).get(flow.CALLBACK + query)

    assert answer.status_code == 400
    assert not Entry.objects.exists()


def test_a_page_opened_a_second_time_changes_nothing(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    back = flow.consent(browser, lexware, cast.client)
    browser.get(back)

    answer = browser.get(back)

    assert answer.status_code == 400
    assert flow.asked(lexware, "/oauth2/token") == 1  # a second exchange would end the connection over there
    assert len(flow.living(lexware)) == 1
    assert Connection.objects.get().is_connected


def test_the_state_of_another_person_is_unknown_here(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    back = flow.consent(sign_in(cast.klaus), lexware, cast.client)

    answer = sign_in(cast.paula).get(back)

    assert answer.status_code == 400
    assert not Connection.objects.exists()


def test_a_client_taken_away_meanwhile_is_not_connected(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    back = flow.consent(browser, lexware, cast.client)
    cast.client.staff.clear()

    answer = browser.get(back)

    assert answer.status_code == 400
    assert flow.asked(lexware, "/oauth2/token") == 0


def test_an_answer_after_more_than_an_hour_is_too_late(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = sign_in(cast.klaus)
    back = flow.consent(browser, lexware, cast.client)
    session = browser.session
    [attempt] = session[attempts.ATTEMPTS].values()
    attempt["at"] = time.time() - attempts.SECONDS - 1
    session.save()

    answer = browser.get(back)

    assert answer.status_code == 400
    assert not Connection.objects.exists()


def test_two_attempts_in_two_tabs_both_come_back(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.paula)
    first = flow.consent(browser, lexware, cast.client)
    second = flow.consent(browser, lexware, cast.other, index=1)

    browser.get(second)
    browser.get(first)

    assert {c.client_id for c in Connection.objects.all()} == {cast.client.pk, cast.other.pk}
