"""Someone saved first: what does not collide is merged, what does is put to the person, nothing typed is lost."""

import pytest

from lexweb.activity.models import Entry
from lexweb.contacts.models import Contact
from tests.contacts.desk import Desk, colliding, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stale_versions")]


def test_changes_of_different_fields_are_merged_and_saved_with_the_newer_version(desk: Desk, contact: Contact) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, phoneNumbers={"business": ["0431 2"]}, company={"taxNumber": "20/1"})

    response = sheet.save(note="meins", email_office="o@a.example")

    assert response.status_code == 302
    stored = desk.stored(contact.lexware_id)
    assert (stored["note"], stored["emailAddresses"]) == ("meins", {"office": ["o@a.example"]})
    assert (stored["phoneNumbers"], stored["company"]["taxNumber"]) == ({"business": ["0431 2"]}, "20/1")
    assert stored["version"] == contact.version + 2
    assert Contact.objects.get(pk=contact.pk).raw == stored
    assert "Taken over from there: Tax number, Phone: business." in said(response)


def test_the_history_names_my_changes_and_not_theirs(desk: Desk, contact: Contact) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, phoneNumbers={"business": ["0431 2"]})

    sheet.save(note="meins")

    changes = Entry.objects.get(target=contact.target).values["changes"]
    assert changes == [{"label": "Note", "before": "alt", "after": "meins"}]


@pytest.mark.parametrize(("htmx", "status"), [(False, 409), (True, 422)])
def test_a_collision_shows_mine_theirs_and_before_and_keeps_my_text(
    desk: Desk, contact: Contact, htmx: bool, status: int
) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, note="deren", phoneNumbers={"business": ["0431 2"]})

    response = sheet.save(htmx=htmx, note="meins", tax_number="20/9")

    after = desk.sheet(response)
    assert response.status_code == status  # htmx shows no 409
    assert colliding(response) == {"note": ("meins", "deren", "alt")}
    for words in ("Somebody saved this contact first", "meins", "deren", "alt"):
        assert words in after.page
    assert (after.data["note"], after.data["tax_number"], after.data["phone_business"]) == ("meins", "20/9", "0431 2")
    assert after.data["collision"] == ["note"]
    merged = {row.name: row.now for row in response.context["form"].merged}
    assert merged == {"tax_number": "20/9", "phone_business": "0431 2"}
    assert desk.stored(contact.lexware_id)["note"] == "deren"
