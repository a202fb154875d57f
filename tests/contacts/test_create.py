"""A new contact through the form."""

from typing import Any

import pytest

from lexweb.activity.models import Entry
from lexweb.contacts import fields
from lexweb.contacts.models import Contact
from tests.contacts import typed
from tests.contacts.desk import Desk, said

pytestmark = pytest.mark.django_db


def _writable(stored: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in stored.items() if k not in {"id", "organizationId", "version", "archived", "roles"}}


@pytest.mark.parametrize("kind", ["company", "person"])
def test_the_samples_type_something_into_every_field(kind: str, desk: Desk) -> None:
    names = fields.of_kind(dict.fromkeys(fields.BY_NAME), company=kind == "company")

    assert set(typed.COMPANY if kind == "company" else typed.PERSON) == set(names)
    assert set(names) - set(desk.new(kind).data) <= {f.name for f in fields.FIELDS if f.kind is bool}


@pytest.mark.parametrize(
    ("kind", "entries", "held"),
    [("company", typed.COMPANY, typed.HELD_COMPANY), ("person", typed.PERSON, typed.HELD_PERSON)],
)
def test_every_field_arrives_in_lexware_office(
    desk: Desk, kind: str, entries: dict[str, Any], held: dict[str, Any]
) -> None:
    response = desk.new(kind).save(**entries)

    contact = Contact.objects.select_related("connection__client").get()
    assert response.status_code == 302
    assert response["Location"] == contact.url
    stored = desk.stored(contact.lexware_id)
    assert _writable(stored) == held
    assert set(stored["roles"]) == {"customer", "vendor"}
    assert contact.raw == stored
    assert contact.customer_number == stored["roles"]["customer"]["number"]


def test_it_is_told_and_remembered(desk: Desk) -> None:
    response = desk.new().save(company_name="Ahrens")

    contact = Contact.objects.select_related("connection__client").get()
    entry = Entry.objects.get(target=contact.target)
    assert "Contact created." in said(response)
    assert (entry.kind, entry.actor_name, entry.values["name"]) == ("contact.created", "Klaus", "Ahrens")
    assert "Klaus created the contact “Ahrens”." in desk.browser.get(contact.url).content.decode()


def test_htmx_is_sent_to_the_new_contact(desk: Desk) -> None:
    response = desk.new().save(htmx=True, company_name="Ahrens")

    contact = Contact.objects.select_related("connection__client").get()
    assert (response.status_code, response["HX-Redirect"]) == (204, contact.url)


def test_switching_the_kind_and_back_keeps_what_was_typed(desk: Desk) -> None:
    sheet = desk.new()
    as_person = desk.sheet(sheet.save(switch="person", **typed.COMPANY))
    as_company = desk.sheet(as_person.save(switch="company", last_name="Quandt"))

    assert as_person.data["kind"] == "person"
    assert {name: as_person.data.get(name) for name in typed.COMMON} == typed.COMMON
    assert {name: as_company.data.get(name) for name in typed.COMPANY} == typed.COMPANY
    assert as_person.data["key"] == sheet.data["key"] == as_company.data["key"]
    assert "Fill in" not in as_person.page
    assert desk.sent("POST") == []


def test_what_was_typed_for_the_other_kind_is_not_sent(desk: Desk) -> None:
    as_person = desk.sheet(desk.new().save(switch="person", **typed.COMPANY))

    as_person.save(last_name="Quandt")

    assert desk.named("Quandt")[0]["person"] == {"lastName": "Quandt"}
    assert "company" not in desk.named("Quandt")[0]


def test_a_doubtful_vat_id_is_remarked_and_saved_as_typed(desk: Desk) -> None:
    response = desk.new().save(company_name="Ahrens", vat_id="DE123")

    assert "does not look like a valid VAT ID" in said(response)
    assert desk.named("Ahrens")[0]["company"]["vatRegistrationId"] == "DE123"


@pytest.mark.parametrize(
    ("typed_", "remark"), [("DE123", True), ("DE136695976", False), ("", False), ("²№\x00ẞ", True)]
)
def test_the_remark_comes_while_typing(desk: Desk, typed_: str, remark: bool) -> None:
    answer = desk.browser.get(f"{desk.url}check/", {"vat_id": typed_}, headers={"HX-Request": "true"}).content.decode()

    assert ("does not look like" in answer) is remark
