"""allauth's pages: the same for every role; those behind a state of their own send everybody else away."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.test import Client as Browser
from django.urls import reverse

from tests import routes
from tests.cast import Cast
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db

# Signed in and signed out; "again" asks for the password once more, "login" for the sign-in page.
TABLE = """
account_login                        /      200
account_logout                       200    /
account_signup                       /      200
account_inactive                     200    200
account_reauthenticate               200    login
account_email                        404    404
account_email_verification_sent      404    404
account_confirm_email                404    404
account_confirm_login_code           /      login
account_change_password              200    login
account_set_password                 other  login
account_reset_password               200    200
account_reset_password_done          200    200
account_reset_password_from_key      200    200
account_reset_password_from_key_done 200    200
mfa_index                            200    login
mfa_authenticate                     /      login
mfa_reauthenticate                   again  login
mfa_activate_totp                    again  login
mfa_deactivate_totp                  404    login
mfa_view_recovery_codes              404    login
mfa_generate_recovery_codes          again  login
mfa_download_recovery_codes          404    login
mfa_list_webauthn                    200    login
mfa_add_webauthn                     again  login
mfa_reauthenticate_webauthn          again  login
mfa_remove_webauthn                  again  login
mfa_edit_webauthn                    again  login
mfa_login_webauthn                   /      login
"""
ROWS = [tuple(line.split()) for line in TABLE.strip().splitlines()]
NAMES = {name for name, _, _ in ROWS}
VALUES = {"pk": 1, "uidb36": "1", "key": "abc-def"}
PLACES = {"/accounts/login/": "login", "/accounts/reauthenticate/": "again", "/accounts/password/change/": "other"}


@pytest.mark.parametrize(("name", "inside", "outside"), ROWS, ids=[row[0] for row in ROWS])
def test_each_page_opens_for_whom_it_is_meant(
    name: str, inside: str, outside: str, cast: Cast, sign_in: SignIn
) -> None:
    assert _answer(sign_in(cast.robert), name) == inside
    assert _answer(Browser(), name) == outside


def test_a_forged_link_resets_no_password(cast: Cast) -> None:
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "abc-def"})

    Browser().post(address, {"password1": "another-long-password", "password2": "another-long-password"})

    cast.paula.refresh_from_db()
    assert not cast.paula.check_password("another-long-password")


def _answer(browser: Browser, name: str) -> str:
    pattern = {name: path for name, path, _ in routes.walk()}[name]
    values = {key: value for key, value in VALUES.items() if f"{key}>" in pattern}
    answer = browser.get(reverse(name, kwargs=values))
    if answer.status_code != 302:
        return str(answer.status_code)
    path = answer["Location"].partition("?")[0]
    return PLACES.get(path, path)


def test_nobody_attaches_another_address_to_an_account(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.klaus).post("/accounts/email/", {"email": "attacker@evil.example", "action_add": ""})

    assert answer.status_code == 404
    assert not EmailAddress.objects.filter(email="attacker@evil.example").exists()


def test_the_link_to_a_new_password_leads_to_our_own_address(
    cast: Cast, settings: LazySettings, mailoutbox: list[EmailMessage]
) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    Browser().post("/accounts/password/reset/", {"email": cast.klaus.email}, headers={"host": "testserver:8443"})

    assert "http://testserver/accounts/password/reset/key/" in mailoutbox[0].body
    assert ":8443" not in mailoutbox[0].body


def test_pages_of_a_person_are_kept_by_no_browser(cast: Cast, sign_in: SignIn) -> None:
    for address in ("/", cast.client.url, "/accounts/2fa/"):
        assert sign_in(cast.klaus).get(address)["Cache-Control"] == "private, no-store"


def test_an_unreadable_request_gets_a_page_of_its_own(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.klaus).post(
        "/clients/new/", b"name=x", content_type="application/x-www-form-urlencoded; charset=utf-16"
    )

    assert answer.status_code == 400
    assert "could not be read" in answer.content.decode() or "nicht gelesen" in answer.content.decode()
