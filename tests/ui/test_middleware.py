"""The request id with its log line, toasts for htmx, and the helper that answers pages or fragments."""

import json
import re

import pytest
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from lexweb.ui import htmx
from lexweb.ui.middleware import Toasts
from tests.cast import Cast
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def toasted(answer: HttpResponse, *said: str, headers: dict[str, str] | None = HTMX) -> HttpResponse:
    """Return what Toasts makes of an answer of a view that said something."""
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    request.session = {}

    def view(request: HttpRequest) -> HttpResponse:
        request._messages = messages.storage.default_storage(request)
        for text in said:
            messages.success(request, text)
        return answer

    return Toasts(view)(request)


def test_messages_become_one_event() -> None:
    answer = toasted(HttpResponse("x"), "Saved <b>.", "Äh.")

    assert json.loads(answer["HX-Trigger"]) == {
        "toasts": [{"text": "Saved <b>.", "level": "success"}, {"text": "Äh.", "level": "success"}]
    }
    assert answer["HX-Trigger"].isascii()  # headers are Latin-1


def test_an_event_of_the_view_is_kept() -> None:
    answer = toasted(HttpResponse(headers={"HX-Trigger": '{"contacts:changed": {}}'}), "Saved.")

    assert set(json.loads(answer["HX-Trigger"])) == {"contacts:changed", "toasts"}


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponseRedirect("/"),
        HttpResponse(headers={"HX-Redirect": "/"}),
        HttpResponse(headers={"HX-Location": "/"}),
        HttpResponse(headers={"HX-Refresh": "true"}),
    ],
)
def test_on_redirects_messages_wait_for_the_next_page(answer: HttpResponse) -> None:
    assert "HX-Trigger" not in toasted(answer, "Saved.")


def test_without_htmx_or_messages_nothing_is_added() -> None:
    assert "HX-Trigger" not in toasted(HttpResponse("x"))
    assert "HX-Trigger" not in toasted(HttpResponse("x"), "Saved.", headers=None)


def test_a_waiting_message_is_shown_once_on_the_next_page(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    saved = browser.post(f"{cast.client.url}settings/", {"name": "Neu", "number": "10010", "color": "3"}, headers=HTMX)

    assert (saved.status_code, saved["HX-Redirect"]) == (204, cast.client.url)
    assert "Client saved." in browser.get(cast.client.url).content.decode()
    assert "Client saved." not in browser.get(cast.client.url).content.decode()


@pytest.mark.parametrize(("role", "client", "status"), [("robert", "client", 403), ("klaus", "foreign", 404)])
def test_refusals_reach_htmx_as_toasts(role: str, client: str, status: int, cast: Cast, sign_in: SignIn) -> None:
    address = f"{getattr(cast, client).url}settings/"

    answer = sign_in(getattr(cast, role)).get(address, headers=HTMX)

    [toast] = json.loads(answer["HX-Trigger"])["toasts"]
    assert (answer.status_code, toast["level"], answer.content) == (status, "error", b"")


def test_every_answer_has_its_own_request_id(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)

    ids = {browser.get(address)["X-Request-Id"] for address in ("/", "/nowhere/", cast.foreign.url)}

    assert len(ids) == 3
    assert all(re.fullmatch("[0-9a-f]{12}", each) for each in ids)


@pytest.mark.parametrize(
    ("headers", "fragment"),
    [
        ({}, False),
        (HTMX, True),
        (HTMX | {"HX-Boosted": "true"}, False),
        (HTMX | {"HX-History-Restore-Request": "true"}, False),
    ],
)
def test_fragments_are_for_htmx_but_not_for_whole_pages(headers: dict[str, str], fragment: bool) -> None:
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)

    answer = htmx.page(request, "clients/list.html", "rows", status=422)

    assert answer.template_name == ("clients/list.html#rows" if fragment else "clients/list.html")
    assert (answer.status_code, answer["Vary"]) == (422, "HX-Request, HX-Target")


def test_htmx_is_sent_on_to_the_next_page() -> None:
    request = RequestFactory().get("/", headers=HTMX)
    request.htmx = HtmxDetails(request)

    answer = htmx.go(request, "/clients/")

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/clients/")


def test_a_forged_form_is_refused_in_words(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    browser.handler.enforce_csrf_checks = True

    answer = browser.post(f"{cast.client.url}connect/start/")

    assert answer.status_code == 403
    assert "<h1" in answer.content.decode()
