"""The list: filters, order and pages, all in the address; and every state it can be in."""

from uuid import uuid4

import pytest
from django.utils import timezone

from lexweb.contacts import mirror, selectors
from lexweb.contacts.models import Contact
from tests.contacts.desk import Desk, names

pytestmark = pytest.mark.django_db
ROWS = {"HX-Request": "true", "HX-Target": "rows"}


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

    assert names(desk.browser.get(desk.url)) == ["Zoe Abel", "Mitte GmbH", "Anna Zorn"]


def test_equal_names_keep_their_order_from_page_to_page(desk: Desk) -> None:
    payload = desk.add().raw
    twins = [payload | {"id": str(uuid4())} for _ in range(selectors.PER_PAGE + 2)]
    mirror.store_page(desk.connection, twins, asked_at=timezone.now())

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
