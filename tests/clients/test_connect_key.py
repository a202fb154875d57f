"""Connecting by API key."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from lexweb.clients import ending
from lexweb.clients.models import Connection, LooseGrant
from lexweb.sandbox.server import RunningSandbox
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
TAKEN = "This access is already used for another client."


def test_a_key_connects(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    key = flow.organization(lexware)["apiKey"]

    answer = flow.key(sign_in(cast.klaus), cast.client, f"  {key[:12]} {key[12:]}\n")

    connection = Connection.objects.get(client=cast.client)
    assert answer["Location"] == f"{cast.client.url}sync/"
    assert (connection.kind, connection.state, connection.refresh_token) == ("api_key", "connected", "")
    assert connection.access_expires_at is None


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("9d3a6c1e-0000-4000-8000-000000000000", "Lexware Office does not know this key."),
        ("Schlüssel-mit-Umlauten-äöü-und-mehr", "Lexware Office does not know this key."),
        ("zu kurz", "This is too short for an API key."),
        ("", "This field is required."),
        ("x" * 201, "at most 200 characters"),
        ("a\x00" * 20, "Null characters are not allowed."),
    ],
)
def test_a_wrong_key_is_refused_at_the_field(
    key: str, sentence: str, cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    answer = flow.key(sign_in(cast.klaus), cast.client, key)

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not Connection.objects.exists()
    assert not LooseGrant.objects.exists()


def test_htmx_gets_the_form_alone_and_then_goes_on(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser, address = sign_in(cast.klaus), f"{cast.client.url}connect/key/"
    headers = {"HX-Request": "true"}

    refused = browser.post(address, {"key": "zu kurz"}, headers=headers)
    accepted = browser.post(address, {"key": flow.organization(lexware)["apiKey"]}, headers=headers)

    assert refused.content.decode().strip().startswith('<form class="form" id="key"')
    assert accepted["HX-Redirect"] == f"{cast.client.url}sync/"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", ["429", "503", "timeout", "garbage", "forbidden_403"])
def test_a_trouble_keeps_the_typed_key_and_saves_nothing(
    kind: str, cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    key = flow.organization(lexware)["apiKey"]
    lexware.fault(kind, path="/v1/profile", seconds=0.01)

    answer = flow.key(sign_in(cast.klaus), cast.client, key)

    assert (answer.status_code, key in answer.content.decode()) == (422, True)
    assert not Connection.objects.exists()


@pytest.mark.parametrize("same_firm", [True, False])
def test_a_key_in_use_is_refused_without_telling_where(
    same_firm: bool, cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    taken, by = (cast.other, cast.paula) if same_firm else (cast.foreign, cast.fremd)
    company = flow.organization(lexware)
    flow.key(sign_in(by), taken, company["apiKey"])

    answer = flow.key(sign_in(cast.klaus), cast.client, company["apiKey"])

    page = answer.content.decode()
    assert (answer.status_code, TAKEN in page) == (422, True)
    assert taken.name not in page
    assert company["companyName"] not in page
    assert Connection.objects.get().client == taken


def test_a_key_for_another_company_asks_first_and_is_just_forgotten_when_nobody_answers(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    before = flow.connected(browser, lexware, cast.client)

    asked = flow.key(browser, cast.client, flow.organization(lexware, 1)["apiKey"])
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        done = ending.revoke_due()

    assert "/connect/" in asked["Location"]
    assert done == 1
    assert not LooseGrant.objects.exists()
    assert flow.asked(lexware, "/oauth2/revoke") == 0  # there is no grant behind a key
    assert Connection.objects.get().organization_id == before.organization_id


def test_no_forgets_the_key(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    flow.connected(browser, lexware, cast.client)
    asked = flow.key(browser, cast.client, flow.organization(lexware, 1)["apiKey"])

    browser.post(asked["Location"], {"answer": "no"})

    assert not LooseGrant.objects.exists()


def test_a_key_replaces_the_grant_of_the_same_company(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    flow.connected(browser, lexware, cast.client)

    flow.key(browser, cast.client, flow.organization(lexware)["apiKey"])
    ending.revoke_due()

    assert Connection.objects.get().kind == "api_key"
    assert flow.living(lexware) == set()
