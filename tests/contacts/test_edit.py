"""Changing a contact through the form."""

from typing import Any

import pytest
from django.utils import timezone

from lexweb.activity.models import Entry
from lexweb.contacts import mirror
from lexweb.contacts.models import Contact
from tests.contacts import typed
from tests.contacts.desk import Desk, said

pytestmark = pytest.mark.django_db
READ_ONLY = ("id", "organizationId", "archived", "version", "roles")


def _writable(stored: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in stored.items() if name not in READ_ONLY}


@pytest.mark.parametrize(
    ("start", "entries", "held"),
    [
        ({"company": {"name": "Alt"}}, typed.COMPANY, typed.HELD_COMPANY),
        ({"company": None, "person": {"lastName": "Alt"}}, typed.PERSON, typed.HELD_PERSON),
    ],
)
def test_every_field_can_be_filled_and_emptied(
    desk: Desk, start: dict[str, Any], entries: dict[str, Any], held: dict[str, Any]
) -> None:
    contact = desk.add(**start)
    number = contact.customer_number
    needed = {"customer", "company_name", "last_name"}

    filled = desk.edit(contact).save(**entries)
    stored = desk.stored(contact.lexware_id)
    emptied = desk.edit(contact).save(
        **{name: None if v == "on" else "" for name, v in entries.items() if name not in needed}
    )

    assert (filled.status_code, emptied.status_code) == (302, 302)
    assert _writable(stored) == held
    assert stored["roles"]["customer"] == {"number": number}
    assert "vendor" in stored["roles"]
    bare = desk.stored(contact.lexware_id)
    assert bare["roles"] == {"customer": {"number": number}}
    assert set(_writable(bare)) == {"person"} if "person" in start else {"company"}
    assert Contact.objects.get(pk=contact.pk).raw == bare


@pytest.mark.parametrize("field", [name for name in typed.COMPANY if typed.COMPANY[name] != "on"])
def test_each_field_alone_changes_only_itself(desk: Desk, field: str) -> None:
    contact = desk.add(**typed.HELD_COMPANY)
    value = {"billing_country": "AT", "shipping_country": "CH"}.get(field, f"9{typed.COMPANY[field]}"[:25].strip())

    response = desk.edit(contact).save(**{field: value})

    assert response.status_code == 302, response.context and response.context["form"].errors
    entry = Entry.objects.get(target=contact.target)
    assert [change["after"] for change in entry.values["changes"]] == [value]
    assert Contact.objects.get(pk=contact.pk).version == contact.version + 1


def test_saving_without_a_change_changes_nothing_in_the_history(desk: Desk) -> None:
    contact = desk.add(**typed.HELD_COMPANY)

    response = desk.edit(contact).save()

    assert "Contact saved." in said(response)
    assert _writable(desk.stored(contact.lexware_id)) == typed.HELD_COMPANY
    assert not Entry.objects.filter(target=contact.target).exists()


def test_blanks_that_were_there_before_stay_and_are_no_change(desk: Desk) -> None:
    contact = desk.add(note="  mit Rand \r\n", company={"name": " Ahrens "})

    desk.edit(contact).save(tax_number="1")

    stored = desk.stored(contact.lexware_id)
    assert (stored["note"], stored["company"]["name"]) == ("  mit Rand \r\n", " Ahrens ")
    assert [c["label"] for c in Entry.objects.get(target=contact.target).values["changes"]] == ["Tax number"]


@pytest.mark.parametrize(("field", "value"), [("email_other", "kein at"), ("phone_mobile", "abc"), ("cp_email", "x y")])
def test_a_refusal_stands_at_its_field_with_all_that_was_typed(desk: Desk, field: str, value: str) -> None:
    contact = desk.add(**typed.HELD_COMPANY)

    response = desk.edit(contact).save(note="neu", **{field: value})

    sheet = desk.sheet(response)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert (sheet.data[field], sheet.data["note"]) == (value, "neu")
    assert desk.stored(contact.lexware_id)["version"] == contact.version


def test_a_contact_person_without_a_name_has_to_get_one(desk: Desk) -> None:
    odd = desk.add().raw | {"company": {"name": "Ahrens", "contactPersons": [{"emailAddress": "a@b.example"}]}}
    contact = mirror.store(desk.connection, odd, asked_at=timezone.now())

    response = desk.edit(contact).save()

    assert list(response.context["form"].errors) == ["cp_last_name"]
