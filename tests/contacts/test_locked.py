"""A contact with more than one entry in a list: the API cannot update it, and people learn why."""

import pytest

from tests.contacts.desk import Desk

pytestmark = pytest.mark.django_db
SECOND_EMAIL = {"business": ["a@a.example", "b@a.example"]}


def test_a_locked_contact_is_read_only_with_the_reason_and_the_way_out(desk: Desk) -> None:
    contact = desk.add()
    desk.change(contact, emailAddresses=SECOND_EMAIL)
    contact = desk.mirror(contact.lexware_id)
    link = f"{desk.sandbox.url}/permalink/contacts/view/{contact.lexware_id}"

    detail, edit = desk.browser.get(contact.url), desk.browser.get(f"{contact.url}edit/")

    for page in (detail.content.decode(), edit.content.decode()):
        assert "business e-mails" in page
        assert link in page
    assert (detail.status_code, edit.status_code) == (200, 409)
    assert "Edit</a>" not in detail.content.decode()
    assert "Save contact" not in edit.content.decode()


@pytest.mark.parametrize(("htmx", "status"), [(False, 409), (True, 422)])
def test_locked_while_typing_the_reason_is_shown_and_the_text_kept(desk: Desk, htmx: bool, status: int) -> None:
    contact = desk.add()
    sheet = desk.edit(contact)
    desk.change(contact, emailAddresses=SECOND_EMAIL)
    desk.mirror(contact.lexware_id)  # a sync noticed it

    response = sheet.save(htmx=htmx, note="lange getippt")

    after = desk.sheet(response)
    assert response.status_code == status
    assert "business e-mails" in after.page
    assert after.data["note"] == "lange getippt"
    assert "note" not in desk.stored(contact.lexware_id)


def test_unlocked_over_there_the_same_form_saves(desk: Desk) -> None:
    contact = desk.add()
    sheet = desk.edit(contact)
    desk.change(contact, emailAddresses=SECOND_EMAIL)
    desk.mirror(contact.lexware_id)
    refused = desk.sheet(sheet.save(note="lange getippt"))
    desk.change(contact, emailAddresses={"business": ["a@a.example"]})

    response = refused.save()

    assert response.status_code == 302
    stored = desk.stored(contact.lexware_id)
    assert (stored["note"], stored["emailAddresses"]) == ("lange getippt", {"business": ["a@a.example"]})
