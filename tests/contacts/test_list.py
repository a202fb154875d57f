"""The list: filters, order and pages, all in the address; and every state it can be in."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.contacts import mirror, selectors
from lexweb.contacts.models import Contact
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.conftest import SignIn
from tests.contacts.desk import Desk

pytestmark = pytest.mark.django_db
ROWS = {"HX-Request": "true", "HX-Target": "rows"}


@pytest.fixture
def full(desk: Desk) -> Desk:
    """The client with all of its 140 contacts."""
    casting.synced(desk.client, desk.sandbox, by=desk.connection.connected_by)
    return desk


def _names(response: Any) -> list[str]:
    return [contact.name for contact in response.context["page"]]


def _all_pages(desk: Desk, query: str) -> list[Contact]:
    pages = range(1, desk.browser.get(f"{desk.url}?{query}").context["page"].paginator.num_pages + 1)
    return [c for number in pages for c in desk.browser.get(f"{desk.url}?{query}&page={number}").context["page"]]


@pytest.mark.parametrize("sort", ["name", "-name", "number", "-number", "city", "-city", "email", "-email"])
def test_every_sort_shows_every_contact_once(full: Desk, sort: str) -> None:
    rows = _all_pages(full, f"sort={sort}")

    wanted = Contact.objects.filter(connection=full.connection, archived=False)
    assert sorted(row.pk for row in rows) == sorted(wanted.values_list("pk", flat=True))


def test_numbers_are_sorted_as_numbers_in_both_directions(full: Desk) -> None:
    up = [row.customer_number or row.vendor_number for row in _all_pages(full, "sort=number")]
    down = [row.customer_number or row.vendor_number for row in _all_pages(full, "sort=-number")]

    assert up == sorted(up)
    assert down == sorted(up, reverse=True)


def test_persons_stand_under_their_last_name(desk: Desk) -> None:
    desk.add(company=None, person={"firstName": "Zoe", "lastName": "Abel"})
    desk.add(company={"name": "Mitte GmbH"})
    desk.add(company=None, person={"firstName": "Anna", "lastName": "Zorn"})

    assert _names(desk.browser.get(desk.url)) == ["Zoe Abel", "Mitte GmbH", "Anna Zorn"]


def test_equal_names_keep_their_order_from_page_to_page(desk: Desk) -> None:
    payload = desk.add().raw
    twins = [payload | {"id": str(uuid4())} for _ in range(selectors.PER_PAGE + 2)]
    mirror.store_page(desk.connection, twins, seen_at=timezone.now())

    first = [row.pk for row in _all_pages(desk, "sort=name")]

    assert len(set(first)) == selectors.PER_PAGE + 3
    assert first == [row.pk for row in _all_pages(desk, "sort=name")]


@pytest.mark.parametrize(("role", "column"), [("customer", "is_customer"), ("vendor", "is_vendor")])
def test_roles_filter(full: Desk, role: str, column: str) -> None:
    rows = _all_pages(full, f"role={role}")

    assert rows
    assert all(getattr(row, column) for row in rows)
    assert len(rows) == Contact.objects.filter(connection=full.connection, archived=False, **{column: True}).count()


def test_archived_ones_are_hidden_until_asked_for(full: Desk) -> None:
    hidden = set(Contact.objects.filter(connection=full.connection, archived=True).values_list("pk", flat=True))

    assert hidden
    assert not hidden & {row.pk for row in _all_pages(full, "")}
    assert hidden == {row.pk for row in _all_pages(full, "archived=1")}


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

    assert _names(response) == []
    assert "No contact matches" in response.content.decode()


@pytest.mark.parametrize("query", ["", "q=gmbh", "role=vendor&sort=-city", "archived=1", "q=nichts+da", "page=3&sort=number"])
def test_the_list_asks_the_database_little(full: Desk, query: str) -> None:
    with CaptureQueriesContext(database) as queries:
        full.browser.get(f"{full.url}?{query}")

    assert len(queries) <= 8, [query["sql"] for query in queries]


def test_the_whole_page_and_its_fragment_show_the_same_rows(full: Desk) -> None:
    page = full.browser.get(f"{full.url}?q=gmbh&sort=city")
    fragment = full.browser.get(f"{full.url}?q=gmbh&sort=city", headers=ROWS)

    assert "<html" in page.content.decode()
    assert "<html" not in fragment.content.decode()
    assert fragment.content.decode().strip().startswith('<div class="list" id="rows">')
    links = [re.findall(r'class="row-link" href="([^"]+)"', r.content.decode()) for r in (page, fragment)]
    assert links[0] == links[1]
    assert len(links[0]) == len(_names(page)) > 10
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
