"""Contacts on their pages."""

import html
from typing import Any

import pytest

from tests.sandbox.office.people import People

BODY: dict[str, Any] = {
    "version": 0,
    "roles": {"customer": {}},
    "company": {"name": "Café <Eins> & Söhne"},
    "addresses": {"billing": [{"street": "Weg 1", "city": "Kiel", "countryCode": "DE"}]},
    "emailAddresses": {"office": ["eins@mail.example"]},
    "phoneNumbers": {"business": ["040 66969001"]},
}


@pytest.fixture
def contact_id(people: People) -> str:
    created = str(people.api.post("/v1/contacts", json=BODY).raise_for_status().json()["id"])
    people.forget_events()
    return created


@pytest.fixture
def address(contact_id: str) -> str:
    return f"/contacts/{contact_id}"


def test_list_is_searched_by_name_and_number(people: People, address: str, contact_id: str) -> None:
    found = people.see("/contacts", q="café <eins>")
    assert address in found
    assert "1–1 von 1" in found
    number = str(people.read("contacts", contact_id)["roles"]["customer"]["number"])
    assert address in people.see("/contacts", q=number)
    assert address not in people.see("/contacts", q="niemand")


def test_list_in_pages_of_fifty(people: People) -> None:
    first = people.see("/contacts", q="a")
    assert first.count("<tr>") == 51
    assert "?q=a&amp;page=1" in first
    assert "51–100 von" in people.see("/contacts", q="a", page="1")
    assert people.see("/contacts", q="a", page="x") == first


def test_saving_changes_what_was_typed(people: People, address: str, contact_id: str) -> None:
    assert "Café &lt;Eins&gt; &amp; Söhne" in people.see(address)
    form = {"name": "Café Zwei", "email": "zwei@mail.example", "phone": "040 66969002", "city": "Kassel"}
    assert "Gespeichert." in people.press(address, "save", **form, note="Hallo")
    contact = people.read("contacts", contact_id)
    assert contact["version"] == 2
    assert contact["company"]["name"] == "Café Zwei"
    assert contact["emailAddresses"] == {"office": ["zwei@mail.example"]}
    assert contact["phoneNumbers"] == {"business": ["040 66969002"]}
    assert contact["addresses"]["billing"] == [{"street": "Weg 1", "city": "Kassel", "countryCode": "DE"}]
    assert contact["note"] == "Hallo"
    assert people.events(contact_id) == ["contact.changed"]


def test_emptied_fields_disappear_but_not_the_name(people: People, address: str, contact_id: str) -> None:
    people.press(address, "save", name="", email="", phone="", note="")
    contact = people.read("contacts", contact_id)
    assert contact["company"]["name"] == "Café <Eins> & Söhne"
    assert not {"emailAddresses", "phoneNumbers", "note"} & set(contact)


def test_nonsense_is_refused_and_kept_in_the_form(people: People, address: str, contact_id: str) -> None:
    shown = people.refused(address, "save", name="Neu", email="keine Adresse")
    assert "E-Mail-Adresse ist nicht gültig." in shown
    assert 'value="keine Adresse"' in shown
    assert people.read("contacts", contact_id)["version"] == 1
    assert people.events(contact_id) == []


@pytest.mark.parametrize(
    ("action", "form", "group"),
    [
        ("add_email", {"email": "zwei@mail.example"}, "emailAddresses"),
        ("add_address", {"street": "Gasse 2", "zip": "24103", "city": "Kiel"}, "addresses"),
    ],
)
def test_a_second_entry_locks_the_contact(
    people: People, address: str, contact_id: str, action: str, form: dict[str, str], group: str
) -> None:
    assert "Über die Schnittstelle nicht änderbar" in people.press(address, action, **form)
    contact = people.read("contacts", contact_id)
    assert [len(entries) for entries in contact[group].values()] == [2]
    assert people.api.put(f"/v1/contacts/{contact_id}", json=contact).status_code == 406
    assert "Gespeichert." in people.press(address, "save", note="geht hier noch")
    assert people.events(contact_id) == ["contact.changed"] * 2


def test_second_entries_need_something_to_add(people: People, address: str, contact_id: str) -> None:
    people.refused(address, "add_email", email=" ")
    people.refused(address, "add_email", email="keine")
    people.refused(address, "add_address", city=" ")
    assert people.read("contacts", contact_id)["version"] == 1


def test_archive_and_restore(people: People, address: str, contact_id: str) -> None:
    people.press(address, "archive")
    assert people.read("contacts", contact_id)["archived"] is True
    people.press(address, "restore")
    assert people.read("contacts", contact_id)["archived"] is False
    assert people.events(contact_id) == ["contact.changed"] * 2


def test_new_company(people: People) -> None:
    form = {"kind": "company", "customer": "on", "vendor": "on", "name": "Neu & Co.", "zip": "24103", "city": "Kiel"}
    assert "Angelegt." in people.press("/contacts/new", "create", **form)
    found = people.api.get("/v1/contacts", params={"name": "Neu &amp; Co."}).json()["content"][0]
    assert set(found["roles"]) == {"customer", "vendor"}
    assert found["addresses"]["billing"] == [{"zip": "24103", "city": "Kiel", "countryCode": "DE"}]
    assert people.events(found["id"]) == ["contact.created"]


def test_new_person(people: People) -> None:
    form = {"kind": "person", "customer": "on", "first_name": "Ada", "name": "Ölmann", "email": "ada@mail.example"}
    people.press("/contacts/new", "create", **form)
    found = people.api.get("/v1/contacts", params={"email": "ada@mail.example"}).json()["content"][0]
    assert found["person"] == {"firstName": "Ada", "lastName": "Ölmann"}
    people.press(f"/contacts/{found['id']}", "save", first_name="Eva", name="Ölmann")
    assert people.read("contacts", found["id"])["person"] == {"firstName": "Eva", "lastName": "Ölmann"}


def test_new_contact_needs_name_and_role(people: People) -> None:
    before = len(people.organization.contacts)
    shown = html.unescape(people.refused("/contacts/new", "create", kind="company", name="", city="<Kiel>"))
    assert "Name fehlt." in shown
    assert "Kunde oder Lieferant fehlt." in shown
    assert 'value="<Kiel>"' in shown
    assert len(people.organization.contacts) == before


def test_unknown_button(people: People, address: str, contact_id: str) -> None:
    people.refused(address, "delete")
    assert people.read("contacts", contact_id)["version"] == 1
