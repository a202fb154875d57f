"""After a collision a person chooses, field by field, however often somebody else saves in between."""

import pytest

from lexweb.contacts.models import Contact
from tests.contacts.desk import Desk, colliding, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stale_versions")]


@pytest.mark.parametrize(("choice", "kept"), [("mine", "meins"), ("theirs", "deren")])
def test_what_was_chosen_is_saved(desk: Desk, contact: Contact, choice: str, kept: str) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, note="deren")
    collision = desk.sheet(sheet.save(note="meins", tax_number="20/9"))

    response = collision.save(**{"keep-note": choice})

    stored = desk.stored(contact.lexware_id)
    assert response.status_code == 302
    assert (stored["note"], stored["company"]["taxNumber"]) == (kept, "20/9")


def test_each_field_is_chosen_for_itself(desk: Desk, contact: Contact) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, note="deren", company={"name": "Ahrens GmbH"}, roles={"vendor": {}})
    collision = desk.sheet(sheet.save(note="meins", company_name="Ahrens OHG", vendor="on", tax_free="on"))

    collision.save(**{"keep-note": "theirs", "keep-company_name": "mine"})

    stored = desk.stored(contact.lexware_id)
    assert (stored["note"], stored["company"]["name"]) == ("deren", "Ahrens OHG")
    assert set(stored["roles"]) == {"customer", "vendor"}
    assert stored["company"]["allowTaxFreeInvoices"] is True


def test_not_choosing_is_an_error_at_the_field_and_the_choice_stays_on_offer(desk: Desk, contact: Contact) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, note="deren", company={"name": "Ahrens GmbH"})
    collision = desk.sheet(sheet.save(note="meins", company_name="Ahrens OHG"))

    undecided = collision.save(**{"keep-note": None, "keep-company_name": "theirs"})

    form, after = undecided.context["form"], desk.sheet(undecided)
    assert form.errors == {"note": ["Choose which version is to be kept."]}
    assert colliding(undecided) == {"note": ("meins", "deren", "alt")}
    assert (after.data["note"], after.data["company_name"]) == ("meins", "Ahrens GmbH")
    assert desk.stored(contact.lexware_id)["version"] == contact.version + 1
    assert after.save(**{"keep-note": "theirs"}).status_code == 302
    stored = desk.stored(contact.lexware_id)
    assert (stored["note"], stored["company"]["name"]) == ("deren", "Ahrens GmbH")


def test_a_choice_survives_another_mistake_in_the_form(desk: Desk, contact: Contact) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, note="deren")
    collision = desk.sheet(sheet.save(note="meins"))

    refused = desk.sheet(collision.save(**{"keep-note": "theirs", "email_other": "kein at"}))
    response = refused.save(email_other="o@a.example")

    assert refused.data["note"] == "deren"
    assert response.status_code == 302
    assert desk.stored(contact.lexware_id)["note"] == "deren"


def test_a_third_person_in_between_is_asked_about_again(desk: Desk, contact: Contact) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, note="deren")
    first = desk.sheet(sheet.save(note="meins", tax_number="20/9"))
    desk.change(contact, note="noch jemand")

    second = first.save(**{"keep-note": "mine"})
    third = desk.sheet(second).save(**{"keep-note": "mine"})

    assert second.status_code == 409
    assert colliding(second) == {"note": ("meins", "noch jemand", "deren")}
    assert third.status_code == 302
    stored = desk.stored(contact.lexware_id)
    assert (stored["note"], stored["company"]["taxNumber"]) == ("meins", "20/9")


def test_the_merged_version_meets_a_third_person_and_nothing_is_lost(desk: Desk, contact: Contact) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, company={"taxNumber": "20/1"})
    desk.sandbox.fault("foreign_edit", method="PUT", count=2, changes={"phoneNumbers": {"mobile": ["0170 1"]}})

    response = sheet.save(note="meins")
    again = desk.sheet(response).save()

    assert response.status_code == 409
    assert "Somebody is changing this contact right now" in response.content.decode()
    assert again.status_code == 302
    stored = desk.stored(contact.lexware_id)
    assert (stored["note"], stored["company"]["taxNumber"]) == ("meins", "20/1")
    assert stored["phoneNumbers"] == {"business": ["0431 1"], "mobile": ["0170 1"]}


def test_the_same_change_on_both_sides_just_saves(desk: Desk, contact: Contact) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, note="gleich")

    response = sheet.save(note="gleich")

    assert response.status_code == 302
    assert "Taken over" not in said(response)
    assert desk.stored(contact.lexware_id)["note"] == "gleich"
