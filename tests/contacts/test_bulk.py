"""Changing many contacts: what is chosen, what is shown, and that exactly this is done."""

import re
from typing import Any

import pytest
from django.urls import reverse

from lexweb.contacts.models import Contact
from lexweb.outbox.models import Batch, Item
from tests.cast import Cast
from tests.conftest import SignIn
from tests.contacts.desk import HTMX, Desk, said

pytestmark = pytest.mark.django_db
LONG = {"business": ["a@a.example", "b@b.example"]}


@pytest.fixture
def five(desk: Desk) -> list[Contact]:
    """Two plain customers, one that is a vendor already, one locked, one archived."""
    plain = [desk.add(company={"name": name}, note="alt") for name in ("Ahrens", "Brand")]
    vendor = desk.add(company={"name": "Coester"}, roles={"customer": {}, "vendor": {}})
    locked, archived = desk.add(company={"name": "Dohm"}), desk.add(company={"name": "Ehlers"})
    desk.change(locked, emailAddresses=LONG)
    desk.change(archived, archived=True)
    return [*plain, vendor, desk.mirror(locked.lexware_id), desk.mirror(archived.lexware_id)]


def _ids(contacts: list[Contact]) -> list[str]:
    return [str(contact.lexware_id) for contact in contacts]


def _post(desk: Desk, data: dict[str, Any], *, htmx: bool = False) -> Any:
    return desk.browser.post(f"{desk.url}bulk/", data, headers=HTMX if htmx else {})


def _preview(desk: Desk, chosen: dict[str, Any], **typed: str) -> dict[str, str]:
    """Choose in the list, then on the page; return what the page would send on."""
    response = _post(desk, chosen | {"step": "preview", "change": "vendor"} | typed)
    assert response.status_code == 200
    hidden = dict(re.findall(r'name="(chosen|agreed)" value="([^"]*)"', response.content.decode()))
    return hidden | {"step": "confirm", "change": "vendor"} | typed


def _all(desk: Desk, query: str = "") -> str:
    return str(desk.browser.get(f"{desk.url}{query}").context["all_of_search"])


def test_the_page_shows_what_changes_and_what_stays_and_why(desk: Desk, five: list[Contact]) -> None:
    response = _post(desk, {"id": _ids(five), "step": "preview", "change": "vendor"})

    plan = response.context["plan"]
    assert [(row.contact.name, row.before, row.after) for row in plan.previews] == [
        ("Ahrens", "Customer", "Customer, Vendor"),
        ("Brand", "Customer", "Customer, Vendor"),
    ]
    assert {reason: group.names for reason, group in plan.left_out.items()} == {
        "same": ["Coester"],
        "locked": ["Dohm"],
        "archived": ["Ehlers"],
    }
    assert Item.objects.count() == 0


def test_confirmed_goes_into_the_outbox_and_can_be_undone_in_the_toast(desk: Desk, five: list[Contact]) -> None:
    response = _post(desk, _preview(desk, {"id": _ids(five)}) | {"back": "role=customer"})

    batch = Batch.objects.get()
    assert response["Location"] == f"{desk.url}?role=customer"
    assert list(batch.items.values_list("label", "state").order_by("number")) == [
        ("Ahrens", "waiting"),
        ("Brand", "waiting"),
    ]
    page = desk.browser.get(response["Location"]).content.decode()
    assert "2 changes will be sent in 10 seconds." in page
    assert f'action="{reverse("outbox:undo", args=[batch.pk])}"' in page
    assert page.count("being sent</span>") == 2

    desk.browser.post(reverse("outbox:undo", args=[batch.pk]))
    assert set(batch.items.values_list("state", flat=True)) == {"cancelled"}


def test_pressed_twice_it_is_done_once(desk: Desk, five: list[Contact]) -> None:
    sent = _preview(desk, {"id": _ids(five)})

    _post(desk, sent)
    again = _post(desk, sent)

    assert again.status_code == 302
    assert Batch.objects.count() == 1
    assert Item.objects.count() == 2


