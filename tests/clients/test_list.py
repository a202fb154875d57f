"""The list of clients and the switcher."""

import pytest

from lexweb.clients.models import Client, Connection
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true", "HX-Target": "rows"}


def names(answer: object) -> list[str]:
    """The clients in the order of the page."""
    return [client.name for client in answer.context["page"]]


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("paula", ["Praxis Dr. Yıldız", "Tischlerei Brandt"]),
        ("robert", ["Praxis Dr. Yıldız", "Tischlerei Brandt"]),
        ("klaus", ["Tischlerei Brandt"]),
        ("aylin", ["Tischlerei Brandt"]),
        ("fremd", ["Weingut Steiger"]),
    ],
)
def test_everybody_sees_their_own_clients(person: str, seen: list[str], cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(getattr(cast, person)).get("/clients/")

    assert names(answer) == seen
    assert cast.foreign.name not in answer.content.decode() or person == "fremd"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=tisch", ["Tischlerei Brandt"]),
        ("q=BRANDT+tischl", ["Tischlerei Brandt"]),
        ("q=10020", ["Praxis Dr. Yıldız"]),
        ("q=weingut", []),
        ("q=%25", []),
        ("q=%00", ["Praxis Dr. Yıldız", "Tischlerei Brandt"]),
        ("sort=-name", ["Tischlerei Brandt", "Praxis Dr. Yıldız"]),
        ("sort=number", ["Tischlerei Brandt", "Praxis Dr. Yıldız"]),
        ("sort=-number", ["Praxis Dr. Yıldız", "Tischlerei Brandt"]),
        ("sort=password&state=nonsense&page=nonsense", ["Praxis Dr. Yıldız", "Tischlerei Brandt"]),
        ("page=99999999999999999999", ["Praxis Dr. Yıldız", "Tischlerei Brandt"]),
    ],
)
def test_search_and_sort_are_in_the_address(query: str, found: list[str], cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.paula).get(f"/clients/?{query}")

    assert (answer.status_code, names(answer)) == (200, found)


def test_states_filter_and_count(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    casting.connect(cast.client, lexware, by=cast.paula)
    browser = sign_in(cast.paula)

    connected = browser.get("/clients/?state=connected")
    Connection.objects.update(state="reconnect")

    assert names(connected) == ["Tischlerei Brandt"]
    assert connected.context["states"] == {"connected": 1, "none": 1}
    assert names(browser.get("/clients/?state=none")) == ["Praxis Dr. Yıldız"]
    assert names(browser.get("/clients/?state=reconnect")) == ["Tischlerei Brandt"]
    assert "No client matches" in browser.get("/clients/?state=disconnected").content.decode()


def test_fifty_clients_a_page(cast: Cast, sign_in: SignIn) -> None:
    firm = cast.client.firm
    Client.objects.bulk_create(Client(firm=firm, name=f"Zz {n:03}", number=f"Z{n}") for n in range(60))

    first, second = (sign_in(cast.paula).get(f"/clients/?page={n}") for n in (1, 2))

    assert (len(names(first)), len(names(second))) == (50, 12)
    assert not set(names(first)) & set(names(second))


def test_html_in_a_name_stays_text(cast: Cast, sign_in: SignIn) -> None:
    Client.objects.filter(pk=cast.client.pk).update(name='<script>alert("x")</script>')
    browser = sign_in(cast.paula)

    for address in ("/", "/clients/", "/clients/switch/", cast.client.url, f"{cast.client.url}settings/"):
        headers = {"HX-Request": "true"} if "switch" in address else {}
        page = browser.get(address, headers=headers).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_htmx_gets_the_rows_alone_and_the_address_keeps_both_apart(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.paula)

    rows, whole = browser.get("/clients/?q=tisch", headers=FRAGMENT), browser.get("/clients/?q=tisch")

    assert rows.content.decode().strip().startswith('<div class="list" id="rows">')
    assert "<html" in whole.content.decode()
    assert rows.content.decode().strip() in whole.content.decode()
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in whole["Vary"].split(",")}


def test_the_switcher_finds_and_keeps_the_section(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.paula)

    found = browser.get("/clients/switch/?q=tisch&section=contacts", headers={"HX-Request": "true"}).content.decode()

    assert f'href="{cast.client.url}contacts/"' in found
    assert cast.other.url not in found
    assert browser.get("/clients/switch/")["Location"] == "/clients/"


def test_the_switcher_ignores_nonsense(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.paula).get("/clients/switch/?q=%00&section=<b>", headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


def test_who_has_no_clients_learns_who_can_help(cast: Cast, sign_in: SignIn) -> None:
    cast.client.staff.clear()

    assert "No clients assigned to you" in sign_in(cast.aylin).get("/clients/").content.decode()
    assert "No clients yet" in sign_in(cast.klaus).get("/clients/").content.decode()
