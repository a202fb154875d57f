"""Somebody else saves the same contact while the form is open."""

import pytest
from playwright.sync_api import expect

from tests.e2e.office import Organization, Sandbox
from tests.e2e.steps import Desk, contact_id
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def organization(sandbox: Sandbox) -> Organization:
    """An account that the demo connects."""
    return sandbox.named("Yıldız")


@pytest.fixture
def contact(desk: Desk, organization: Organization, watch: Watch) -> str:
    """A contact of its own, opened for editing."""
    watch.expects(409)
    address = desk.create_contact(
        desk.client(organization), billing_city="Bonn", billing_street="Am Hof 1", note="Vorher", tax_number="1/2"
    )
    desk.link("Edit").click()
    expect(desk.field("note")).to_have_value("Vorher")
    return address


def test_changes_that_do_not_collide_are_merged(
    desk: Desk, contact: str, sandbox: Sandbox, organization: Organization
) -> None:
    sandbox.change(organization, contact_id(contact), {"note": "Von drüben"})
    desk.type_in(tax_number="3/4")
    desk.button("Save contact").click()
    expect(desk.page).to_have_url(contact)
    expect(desk.toasts).to_contain_text(
        desk.say("Somebody saved first. Taken over from there: %(fields)s.", fields=desk.say("Note"))
    )
    stored = sandbox.contact(organization, contact_id(contact))
    assert (stored["note"], stored["company"]["taxNumber"]) == ("Von drüben", "3/4")
    expect(desk.main).to_contain_text("Von drüben")
    expect(desk.main).to_contain_text("3/4")


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_where_both_changed_the_same_a_person_chooses(
    desk: Desk, contact: str, sandbox: Sandbox, organization: Organization, keep: str
) -> None:
    theirs = {"note": "Von drüben", "company": {"taxNumber": "5/6"}}
    sandbox.change(organization, contact_id(contact), theirs)
    desk.type_in(note="Von mir", billing_city="Köln")
    desk.button("Save contact").click()
    conflict = desk.page.locator("#conflict")
    expect(conflict).to_contain_text(desk.say("Somebody saved this contact first"))
    row = conflict.locator("tbody tr")
    expect(row).to_have_count(1)
    for text in ("Von mir", "Von drüben", "Vorher"):
        expect(row).to_contain_text(text)
    expect(desk.field("note")).to_have_value("Von mir")
    expect(desk.field("tax_number")).to_have_value("5/6")
    expect(desk.field("billing_city")).to_have_value("Köln")
    expect(conflict).to_be_in_viewport()
    expect(desk.page.locator("form[data-guard]")).to_have_attribute("data-dirty", "")
    row.get_by_label("Von mir" if keep == "mine" else "Von drüben").check()
    desk.button("Save contact").click()
    expect(desk.page).to_have_url(contact)
    stored = sandbox.contact(organization, contact_id(contact))
    assert stored["note"] == ("Von mir" if keep == "mine" else "Von drüben")
    assert stored["company"]["taxNumber"] == "5/6"
    assert stored["addresses"]["billing"][0]["city"] == "Köln"


def test_somebody_saves_again_while_a_person_chooses(
    desk: Desk, contact: str, sandbox: Sandbox, organization: Organization
) -> None:
    sandbox.change(organization, contact_id(contact), {"note": "Zweite"})
    desk.type_in(note="Von mir")
    desk.button("Save contact").click()
    expect(desk.page.locator("#conflict tbody tr")).to_contain_text("Zweite")
    row = desk.page.locator("#conflict tbody tr")
    desk.button("Save contact").click()
    expect(desk.main).to_contain_text(desk.say("Choose which version is to be kept."))
    expect(row).to_contain_text("Zweite")
    row.get_by_label("Von mir").check()
    sandbox.change(organization, contact_id(contact), {"note": "Dritte"})
    desk.button("Save contact").click()
    expect(row).to_contain_text("Dritte")
    expect(row).to_contain_text("Von mir")
    row.get_by_label("Dritte").check()
    desk.button("Save contact").click()
    expect(desk.page).to_have_url(contact)
    assert sandbox.contact(organization, contact_id(contact))["note"] == "Dritte"


def test_a_contact_that_becomes_locked_while_it_is_edited_keeps_the_text_in_sight(
    desk: Desk, contact: str, sandbox: Sandbox, organization: Organization
) -> None:
    mails = {"emailAddresses": {"business": ["a@b.example", "c@d.example"]}}
    sandbox.change(organization, contact_id(contact), mails)
    desk.type_in(note="Von mir")
    desk.button("Save contact").click()
    expect(desk.main).to_contain_text(desk.say("business e-mails"))
    expect(desk.link("Change it in Lexware Office")).to_be_visible()
