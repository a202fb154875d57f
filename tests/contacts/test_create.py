"""A new contact through the form."""

from typing import Any

import pytest

from lexweb.activity.models import Entry
from lexweb.contacts import fields
from lexweb.contacts.models import Contact
from lexweb.sandbox.server import RunningSandbox
from tests.cast import Cast
from tests.conftest import SignIn
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
def test_every_field_arrives_in_lexware_office(desk: Desk, kind: str, entries: dict[str, Any], held: dict[str, Any]) -> None:
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


@pytest.mark.parametrize(("typed_", "remark"), [("DE123", True), ("DE136695976", False), ("", False), ("²№\x00ẞ", True)])
def test_the_remark_comes_while_typing(desk: Desk, typed_: str, remark: bool) -> None:
    answer = desk.browser.get(f"{desk.url}check/", {"vat_id": typed_}, headers={"HX-Request": "true"}).content.decode()

    assert ("does not look like" in answer) is remark


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"company_name": ""}, "company_name"),
        ({"customer": None}, "customer"),
        ({"cp_email": "a@b.example"}, "cp_last_name"),
        ({"billing_street": "Weg 1", "billing_country": ""}, "billing_country"),
        ({"shipping_city": "Kiel"}, "shipping_country"),
        ({"leitweg_id": "01"}, "vendor_number_there"),
        ({"note": "x" * 10_000}, "note"),
        ({"phone_fax": "1" * 31}, "phone_fax"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_before_anything_is_sent(
    desk: Desk, entries: dict[str, Any], field: str
) -> None:
    response = desk.new().save(**{"company_name": "Ahrens", "email_office": "o@a.example"} | entries)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert desk.sheet(response).data["email_office"] == "o@a.example"
    assert desk.sent("POST") == []


def test_a_note_of_10_000_signs_is_kept_to_the_last(desk: Desk) -> None:
    sheet = desk.sheet(desk.new().save(company_name="Ahrens", note="ß\n" * 5_000))

    assert sheet.data["note"].count("ß") == 5_000
    assert "these are 9999" in sheet.page


def test_a_note_of_exactly_1_000_signs_goes_through_whatever_the_line_ends(desk: Desk) -> None:
    desk.new().save(company_name="Ahrens", note="12345678\r\n" * 111 + "x")

    assert desk.named("Ahrens")[0]["note"] == "12345678\n" * 111 + "x"


@pytest.mark.parametrize(
    ("field", "value"),
    [("email_office", "kein at"), ("email_business", "a@"), ("cp_email", "x y"), ("phone_fax", "ruf mich an"),
     ("cp_phone", "abc"), ("billing_country", "XX")],
)  # fmt: skip
def test_a_refusal_stands_at_its_field_and_nothing_is_lost_or_stored(desk: Desk, field: str, value: str) -> None:
    entries = typed.COMPANY | {field: value}

    response = desk.new().save(**entries)

    sheet = desk.sheet(response)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert {name: sheet.data.get(name) for name in entries} == entries
    assert entries["company_name"] not in [stored["company"]["name"] for stored in desk.named("Die Maler")]
    assert not Contact.objects.exists()
    assert sheet.save(**{field: typed.COMPANY[field]}).status_code == 302


def test_a_client_without_a_connection_is_told_so(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)

    for response in (browser.get(f"{cast.client.url}contacts/new/"), browser.post(f"{cast.client.url}contacts/new/", {})):
        assert response.status_code == 200
        assert "Not connected yet" in response.content.decode()
