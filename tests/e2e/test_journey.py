"""The main path in one go: in both languages, and without JavaScript."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Desks
from tests.e2e.office import Sandbox
from tests.e2e.steps import CONTACT, contact_id
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e]


@pytest.mark.parametrize(
    ("language", "scripts", "account"),
    [("de", True, "Lindenblatt"), ("en", True, "Brandt"), ("de", False, "Schröder")],
    ids=["german", "english", "german-without-scripts"],
)
def test_from_sign_in_to_disconnect(
    open_desk: Desks, sandbox: Sandbox, watch: Watch, language: str, scripts: bool, account: str
) -> None:
    watch.expects(409)  # the conflict
    desk = open_desk(language=language, java_script_enabled=scripts)
    company = sandbox.named(account)
    desk.sign_in("paula@sommer.example", "falsch-und-lang-genug")
    expect(desk.page.locator("[data-form-errors]")).to_be_visible()
    desk.sign_in("paula@sommer.example")
    expect(desk.page.locator("html")).to_have_attribute("lang", language)

    client = desk.create_client()
    expect(desk.toasts).to_contain_text(desk.say("Client created. Now connect it."))
    desk.connect(company)
    expect(desk.page).to_have_url(f"{client}sync/")
    desk.await_sync()

    desk.go(f"{client}contacts/")
    desk.page.locator("#q").fill("GmbH")
    if not scripts:
        desk.button("Search").click()
    expect(desk.page).to_have_url(re.compile(r"q=GmbH"))
    expect(desk.rows.first).to_contain_text("GmbH")
    desk.rows.first.get_by_role("link").click()
    expect(desk.page).to_have_url(CONTACT)
    expect(desk.main).to_contain_text(desk.say("Master data"))

    name = f"Reise GmbH {uuid.uuid4().hex[:6]}"
    address = desk.create_contact(client, company_name=name, billing_city="Köln", note="Vorher")
    expect(desk.toasts).to_contain_text(desk.say("Contact created."))
    desk.link("Edit").click()
    desk.type_in(billing_city="Bonn")
    desk.button("Save contact").click()
    expect(desk.page).to_have_url(address)
    expect(desk.main).to_contain_text("Bonn")

    desk.link("Edit").click()
    expect(desk.field("note")).to_have_value("Vorher")
    sandbox.change(company, contact_id(address), {"note": "Drüben"})
    desk.type_in(note="Hier")
    desk.button("Save contact").click()
    conflict = desk.page.locator("#conflict")
    expect(conflict).to_contain_text(desk.say("Somebody saved this contact first"))
    conflict.get_by_label("Drüben").check()
    desk.button("Save contact").click()
    expect(desk.page).to_have_url(address)
    expect(desk.main).to_contain_text("Drüben")

    desk.go(client)
    desk.link("Disconnect").click()
    desk.page.locator("form[action$='/disconnect/']").get_by_role("button", name=desk.say("Disconnect")).click()
    expect(desk.main).to_contain_text(desk.say.pattern("Disconnected since %(since)s. What you see is the last state."))
    desk.go(address)
    expect(desk.main).to_contain_text("Drüben")
    expect(desk.link("Edit")).to_have_count(0)


def test_the_language_is_switched_in_the_menu(open_desk: Desks) -> None:
    desk = open_desk("klaus")
    html, menu = desk.page.locator("html"), desk.page.locator("details.rail-person > summary")
    desk.go("/clients/?q=GmbH")
    for language, word in (("en", "English"), ("de", "Deutsch")):
        menu.click()
        desk.page.get_by_role("button", name=word, exact=True).click()
        expect(html).to_have_attribute("lang", language)
        expect(desk.page).to_have_url(re.compile(r"/clients/\?q=GmbH$"))


def test_theme_and_density_change_at_once_and_stay(open_desk: Desks) -> None:
    desk = open_desk("klaus")
    html, menu = desk.page.locator("html"), desk.page.locator("details.rail-person > summary")
    desk.go("/clients/")
    for name, value, word in (
        ("theme", "dark", "Dark"), ("density", "compact", "Compact"),
        ("theme", "system", "System"), ("density", "comfortable", "Comfortable"),
    ):  # fmt: skip
        if not desk.button(word).is_visible():
            menu.click()
        with desk.page.expect_response(re.compile("/preferences/")):
            desk.button(word).click()
        expect(html).to_have_attribute(f"data-{name}", value)
        expect(desk.button(word)).to_have_attribute("aria-pressed", "true")
        desk.page.reload()
        expect(html).to_have_attribute(f"data-{name}", value)