@pytest.mark.parametrize(("htmx", "status"), [(True, 422), (False, 409)])
def test_more_of_them_when_confirming_is_said_and_asked_again(
    desk: Desk, five: list[Contact], htmx: bool, status: int
) -> None:
    sent = _preview(desk, {"all": _all(desk, "?role=customer")})
    desk.add(company={"name": "Neumann"})

    response = _post(desk, sent, htmx=htmx)

    page = response.content.decode()
    assert response.status_code == status
    assert Item.objects.count() == 0
    assert "Nothing was sent: the contacts have changed" in page
    assert "there were 4 contacts, now there are 5" in page
    assert response.context["plan"].count == 3


def test_one_instead_of_another_is_noticed_though_the_count_is_the_same(desk: Desk, five: list[Contact]) -> None:
    sent = _preview(desk, {"all": _all(desk)})
    desk.add(company={"name": "Neumann"})
    Contact.objects.get(name="Ahrens").delete()

    assert _post(desk, sent).status_code == 409
    assert Item.objects.count() == 0


def test_all_of_a_search_are_those_of_the_search(desk: Desk, five: list[Contact]) -> None:
    _post(desk, _preview(desk, {"all": _all(desk, "?q=bra")}))

    assert list(Item.objects.values_list("label", flat=True)) == ["Brand"]


def test_all_means_more_than_a_page(full: Desk) -> None:
    _post(full, _preview(full, {"all": _all(full)}, change="append_note", text="geprüft"))

    assert Item.objects.count() > 100


def test_the_choice_of_one_client_means_nothing_for_another(desk: Desk, five: list[Contact]) -> None:
    token = _all(desk)
    desk.connection.organization_id = five[0].lexware_id
    desk.connection.save()

    for text in (token, token[:-2], "nonsense"):
        response = _post(desk, {"all": text, "step": "preview", "change": "vendor"})
        assert response.status_code == 302
        assert "Select the contacts in the list first" in said(response)


def test_contacts_of_another_client_are_not_found(desk: Desk, five: list[Contact], cast: Cast) -> None:
    other = Contact.objects.get(pk=five[0].pk)
    other.pk = None
    other.connection = _twin(desk, cast)
    other.lexware_id = desk.connection.organization_id
    other.save()

    response = _post(desk, {"id": [str(other.lexware_id)], "step": "preview", "change": "vendor"})

    assert response.context["plan"].found == 0


def _twin(desk: Desk, cast: Cast) -> Any:
    connection = type(desk.connection).objects.get(pk=desk.connection.pk)
    connection.pk, connection.client, connection.lexware_connection_id = None, cast.other, None
    connection.save()
    return connection


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"change": "set_note"}, "text"),
        ({"change": "other"}, "change"),
        ({"change": "set_note", "text": "x" * 1001}, ""),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(
    desk: Desk, five: list[Contact], typed: dict[str, str], field: str
) -> None:
    response = _post(desk, {"id": _ids(five), "step": "preview"} | typed)

    if field:
        assert response.status_code == 422
        assert list(response.context["form"].errors) == [field]
    else:
        assert response.context["plan"].count == 0


def test_rows_ask_until_they_are_sent_and_come_back_as_they_are_then(desk: Desk, five: list[Contact]) -> None:
    _post(desk, _preview(desk, {"id": _ids(five)}))
    listed = desk.browser.get(desk.url).content.decode()
    address = re.search(r'id="under-way" hx-get="([^"]+)"', listed)
    assert address

    waiting = desk.browser.get(address[1].replace("&amp;", "&"), headers=HTMX).content.decode()
    Item.objects.update(state="done", due_at=None)
    done = desk.browser.get(address[1].replace("&amp;", "&"), headers=HTMX).content.decode()

    assert waiting.count("being sent") == 2
    assert "every 3s" in waiting
    assert "being sent" not in done
    assert "every 3s" not in done
    assert done.count("hx-swap-oob") == 2


def test_who_may_not_edit_cannot_select(desk: Desk, five: list[Contact], cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.robert).get(desk.url).content.decode()

    assert "Ahrens" in page
    assert "data-select" not in page
    assert sign_in(cast.robert).post(f"{desk.url}bulk/", {"id": _ids(five)}).status_code == 403
