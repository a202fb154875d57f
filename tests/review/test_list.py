"""The queue as a list: whose receipts, in which order, found by which filters, counted on which tab."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection as database
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.review import queue
from lexweb.review.models import View
from tests.cast import Cast
from tests.conftest import SignIn
from tests.review.shelf import receipt
from tests.sync import made_up

pytestmark = pytest.mark.django_db
ROWS = {"HX-Request": "true", "HX-Target": "rows"}
MOST_QUERIES = 10


def numbers(browser: Browser, query: str = "") -> list[str]:
    return [row.voucher.number for row in browser.get(f"/review/?{query}").context["rows"]]


def tabs(browser: Browser, query: str = "") -> dict[str, int]:
    return {tab.label: tab.count for tab in browser.get(f"/review/?{query}").context["tabs"].tabs}


def test_everything_to_be_reviewed_of_all_clients_one_sees_the_oldest_first(
    klaus: Browser, paula: Browser, ours: Connection, theirs: Connection, cast: Cast
) -> None:
    receipt(ours, "young", days=1)
    receipt(theirs, "old", days=9)
    receipt(ours, "draft", days=5, status="draft")
    receipt(ours, "booked", status="open")
    receipt(ours, "archived", archived=True)
    receipt(made_up.connected(cast.foreign), "foreign", days=20)

    assert numbers(paula) == ["old", "draft", "young"]
    assert numbers(klaus) == ["draft", "young"]


def test_most_urgent_first_has_what_has_no_due_date_at_the_end(klaus: Browser, ours: Connection) -> None:
    today = timezone.localdate()
    receipt(ours, "none", days=30)
    receipt(ours, "late", days=2, due_on=today - timedelta(days=1))
    receipt(ours, "later", days=9, due_on=today + timedelta(days=20))

    assert numbers(klaus, "sort=urgent") == ["late", "later", "none"]
    page = klaus.get("/review/?sort=urgent").content.decode()
    assert page.count("Overdue") == 1


@pytest.fixture
def mixed(ours: Connection, theirs: Connection, cast: Cast) -> None:
    """One receipt for each filter."""
    receipt(ours, "A", days=5, total_amount="1234.50", search="a muller mueller")
    receipt(ours, "B", days=4, kind="salesinvoice", assignee=cast.klaus)
    receipt(ours, "C", days=3, file_count=0, assignee=cast.aylin)
    receipt(ours, "D", days=2, suspect=True)
    receipt(theirs, "E", days=20, file_count=None)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=Müller", "A"),
        ("least=1.000&most=1.234,5", "A"),
        ("least=1.234,51", ""),
        ("kind=sales", "B"),
        ("kind=purchases", "EACD"),
        ("assigned=nobody", "EAD"),
        ("image=none", "C"),
        ("duplicate=1", "D"),
        ("older=14", "E"),
        ("client={client}", "ABCD"),
        ("client={client}&client={other}&older=5", "EA"),
        ("client=nonsense", ""),
        ("kind=x&older=y&least=z&assigned=a&sort=b&duplicate=2&page=99", "EABCD"),
        ("q=%00&older=-3", "EABCD"),
    ],
)
def test_filters_of_the_address(paula: Browser, mixed: None, cast: Cast, query: str, expected: str) -> None:
    asked = query.format(client=cast.client.slug, other=cast.other.slug)
    assert "".join(numbers(paula, asked)) == expected


def test_assigned_to_me_is_somebody_else_for_somebody_else(
    klaus: Browser, paula: Browser, mixed: None, cast: Cast
) -> None:
    assert numbers(klaus, "assigned=me") == ["B"]
    assert numbers(paula, "assigned=me") == []
    assert numbers(paula, f"assigned={cast.aylin.pk}") == ["C"]


def test_a_client_one_may_not_see_cannot_be_asked_for(klaus: Browser, mixed: None, cast: Cast) -> None:
    assert numbers(klaus, f"client={cast.other.slug}") == []
    page = klaus.get(f"/review/?client={cast.other.slug}").content.decode()
    assert cast.other.name not in page


def test_tabs_count_whatever_is_filtered(klaus: Browser, mixed: None, cast: Cast) -> None:
    View.objects.create(staff=cast.klaus, name="Sales", query="kind=sales")
    View.objects.create(staff=cast.paula, name="Hers", query="")

    expected = {
        "All": 4, "Assigned to me": 1, "Without image": 1, "Possible duplicates": 1, "Older than 14 days": 0,
        "Sales": 1,
    }  # fmt: skip
    assert tabs(klaus) == expected
    assert tabs(klaus, "q=nothing") == expected
    current = klaus.get("/review/?kind=sales&sort=urgent").context["tabs"].current
    assert current.label == "Sales"


def test_more_than_the_cap_is_said_not_counted(klaus: Browser, mixed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "CAP", 3)
    page = klaus.get("/review/").content.decode()
    assert "3+" in page
    assert "more than 3" in page


def test_what_is_no_amount_is_said_at_the_field(klaus: Browser, mixed: None) -> None:
    page = klaus.get("/review/?least=viel").content.decode()
    assert "This is no amount" in page
    assert len(numbers(klaus, "least=viel")) == 4


def test_filters_that_are_set_can_be_removed_one_by_one(klaus: Browser, mixed: None, cast: Cast) -> None:
    chips = klaus.get(f"/review/?client={cast.client.slug}&least=1&older=2").context["chips"]
    assert [(chip.label, chip.query) for chip in chips] == [
        (cast.client.name, "least=1&older=2"),
        ("from 1", f"client={cast.client.slug}&older=2"),
        ("at least 2 days", f"client={cast.client.slug}&least=1"),
    ]


def test_the_search_keeps_several_clients(paula: Browser, mixed: None, cast: Cast) -> None:
    page = paula.get(f"/review/?client={cast.client.slug}&client={cast.other.slug}").content.decode()
    search = page[page.index('role="search"') :].split("</form>")[0]
    assert cast.client.slug in search
    assert cast.other.slug in search


def test_what_a_form_leaves_empty_does_not_stay_in_the_address(klaus: Browser, mixed: None) -> None:
    answer = klaus.get("/review/?kind=&least=1&most=", headers=ROWS)
    assert answer["HX-Push-Url"] == "/review/?least=1"


def test_empty_states_teach(klaus: Browser, ours: Connection) -> None:
    assert "Nothing to review" in klaus.get("/review/").content.decode()
    receipt(ours, "A")
    assert "No receipt matches" in klaus.get("/review/?q=xyz").content.decode()
    Connection.objects.all().delete()
    assert "No client is connected yet" in klaus.get("/review/").content.decode()


def test_the_list_asks_little(klaus: Browser, mixed: None, cast: Cast) -> None:
    for number in range(12):
        View.objects.create(staff=cast.klaus, name=f"View {number}", query=f"least={number}")
    for query in ("", "sort=urgent&q=müller", f"client={cast.client.slug}&assigned=me&page=2"):
        with CaptureQueriesContext(
            database,
        ) as asked:
            klaus.get(f"/review/?{query}")
        assert len(asked) <= MOST_QUERIES, [each["sql"] for each in asked]


def test_the_choice_of_clients_shows_who_has_something(paula: Browser, mixed: None, cast: Cast) -> None:
    answer: Any = paula.get(f"/review/clients/?kind=sales&client={cast.other.slug}")
    assert {place.name: count for place, count in answer.context["places"]} == {cast.client.name: 4, cast.other.name: 1}
    page = answer.content.decode()
    assert 'name="kind" value="sales"' in page
    assert f'value="{cast.other.slug}" checked' in page


def test_the_rail_counts_what_waits(
    klaus: Browser, cast: Cast, sign_in: SignIn, mixed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    fragment = {"HX-Request": "true"}
    assert klaus.get("/review/count/", headers=fragment).content.decode().strip() == "4"
    assert sign_in(cast.fremd).get("/review/count/", headers=fragment).content.decode().strip() == ""
    monkeypatch.setattr(queue, "BADGE_CAP", 2)
    assert klaus.get("/review/count/", headers=fragment).content.decode().strip() == "2+"
    assert klaus.get("/").context["start"].to_review == 3
