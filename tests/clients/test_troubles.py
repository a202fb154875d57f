"""What goes wrong with Lexware Office: the promised sentence on a page, or as a toast for htmx."""

import json

import pytest
from django.conf import LazySettings
from django.utils import translation

from lexweb.clients.troubles import TABLE
from lexweb.sandbox.faults import ON_THE_WAY
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("impatient"), pytest.mark.urls("tests.clients.urls")]

PROMISED = {  # fault → code, status of the page
    "429": ("rate_limited", 503),
    "500": ("unavailable", 503),
    "502": ("unavailable", 503),
    "503": ("unavailable", 503),
    "504": ("unavailable", 503),
    "500_after": ("unavailable", 503),
    "504_after": ("unavailable", 503),
    "timeout": ("unavailable", 503),
    "timeout_after": ("unavailable", 503),
    "reset": ("unavailable", 503),
    "garbage": ("unexpected", 502),
    "empty": ("unexpected", 502),
    "plan_402": ("plan", 403),
    "forbidden_403": ("forbidden", 403),
    "revoked": ("reconnect", 409),
}
HARMLESS = {"slow", "expired_token"}


def test_every_fault_of_the_sandbox_has_a_promise() -> None:
    assert set(PROMISED) | HARMLESS == ON_THE_WAY


@pytest.mark.parametrize("kind", PROMISED)
def test_the_page_says_what_happened_and_what_to_do(
    kind: str, cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    code, status = PROMISED[kind]
    browser = sign_in(cast.klaus)
    flow.connected(browser, lexware, cast.client)
    lexware.fault(kind, path="/v1/*", seconds=0.01)

    answer = browser.get(f"{cast.client.url}company/")

    page = answer.content.decode()
    with translation.override("en"):
        title, text = str(TABLE[code].title), str(TABLE[code].text)
    assert answer.status_code == status
    assert title in page
    assert text.replace("'", "&#x27;") in page
    assert ("Try again</a>" in page) == TABLE[code].passes
    assert (f'href="{cast.client.url}connect/">Connect again' in page) == (not TABLE[code].passes)


@pytest.mark.parametrize("kind", PROMISED)
def test_htmx_gets_the_same_as_a_toast_and_keeps_its_page(
    kind: str, cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    code, status = PROMISED[kind]
    browser = sign_in(cast.klaus)
    casting.connect(cast.client, lexware, by=cast.klaus)
    lexware.fault(kind, path="/v1/*", seconds=0.01)

    answer = browser.get(f"{cast.client.url}company/", headers={"HX-Request": "true"})

    [toast] = json.loads(answer["HX-Trigger"])["toasts"]
    with translation.override("en"):
        sentence = f"{TABLE[code].title}. {TABLE[code].text}"
    assert (answer.status_code, answer["HX-Reswap"], answer.content) == (status, "none", b"")
    assert toast["level"] == "error"
    assert toast["text"].startswith(sentence)
    assert (answer["X-Request-Id"] in toast["text"]) == (code == "unexpected")


@pytest.mark.parametrize("kind", sorted(HARMLESS))
def test_a_fault_that_can_be_mended_is_not_seen(
    kind: str, cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    connection = flow.connected(browser, lexware, cast.client)
    lexware.fault(kind, path="/v1/*", seconds=0.01)

    answer = browser.get(f"{cast.client.url}company/")

    assert answer.content.decode() == connection.company_name


def test_nobody_there_is_told_as_such(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn, settings: LazySettings
) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.klaus)
    settings.LEXWARE_API_URL = "http://127.0.0.1:9"

    answer = sign_in(cast.klaus).get(f"{cast.client.url}company/")

    assert connection.is_connected
    assert "Lexware Office cannot be reached" in answer.content.decode()


def test_a_disconnected_client_is_told_before_anything_is_sent(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    flow.connected(browser, lexware, cast.client)
    browser.post(f"{cast.client.url}disconnect/")
    lexware.state.journal.clear()

    answer = browser.get(f"{cast.client.url}company/")

    assert (answer.status_code, lexware.requests()) == (409, [])
    assert "The client is not connected" in answer.content.decode()


def test_who_may_not_connect_is_offered_no_button(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    casting.connect(cast.client, lexware, by=cast.klaus)
    lexware.fault("revoked", path="/v1/*")

    page = sign_in(cast.aylin).get(f"{cast.client.url}company/").content.decode()

    assert "The connection has to be renewed" in page
    assert "connect/" not in page
