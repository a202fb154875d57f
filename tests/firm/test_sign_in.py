"""Who gets in, and who does not."""

import re
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client as Browser

from lexweb.firm.models import Staff
from tests.cast import PASSWORD, Cast
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign(browser: Browser, staff: Staff, password: str = PASSWORD, **more: str) -> object:
    """Type e-mail and password."""
    return browser.post(LOGIN, {"login": staff.email, "password": password} | more)


def test_the_right_password_opens_the_page_that_was_wanted(cast: Cast) -> None:
    browser = Browser()
    asked = browser.get(cast.client.url)

    answer = sign(browser, cast.klaus, next=cast.client.url)

    assert asked["Location"] == f"{LOGIN}?next={cast.client.url}"
    assert answer["Location"] == cast.client.url
    assert browser.get(cast.client.url).status_code == 200


def test_upper_case_in_the_email_does_not_matter(cast: Cast) -> None:
    cast.klaus.email = cast.klaus.email.upper()

    assert sign(Browser(), cast.klaus).status_code == 302


def test_a_wrong_password_and_an_unknown_person_look_the_same(cast: Cast) -> None:
    wrong = sign(Browser(), cast.klaus, "wrong").content.decode()
    unknown = sign(Browser(), Staff(email="nobody@firm.example"), "wrong").content.decode()

    def neutral(page: str) -> str:
        return re.sub(r'value="[^"]*"|nonce="[^"]*"|X-CSRFToken": "[^"]*"', "", page)

    assert neutral(wrong) == neutral(unknown)


def test_who_left_the_firm_cannot_sign_in_and_loses_the_session(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    Staff.objects.filter(pk=cast.klaus.pk).update(is_active=False)

    assert browser.get("/").status_code == 302
    assert sign(browser, cast.klaus)["Location"] == "/accounts/inactive/"
    assert browser.get("/").status_code == 302


def test_demo_people_are_refused_outside_the_demo_and_their_sessions_end(
    cast: Cast, sign_in: SignIn, settings: LazySettings
) -> None:
    Staff.objects.filter(pk=cast.klaus.pk).update(is_demo=True)
    browser = sign_in(cast.klaus)
    in_the_demo = browser.get("/").status_code

    settings.DEMO = False

    assert in_the_demo == 200
    assert browser.get("/")["Location"].startswith(LOGIN)
    stranger, person = Browser(), Browser()
    assert sign(stranger, cast.klaus)["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in stranger.session
    assert sign(person, cast.paula)["Location"] == "/"  # she is real


def test_demo_people_are_listed_in_the_demo_alone(cast: Cast, settings: LazySettings) -> None:
    Staff.objects.filter(pk=cast.klaus.pk).update(is_demo=True)
    listed = Browser().get(LOGIN).content.decode()
    settings.DEMO = False

    assert cast.klaus.email in listed
    assert cast.paula.email not in listed
    assert cast.klaus.email not in Browser().get(LOGIN).content.decode()


def test_after_five_wrong_passwords_even_the_right_one_waits(cast: Cast, settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,30/m/ip"}
    for _ in range(5):
        sign(Browser(), cast.klaus, "wrong")

    answer = sign(Browser(), cast.klaus)

    assert answer.status_code == 200
    assert sign(Browser(), cast.paula).status_code == 302  # others are not locked out


def test_nobody_signs_up(cast: Cast) -> None:
    browser = Browser()

    page = browser.get("/accounts/signup/")
    browser.post("/accounts/signup/", {"email": "new@firm.example", "password1": "a-long-password-1"})

    assert page.status_code == 200
    assert 'name="password1"' not in page.content.decode()
    assert not Staff.objects.filter(email="new@firm.example").exists()


def test_signing_out_needs_a_click(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)

    assert browser.get("/accounts/logout/").status_code == 200
    assert browser.get("/").status_code == 200
    browser.post("/accounts/logout/")
    assert browser.get("/").status_code == 302


def test_a_session_does_not_survive_for_the_next_person(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    session = browser.session
    session["connect"] = {"state": {"client": cast.client.slug, "verifier": "v", "at": 0}}
    session.save()

    browser.post("/accounts/logout/")
    sign(browser, cast.paula)

    assert "connect" not in browser.session
