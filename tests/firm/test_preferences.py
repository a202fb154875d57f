"""How a person wants to see pages."""

import pytest

from lexweb.firm.models import Staff
from tests.cast import Cast
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def stored(staff: Staff) -> tuple[str, str, str]:
    """What the database holds: theme, density, language."""
    staff.refresh_from_db()
    return staff.theme, staff.density, staff.language


@pytest.mark.parametrize(
    ("chosen", "then"),
    [
        ({"theme": "dark"}, ("dark", "comfortable", "")),
        ({"density": "compact"}, ("system", "compact", "")),
        ({"language": "en"}, ("system", "comfortable", "en")),
        ({"theme": "light", "density": "compact", "language": "de"}, ("light", "compact", "de")),
    ],
)
def test_each_choice_can_be_made_alone(
    chosen: dict[str, str], then: tuple[str, str, str], cast: Cast, sign_in: SignIn
) -> None:
    answer = sign_in(cast.klaus).post("/staff/me/preferences/", chosen | {"next": "/clients/?q=a"})

    assert answer["Location"] == "/clients/?q=a"
    assert stored(cast.klaus) == then


@pytest.mark.parametrize("nonsense", [{"theme": "pink"}, {"language": "xx"}, {"density": "\x00"}, {}])
def test_nonsense_changes_nothing(nonsense: dict[str, str], cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.klaus).post("/staff/me/preferences/", nonsense)

    assert answer["Location"] == "/"
    assert stored(cast.klaus) == ("system", "comfortable", "")


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_the_way_back_never_leads_elsewhere(back: str, cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.klaus).post("/staff/me/preferences/", {"theme": "dark", "next": back})

    assert answer["Location"] == "/"


def test_theme_and_density_stand_at_the_root_of_every_page(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    browser.post("/staff/me/preferences/", {"theme": "dark", "density": "compact"})

    assert 'data-theme="dark" data-density="compact"' in browser.get("/clients/").content.decode()


def test_my_language_beats_the_browsers(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)  # which asks for English
    english = browser.get("/")
    browser.post("/staff/me/preferences/", {"language": "de"})
    german = browser.get("/")
    next_person = sign_in(cast.paula).get("/")

    assert '<html lang="en"' in english.content.decode()
    assert '<html lang="de"' in german.content.decode()
    assert german["Content-Language"] == "de"
    assert '<html lang="en"' in next_person.content.decode()


def test_a_stored_language_that_is_no_longer_offered_is_ignored(cast: Cast, sign_in: SignIn) -> None:
    Staff.objects.filter(pk=cast.klaus.pk).update(language="fr")

    assert '<html lang="en"' in sign_in(cast.klaus).get("/").content.decode()


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Paula Sommer", "PS"), ("Klaus", "K"), ("Anna Maria von Öz", "AÖ"), ("", "")],
)
def test_initials(name: str, initials: str) -> None:
    assert Staff(name=name).initials == initials
