"""The list as page and fragment, with garbage in its address, and every state it can be in."""

import re

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.conftest import SignIn
from tests.contacts.desk import Desk, names

pytestmark = pytest.mark.django_db
ROWS = {"HX-Request": "true", "HX-Target": "rows"}


@pytest.mark.parametrize(
    "query",
    ["page=abc", "page=0", "page=-3", "page=99999999999999999999", "page=1.5", "sort=drop", "sort=--name", "role=boss",
     "archived=perhaps", "q=%00", "q=%FF", "sort=name&sort=city", "role=", "page=", "q=" + "y" * 5000],
)  # fmt: skip
def test_garbage_in_the_address_never_breaks_the_list(full: Desk, query: str) -> None:
    assert full.browser.get(f"{full.url}?{query}").status_code == 200


def test_a_page_behind_the_end_is_the_last_page(full: Desk) -> None:
    assert full.browser.get(f"{full.url}?page=777").context["page"].number == 3


def test_a_pasted_novel_does_not_turn_into_no_filter(full: Desk) -> None:
    response = full.browser.get(full.url, {"q": "nirgends " * 100})

    assert names(response) == []
    assert "No contact matches" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["", "q=gmbh", "role=vendor&sort=-city", "archived=1", "q=nichts+da", "page=3&sort=number"]
)
def test_the_list_asks_the_database_little(full: Desk, query: str) -> None:
    with CaptureQueriesContext(database) as queries:
        full.browser.get(f"{full.url}?{query}")

    assert len(queries) <= 8, [query["sql"] for query in queries]


def test_the_whole_page_and_its_fragment_show_the_same_rows(full: Desk) -> None:
    page = full.browser.get(f"{full.url}?q=gmbh&sort=city")
    fragment = full.browser.get(f"{full.url}?q=gmbh&sort=city", headers=ROWS)

    assert "<html" in page.content.decode()
    assert "<html" not in fragment.content.decode()
    assert fragment.content.decode().strip().startswith('<div class="list" id="rows"')
    links = [re.findall(r'class="row-link" href="([^"]+)"', r.content.decode()) for r in (page, fragment)]
    assert links[0] == links[1]
    assert len(links[0]) == len(names(page)) > 10
    assert {"HX-Request", "HX-Target"} <= set(re.split(r",\s*", page["Vary"]))


@pytest.mark.parametrize("headers", [{}, ROWS])
def test_states_of_the_list(cast: Cast, lexware: RunningSandbox, sign_in: SignIn, headers: dict[str, str]) -> None:
    browser, url = sign_in(cast.klaus), f"{cast.client.url}contacts/"

    def shown() -> str:
        return str(browser.get(url, headers=headers).content.decode())

    assert "Not connected yet" in shown()
    connection = casting.connect(cast.client, lexware, by=cast.klaus)
    assert "The contacts are being fetched" in shown()
    Connection.objects.filter(pk=connection.pk).update(synced_at=timezone.now())
    assert "No contacts yet" in shown()
    assert "No contact matches" in str(browser.get(f"{url}?q=x", headers=headers).content.decode())


def test_the_first_sync_shows_its_progress_in_the_page(desk: Desk) -> None:
    assert f'hx-get="{desk.client.url}sync/"' in desk.browser.get(desk.url).content.decode()


@pytest.mark.parametrize(
    ("state", "title"), [("reconnect", "The connection has to be renewed"), ("disconnected", "Disconnected")]
)
def test_a_lost_connection_is_told_and_the_contacts_stay_readable(desk: Desk, state: str, title: str) -> None:
    contact = desk.add()
    Connection.objects.filter(pk=desk.connection.pk).update(state=state)

    page = desk.browser.get(desk.url).content.decode()

    assert title in page
    assert contact.name in page
    assert "New contact" not in page
    assert title in desk.browser.get(contact.url).content.decode()
    assert "Edit</a>" not in desk.browser.get(contact.url).content.decode()
