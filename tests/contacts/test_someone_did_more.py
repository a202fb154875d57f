"""Someone saved first, and it is worse than another value: deleted, locked, refused, tampered with."""

import pytest

from lexweb.contacts.models import Contact
from tests.contacts.desk import Desk, said

pytestmark = pytest.mark.django_db
SECOND_EMAIL = {"business": ["a@a.example", "b@a.example"]}


@pytest.fixture
def contact(desk: Desk) -> Contact:
    """A contact as both sides saw it last."""
    return desk.add(note="alt")


@pytest.mark.parametrize("htmx", [False, True])
def test_deleted_over_there_is_told_and_leaves_the_mirror(desk: Desk, contact: Contact, htmx: bool) -> None:
    sheet = desk.edit(contact)
    desk.remove(contact)

    response = sheet.save(htmx=htmx, note="meins")

    assert response["HX-Redirect" if htmx else "Location"] == desk.url
    assert "The contact was deleted in Lexware Office." in said(response)
    assert not Contact.objects.exists()


def test_deleted_between_the_refusal_and_the_second_look(desk: Desk, contact: Contact) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, note="deren")
    collision = desk.sheet(sheet.save(note="meins"))
    desk.remove(contact)

    response = collision.save(**{"keep-note": "mine"})

    assert "The contact was deleted in Lexware Office." in said(response)


@pytest.mark.parametrize("htmx", [False, True])
def test_locked_by_the_foreign_edit_the_reason_is_shown_and_my_text_kept(
    desk: Desk, contact: Contact, htmx: bool
) -> None:
    sheet = desk.edit(contact)
    desk.sandbox.fault("foreign_edit", method="PUT", changes={"emailAddresses": SECOND_EMAIL})

    response = sheet.save(htmx=htmx, note="lange getippt", tax_number="20/9")

    after = desk.sheet(response)
    assert response.status_code == (422 if htmx else 409)
    assert "business e-mails" in after.page
    assert f"/permalink/contacts/view/{contact.lexware_id}" in after.page
    assert (after.data["note"], after.data["tax_number"]) == ("lange getippt", "20/9")
    assert desk.stored(contact.lexware_id)["note"] == "alt"


@pytest.mark.parametrize("base", ["", "tampered", "eyJ2ZXJzaW9uIjo5OX0:1abc:sig"])
def test_a_tampered_base_offers_everything_that_differs(desk: Desk, contact: Contact, base: str) -> None:
    response = desk.edit(contact).save(base=base, note="meins", tax_number="20/9")

    assert response.status_code == 409
    offered = {row.name: (row.mine, row.theirs) for row in response.context["form"].colliding}
    assert offered == {"note": ("meins", "alt"), "tax_number": ("20/9", "–")}
    after = desk.sheet(response)
    assert after.save(**{"keep-note": "theirs", "keep-tax_number": "mine"}).status_code == 302
    stored = desk.stored(contact.lexware_id)
    assert (stored["note"], stored["company"]["taxNumber"]) == ("alt", "20/9")


def test_a_tampered_base_without_a_difference_claims_nothing(desk: Desk, contact: Contact) -> None:
    response = desk.edit(contact).save(base="x")

    assert response.status_code == 302
    assert "Taken over" not in said(response)


def test_made_up_collisions_and_choices_do_no_harm(desk: Desk, contact: Contact) -> None:
    sheet = desk.edit(contact)

    response = sheet.save(
        note="meins", collision=["note", "gibtsnicht"], **{"keep-note": "mine", "keep-vendor": "theirs"}
    )

    assert response.status_code == 302
    assert desk.stored(contact.lexware_id)["note"] == "meins"


def test_a_collision_of_what_is_no_field_of_a_contact_is_ignored(desk: Desk, contact: Contact) -> None:
    response = desk.edit(contact).save(note="meins", collision=["base", "key", "note", "note"])

    assert response.status_code == 409
    assert [row.name for row in response.context["form"].colliding] == ["note"]


def test_the_base_of_another_contact_counts_as_tampered_with(desk: Desk, contact: Contact) -> None:
    other = desk.edit(desk.add(note="anders")).data["base"]

    response = desk.edit(contact).save(base=other, note="meins")

    assert response.status_code == 409
    assert [(row.name, row.before) for row in response.context["form"].colliding] == [("note", "–")]
    assert desk.stored(contact.lexware_id)["note"] == "alt"


def test_a_sync_in_between_does_not_hide_the_foreign_change(desk: Desk, contact: Contact) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, note="deren")
    desk.mirror(contact.lexware_id)

    response = sheet.save(note="meins")

    assert [row.name for row in response.context["form"].colliding] == ["note"]


def test_what_the_other_side_made_invalid_is_said_at_its_field(desk: Desk, contact: Contact) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, phoneNumbers={"business": ["bitte anrufen"]})

    response = sheet.save(note="meins")

    assert list(response.context["form"].errors) == ["phone_business"]
    assert desk.sheet(response).data["note"] == "meins"
    assert "Somebody is changing this contact right now" not in response.content.decode()


def test_a_trouble_while_merging_is_named_and_saving_again_works(desk: Desk, contact: Contact, impatient: None) -> None:
    sheet = desk.edit(contact)
    desk.change(contact, company={"taxNumber": "20/1"})
    desk.sandbox.fault("503", method="GET", path="/v1/contacts/*", count=1)

    response = sheet.save(note="meins")
    again = desk.sheet(response).save()

    assert "Lexware Office does not answer properly" in response.content.decode()
    assert again.status_code == 302
    stored = desk.stored(contact.lexware_id)
    assert (stored["note"], stored["company"]["taxNumber"]) == ("meins", "20/1")
