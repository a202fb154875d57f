"""Saved views: filters under a name, each person's own."""

import pytest
from django.test import Client as Browser

from lexweb.clients.models import Connection
from lexweb.review import services, tabs
from lexweb.review.filters import Filters
from lexweb.review.models import View
from tests.cast import Cast
from tests.review.shelf import receipt

pytestmark = pytest.mark.django_db


def test_a_view_is_saved_shown_renamed_and_deleted(klaus: Browser, ours: Connection, cast: Cast) -> None:
    receipt(ours, "A", kind="salesinvoice")
    page = klaus.get("/review/?kind=sales&sort=urgent").content.decode()
    assert "/review/views/new/?kind=sales&amp;sort=urgent" in page

    answer = klaus.post("/review/views/new/", {"name": "Sales first", "query": "sort=urgent&kind=sales&page=3&x=y"})
    assert answer["Location"] == "/review/?kind=sales&sort=urgent"
    view = View.objects.get()
    assert (view.staff, view.name, view.query) == (cast.klaus, "Sales first", "kind=sales&sort=urgent")
    shown = klaus.get(answer["Location"])
    assert shown.context["tabs"].current.view == view
    assert f"/review/views/{view.pk}/" in shown.content.decode()

    klaus.post(f"/review/views/{view.pk}/", {"name": "Sales"})
    assert View.objects.get().name == "Sales"
    klaus.post(f"/review/views/{view.pk}/delete/")
    assert not View.objects.exists()


def test_a_view_may_say_as_much_as_an_address(klaus: Browser) -> None:
    said = Filters(client=tuple(f"mandant{number:02}" for number in range(50)), q="ü" * 100)

    klaus.post("/review/views/new/", {"name": "All that", "query": said.query})

    assert Filters.of(View.objects.get().query) == said


def test_a_name_is_used_once(klaus: Browser, cast: Cast) -> None:
    services.save(cast.klaus, "One", Filters(kind="sales"))
    other = services.save(cast.klaus, "Two", Filters(q="x"))
    services.save(cast.paula, "Three", Filters())

    answer = klaus.post("/review/views/new/", {"name": "One", "query": "q=a"})
    assert answer.status_code == 422
    assert "You have a view of this name" in answer.content.decode()
    assert klaus.post(f"/review/views/{other.pk}/", {"name": "One"}).status_code == 422
    assert klaus.post("/review/views/new/", {"name": "Three", "query": "q=a"}).status_code == 302
    assert klaus.post("/review/views/new/", {"name": " ", "query": "q=a"}).status_code == 422


def test_views_of_others_are_none_of_my_business(klaus: Browser, cast: Cast) -> None:
    hers = services.save(cast.paula, "Hers", Filters(kind="sales"))
    assert klaus.get(f"/review/views/{hers.pk}/").status_code == 404
    assert klaus.post(f"/review/views/{hers.pk}/", {"name": "Mine"}).status_code == 404
    assert klaus.post(f"/review/views/{hers.pk}/delete/").status_code == 404
    assert View.objects.get() == hers


def test_there_is_an_end_to_it(klaus: Browser, cast: Cast) -> None:
    for number in range(tabs.MOST):
        services.save(cast.klaus, f"View {number}", Filters(q=str(number)))
    answer = klaus.post("/review/views/new/", {"name": "One more", "query": "q=a"})
    assert answer.status_code == 422
    assert "Delete one of them first" in answer.content.decode()
    assert View.objects.count() == tabs.MOST
