"""The show page and the pages that say what went wrong."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse

from lexweb.ui import views
from tests.cast import Cast
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["pieces", "list", "form", "detail", "dialog"])
def test_every_sample_page_renders_without_inline_code(client: Client, page: str) -> None:
    html = client.get(reverse("ui:gallery_page", args=[page])).content.decode()
    assert "</html>" in html
    assert " style=" not in html
    assert " onclick=" not in html


def test_list_fragment_is_only_the_list(client: Client) -> None:
    response = client.get(reverse("ui:gallery_page", args=["list"]), {"q": "krüger"}, headers={"hx-request": "true"})
    html = response.content.decode()
    assert html.strip().startswith('<div class="list" id="rows">')
    assert "Autohaus Krüger" in html
    assert "Yıldız" not in html


def test_refused_form_comes_back_with_422_and_links_to_its_errors(client: Client) -> None:
    response = client.post(reverse("ui:gallery_page", args=["form"]), {"name": ""}, headers={"hx-request": "true"})
    assert response.status_code == 422
    assert 'href="#id_name"' in response.content.decode()


def test_toast_reaches_htmx_as_an_event(client: Client) -> None:
    response = client.post(reverse("ui:toast"), {"level": "error"}, headers={"hx-request": "true"})
    assert '"level": "error"' in response["HX-Trigger"]


def test_unknown_address_leads_on_and_shows_no_frame_to_strangers(client: Client) -> None:
    response = client.get("/gibt-es-nicht/")
    html = response.content.decode()
    assert response.status_code == 404
    assert 'class="public"' in html
    assert reverse("clients:list") not in html


def test_unknown_address_keeps_the_frame_when_signed_in(cast: Cast, sign_in: SignIn) -> None:
    html = sign_in(cast.paula).get("/gibt-es-nicht/").content.decode()
    assert 'id="rail"' in html


def test_refusals_show_their_sentence(rf: RequestFactory) -> None:
    request = rf.get("/")
    refused = views.forbidden(request, PermissionDenied("Nur Kanzleiinhaber dürfen das."))
    assert refused.status_code == 403
    assert "Nur Kanzleiinhaber dürfen das." in refused.content.decode()
    assert "Kein Beleg." in views.not_found(request, Http404("Kein Beleg.")).content.decode()


def test_server_error_needs_neither_context_nor_database(rf: RequestFactory) -> None:
    response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "</html>" in response.content.decode()


def test_page_open_too_long_is_explained() -> None:
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(reverse("account_login"), {"login": "x"})
    assert response.status_code == 403
    assert reverse("account_login") in response.content.decode()


def test_sign_in_page_offers_passkey_and_links_nothing_behind_the_sign_in(client: Client) -> None:
    html = client.get(reverse("account_login")).content.decode()
    assert 'data-passkey="login"' in html
    assert reverse("clients:list") not in html


@pytest.mark.parametrize("name", ["mfa_index", "account_change_password", "mfa_list_webauthn"])
def test_account_pages_stand_in_the_frame(cast: Cast, sign_in: SignIn, name: str) -> None:
    html = sign_in(cast.paula).get(reverse(name)).content.decode()
    assert 'id="rail"' in html
    assert '<nav class="tabs"' in html


def test_rail_offers_only_what_i_may(cast: Cast, sign_in: SignIn) -> None:
    address = reverse("clients:detail", args=[cast.client.slug])
    settings = reverse("clients:edit", args=[cast.client.slug])
    assert settings in sign_in(cast.paula).get(address).content.decode()
    assert settings not in sign_in(cast.robert).get(address).content.decode()
