"""Nobody knows whether the new contact was created: it exists once in the end, however often the form is sent."""

from typing import Any

import pytest

from lexweb.activity.models import Entry
from lexweb.contacts.models import Contact
from tests.contacts import typed
from tests.contacts.desk import Desk, said

pytestmark = pytest.mark.django_db
NAME = typed.COMPANY["company_name"]


def _there(desk: Desk, name: str = NAME) -> list[dict[str, Any]]:
    return [stored for stored in desk.named("Die Maler") if stored["company"]["name"] == name]


@pytest.mark.parametrize("kind", ["504_after", "500_after", "timeout_after", "reset", "garbage", "empty"])
def test_created_but_not_confirmed_is_found_and_kept(desk: Desk, kind: str) -> None:
    desk.sandbox.fault(kind, method="POST", seconds=0.05)

    response = desk.new().save(**typed.COMPANY)

    contact = Contact.objects.select_related("connection__client").get()
    assert response["Location"] == contact.url
    assert "Contact created." in said(response)
    assert [stored["id"] for stored in _there(desk)] == [str(contact.lexware_id)]
    assert contact.raw == _there(desk)[0]
    assert Entry.objects.filter(target=contact.target, kind="contact.created").count() == 1
    assert len(desk.sent("POST")) == 1


@pytest.mark.parametrize("kind", ["504", "500", "502", "503", "timeout"])
def test_not_created_is_said_and_saving_again_sends_once_more(desk: Desk, kind: str) -> None:
    desk.sandbox.fault(kind, method="POST", seconds=0.05)

    response = desk.new().save(**typed.COMPANY)
    sheet = desk.sheet(response)
    again = sheet.save()

    assert response.status_code == 422
    assert "It was probably not created" in sheet.page
    assert {name: sheet.data.get(name) for name in typed.COMPANY} == typed.COMPANY
    assert again.status_code == 302
    assert len(_there(desk)) == 1
    assert len(desk.sent("POST")) == 2


def test_created_late_behind_the_gateway_is_found_by_the_second_try(desk: Desk) -> None:
    desk.sandbox.fault("504", method="POST")
    sheet = desk.sheet(desk.new().save(**typed.COMPANY))
    desk.add(**typed.HELD_COMPANY, roles={"customer": {}, "vendor": {}})  # what the gateway did not wait for
    Contact.objects.all().delete()  # the mirror has not seen it

    desk.forget_requests()
    response = sheet.save()

    assert response.status_code == 302
    assert desk.sent("POST") == []
    assert len(_there(desk)) == 1


def test_when_even_looking_fails_the_next_try_looks_before_it_sends(desk: Desk, impatient: None) -> None:
    desk.sandbox.fault("504_after", method="POST")
    desk.sandbox.fault("503", method="GET", path="/v1/contacts")

    sheet = desk.sheet(desk.new().save(**typed.COMPANY))
    response = sheet.save()

    assert "It was probably not created" in sheet.page
    assert response.status_code == 302
    assert len(desk.sent("POST")) == 1
    assert len(_there(desk)) == 1


@pytest.mark.parametrize("kind", ["504_after", "504"])
def test_an_identical_twin_from_before_is_not_taken_for_the_new_one(desk: Desk, kind: str) -> None:
    twin = desk.add(**typed.HELD_COMPANY, roles={"customer": {}, "vendor": {}})
    desk.sandbox.fault(kind, method="POST")

    response = desk.new().save(**typed.COMPANY)
    if kind == "504":
        assert response.status_code == 422
        response = desk.sheet(response).save()

    assert response.status_code == 302
    assert response["Location"] != twin.url
    assert len(_there(desk)) == 2
    assert Contact.objects.count() == 2


def test_two_forms_with_the_same_text_make_two_contacts(desk: Desk) -> None:
    desk.new().save(**typed.COMPANY)
    desk.sandbox.fault("504_after", method="POST")

    desk.new().save(**typed.COMPANY)

    assert len(_there(desk)) == 2
    assert Contact.objects.count() == 2
