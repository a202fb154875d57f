"""Creating and changing contacts, alone at it."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.e2e.office import Organization, Sandbox
from tests.e2e.steps import CONTACT, Desk, contact_id
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e]

EVERYTHING = {
    "customer": True, "vendor": True, "vat_id": "DE136695976", "tax_number": "151/815/08156", "tax_free": True,
    "cp_salutation": "Frau", "cp_first_name": "Işıl", "cp_last_name": "Østergård", "cp_email": "isil@muster.example",
    "cp_phone": "030 23125001", "cp_primary": True,
    "billing_supplement": "Hinterhaus", "billing_street": "Königsallee 12 b", "billing_zip": "40212",
    "billing_city": "Düsseldorf", "billing_country": "DE",
    "shipping_supplement": "Tor 3", "shipping_street": "Lagerweg 1", "shipping_zip": "1010", "shipping_city": "Wien",
    "shipping_country": "AT",
    "email_business": "info@muster.example", "email_office": "buero@muster.example",
    "email_private": "privat@muster.example", "email_other": "sonst@muster.example",
    "phone_business": "030 23125002", "phone_office": "030 23125003", "phone_mobile": "0171 3920001",
    "phone_private": "030 23125004", "phone_fax": "030 23125005", "phone_other": "030 23125006",
    "leitweg_id": "04011000-1234512345-06", "vendor_number_there": "K-4711",
    "note": "Erste Zeile\nZweite Zeile mit <b>Klammern</b> & Umlauten: äöüß",
}  # fmt: skip


@pytest.fixture
def organization(sandbox: Sandbox) -> Organization:
    """An account that the demo connects."""
    return sandbox.named("Petersen")


@pytest.fixture
def client(desk: Desk, organization: Organization) -> str:
    """Its client."""
    return desk.client(organization)


def test_a_company_with_every_field(desk: Desk, client: str, sandbox: Sandbox, organization: Organization) -> None:
    name = f"Müller & Söhne {uuid.uuid4().hex[:6]} GmbH"
    address = desk.create_contact(client, company_name=name, **EVERYTHING)
    expect(desk.heading()).to_contain_text(name)
    expect(desk.toasts).to_contain_text(desk.say("Contact created."))
    for value in EVERYTHING.values():
        if isinstance(value, str) and len(value) > 2:
            for line in value.split("\n"):
                expect(desk.main).to_contain_text(line)
    stored = sandbox.contact(organization, contact_id(address))
    assert stored["company"]["name"] == name
    assert stored["company"]["contactPersons"][0]["lastName"] == "Østergård"
    assert stored["addresses"]["shipping"][0]["city"] == "Wien"
    assert set(stored["roles"]) == {"customer", "vendor"}
    assert stored["note"] == EVERYTHING["note"]
    desk.link("Edit").click()
    for field, value in EVERYTHING.items():
        if isinstance(value, bool):
            expect(desk.field(field)).to_be_checked()
        else:
            expect(desk.field(field)).to_have_value(value)
    desk.go(f"{client}contacts/?q={name[:20]}")
    expect(desk.page.get_by_role("link", name=name)).to_be_visible()


def test_switching_to_a_person_keeps_what_was_typed(desk: Desk, client: str, sandbox: Sandbox) -> None:
    desk.go(f"{client}contacts/new/")
    desk.type_in(billing_city="Husum", note="Bleibt stehen", email_private="theo@storm.example")
    desk.button("Person").click()
    expect(desk.field("last_name")).to_be_visible()
    expect(desk.field("company_name")).to_have_count(0)
    expect(desk.field("note")).to_have_value("Bleibt stehen")
    expect(desk.field("billing_city")).to_have_value("Husum")
    expect(desk.page.locator("[aria-invalid=true]")).to_have_count(0)
    expect(desk.button("Person")).to_be_focused()
    name = f"Storm{uuid.uuid4().hex[:6]}"
    desk.type_in(salutation="Herr", first_name="Theodor", last_name=name)
    desk.button("Create contact").click()
    expect(desk.page).to_have_url(CONTACT)
    expect(desk.heading()).to_contain_text(name)
    expect(desk.main).to_contain_text("Bleibt stehen")


def test_a_change_shows_at_once_in_page_list_and_history(
    desk: Desk, client: str, sandbox: Sandbox, organization: Organization
) -> None:
    address = desk.create_contact(client, billing_city="Kiel", billing_street="Holstenstraße 1")
    desk.link("Edit").click()
    state = desk.page.locator("[data-unsaved]")
    expect(state).to_have_text(desk.say("No changes yet"))
    desk.type_in(billing_city="Lübeck", note="Neu hier")
    expect(state).to_contain_text(desk.say("City"))
    expect(state).to_contain_text(desk.say("Note"))
    desk.button("Save contact").click()
    expect(desk.page).to_have_url(address)
    expect(desk.toasts).to_contain_text(desk.say("Contact saved."))
    expect(desk.main).to_contain_text("Lübeck")
    assert sandbox.contact(organization, contact_id(address))["addresses"]["billing"][0]["city"] == "Lübeck"
    name = desk.heading().inner_text().split("  ")[0].split("\n")[0].strip()
    sentence = desk.say.pattern("%(actor)s changed the contact “%(name)s”.")
    entry = desk.page.locator(".timeline li").filter(has_text=sentence)
    expect(entry).to_contain_text(desk.say.count("%(count)s field changed", "%(count)s fields changed", 2, count=2))
    entry.locator("summary").click()
    expect(entry.locator("del").filter(has_text="Kiel")).to_be_visible()
    expect(entry.locator("ins").filter(has_text="Lübeck")).to_be_visible()
    desk.go(f"{client}contacts/?q=Lübeck")
    expect(desk.rows.filter(has_text=name[:20])).to_have_count(1)


def test_what_is_missing_is_said_at_the_field(desk: Desk, client: str, sandbox: Sandbox) -> None:
    sandbox.forget_requests()
    desk.go(f"{client}contacts/new/")
    desk.type_in(customer=False, cp_first_name="Nur Vorname", note="Bleibt")
    desk.button("Create contact").click()
    summary = desk.page.locator("[data-form-errors]")
    expect(summary).to_contain_text(desk.say("Company name"))
    for name in ("customer", "company_name", "cp_last_name"):
        expect(desk.field(name)).to_have_attribute("aria-invalid", "true")
    expect(desk.field("customer")).to_be_focused()
    expect(desk.field("note")).to_have_value("Bleibt")
    assert sandbox.requests("POST", "/contacts") == []


def test_what_lexware_office_refuses_is_said_at_the_field(desk: Desk, client: str) -> None:
    desk.go(f"{client}contacts/new/")
    desk.type_in(company_name="Firma mit Leitweg", email_business="kein@mail")
    desk.field("email_business").evaluate("e => { e.type = 'text'; e.value = 'ohne Klammeraffe' }")
    desk.button("Create contact").click()
    expect(desk.field("email_business")).to_have_attribute("aria-invalid", "true")
    expect(desk.field("email_business")).to_be_focused()
    expect(desk.page.locator("#id_email_business_error")).to_be_visible()


def test_a_vat_id_that_looks_wrong_is_remarked_but_saved(desk: Desk, client: str) -> None:
    desk.go(f"{client}contacts/new/")
    remark = desk.page.locator("#vat-remark")
    text = "This does not look like a valid VAT ID. Check it for typing errors; it can be saved as it is."
    desk.type_in(company_name=f"Falsche Nummer {uuid.uuid4().hex[:6]}", vat_id="DE123456789")
    desk.field("tax_number").focus()
    expect(remark).to_contain_text(desk.say(text))
    expect(desk.field("tax_number")).to_be_focused()
    desk.type_in(vat_id="DE136695976")
    desk.field("tax_number").focus()
    expect(remark).to_have_text("")
    desk.type_in(vat_id="DE123456789")
    desk.button("Create contact").click()
    expect(desk.page).to_have_url(CONTACT)
    expect(desk.toasts).to_contain_text(desk.say(text))


def test_a_locked_contact_says_why_and_where_to_change_it(desk: Desk, client: str, watch: Watch) -> None:
    watch.expects(409)
    desk.go(f"{client}contacts/?q=zwei-adressen")
    desk.rows.first.get_by_role("link").click()
    expect(desk.main).to_contain_text(desk.say("Read only"))
    expect(desk.main).to_contain_text(desk.say("business e-mails"))
    expect(desk.link("Edit")).to_have_count(0)
    deep = desk.link("Change it in Lexware Office")
    expect(deep).to_have_attribute("href", re.compile("/permalink/contacts/view/"))
    desk.go(f"{desk.page.url}edit/")
    expect(deep).to_be_visible()
    expect(desk.page.locator("[data-save]")).to_have_count(0)
