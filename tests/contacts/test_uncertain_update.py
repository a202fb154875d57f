"""Nobody knows whether the change was saved: the version protects it, and the person learns what is the case."""

from typing import Any

import pytest

from lexweb.activity.models import Entry
from lexweb.contacts.models import Contact
from lexweb.lexware.api import contacts as endpoint
from tests.contacts import typed
from tests.contacts.desk import Desk, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(desk: Desk) -> Contact:
    """A contact as both sides saw it last."""
    return desk.add(**typed.HELD_COMPANY)


@pytest.mark.parametrize("kind", ["504_after", "500_after", "timeout_after", "reset", "garbage", "empty"])
def test_saved_but_not_confirmed_is_found_out_and_shown(desk: Desk, contact: Contact, kind: str) -> None:
    desk.sandbox.fault(kind, method="PUT", seconds=0.05)

    response = desk.edit(contact).save(note="neu")

    assert response["Location"] == contact.url
    assert "Contact saved." in said(response)
    assert "neu" in desk.browser.get(contact.url).content.decode()
    assert desk.stored(contact.lexware_id)["version"] == contact.version + 1
    assert Contact.objects.get(pk=contact.pk).raw == desk.stored(contact.lexware_id)
    assert Entry.objects.get(target=contact.target).values["changes"][0]["after"] == "neu"


@pytest.mark.parametrize("kind", ["504", "500", "502", "timeout"])
def test_not_saved_is_said_and_saving_again_works(desk: Desk, contact: Contact, kind: str) -> None:
    desk.sandbox.fault(kind, method="PUT", seconds=0.05)

    response = desk.edit(contact).save(note="neu", tax_number="20/9")
    sheet = desk.sheet(response)
    again = sheet.save()

    assert response.status_code == 422
    assert "Lexware Office broke off before answering" in sheet.page
    assert (sheet.data["note"], sheet.data["tax_number"]) == ("neu", "20/9")
    assert again.status_code == 302
    stored = desk.stored(contact.lexware_id)
    assert (stored["note"], stored["version"]) == ("neu", contact.version + 1)


def test_saved_late_behind_the_gateway_is_no_conflict_with_myself(desk: Desk, contact: Contact) -> None:
    desk.sandbox.fault("504", method="PUT")
    sheet = desk.sheet(desk.edit(contact).save(note="neu"))
    desk.change(contact, note="neu")  # what the gateway did not wait for

    response = sheet.save()

    assert response.status_code == 302
    assert "Taken over" not in said(response)
    assert desk.stored(contact.lexware_id)["note"] == "neu"


def test_broken_off_while_somebody_saved_first_is_a_conflict(desk: Desk, contact: Contact) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, note="deren")
    desk.sandbox.fault("504", method="PUT")

    response = sheet.save(note="meins")

    assert response.status_code == 409
    assert [row.theirs for row in response.context["form"].colliding] == ["deren"]


def test_when_looking_fails_too_nothing_is_lost(desk: Desk, contact: Contact, impatient: None) -> None:
    sheet = desk.edit(contact)
    desk.sandbox.fault("504_after", method="PUT")
    desk.sandbox.fault("503", method="GET", path="/v1/contacts/*")

    unsure = desk.sheet(sheet.save(note="neu"))
    response = unsure.save()

    assert unsure.data["note"] == "neu"
    assert response.status_code == 302
    assert desk.stored(contact.lexware_id)["note"] == "neu"


def test_saved_but_unreadable_shows_what_was_sent_until_the_next_sync(desk: Desk, impatient: None) -> None:
    contact = desk.add(**typed.HELD_COMPANY)
    desk.change(contact, archived=True)
    contact = desk.mirror(contact.lexware_id)
    sheet = desk.edit(contact)
    desk.sandbox.fault("503", method="GET", path="/v1/contacts/*")

    response = sheet.save(note="neu")

    assert "Contact saved." in said(response)
    assert Contact.objects.get(pk=contact.pk).raw == desk.stored(contact.lexware_id)


def test_a_read_that_lags_behind_the_write_is_not_believed(
    desk: Desk, contact: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, before = desk.edit(contact), endpoint.Contact.model_validate(desk.stored(contact.lexware_id))
    monkeypatch.setattr(endpoint.ContactsEndpoint, "get", lambda self, contact_id: before)

    sheet.save(note="neu")

    assert Contact.objects.get(pk=contact.pk).raw == desk.stored(contact.lexware_id)
    assert Entry.objects.get(target=contact.target).values["changes"][0]["after"] == "neu"


def test_a_lone_country_that_is_not_sent_is_not_missed_afterwards(desk: Desk) -> None:
    contact = desk.add(note="alt")
    desk.sandbox.fault("504_after", method="PUT")

    response = desk.edit(contact).save(note="neu", billing_country="DE")

    assert "Contact saved." in said(response)
    assert desk.stored(contact.lexware_id)["note"] == "neu"


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [("429", "Lexware Office is slowing us down"), ("plan_402", "The plan does not include this"),
     ("forbidden_403", "The connection lacks a right"), ("revoked", "The connection has to be renewed")],
)  # fmt: skip
def test_a_trouble_is_said_and_the_form_kept(
    desk: Desk, contact: Contact, impatient: None, kind: str, sentence: str
) -> None:
    sheet = desk.edit(contact)
    desk.sandbox.fault(kind, method="PUT")

    response = sheet.save(note="neu")

    after = desk.sheet(response)
    assert response.status_code == 422
    assert sentence in after.page
    assert after.data["note"] == "neu"


def test_a_dead_line_is_said_and_the_form_kept(desk: Desk, contact: Contact, impatient: None, settings: Any) -> None:
    sheet = desk.edit(contact)
    settings.LEXWARE_API_URL = "http://127.0.0.1:9"

    after = desk.sheet(sheet.save(note="neu"))

    assert "Lexware Office cannot be reached" in after.page
    assert after.data["note"] == "neu"
