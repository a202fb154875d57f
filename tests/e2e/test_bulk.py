"""Changing many contacts: choose, look, confirm, take back; by mouse, by keyboard alone, and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Desks
from tests.e2e.office import Organization, Sandbox
from tests.e2e.steps import Desk

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def organization(sandbox: Sandbox) -> Organization:
    """The largest account that the demo connects: more than one page."""
    return sandbox.named("Lesezeichen")


def _list(desk: Desk, organization: Organization) -> str:
    client = desk.client(organization)
    desk.go(f"{client}contacts/?role=vendor")
    expect(desk.rows.first).to_be_visible()
    return client


def test_selected_looked_at_confirmed_and_taken_back(desk: Desk, organization: Organization) -> None:
    _list(desk, organization)
    boxes = desk.page.locator("input[data-select]")
    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    bar = desk.page.locator("[data-selected]")
    words, total = bar.get_attribute("data-words") or "", bar.get_attribute("data-total") or ""
    expect(bar).to_have_text(words.replace("%d", "3").replace("%m", total))
    assert int(total) > desk.rows.locator("input:checked").count() == 3

    desk.button("Change …").click()
    expect(desk.heading()).to_have_text(desk.say("Change contacts"))
    desk.page.locator("[value=append_note]").check()
    desk.button("Show what changes").click()
    expect(desk.page.locator("#id_text")).to_be_focused()  # it needs a text
    desk.page.locator("#id_text").fill("Unterlagen geprüft")
    desk.button("Show what changes").click()
    expect(desk.page.locator("#plan tbody tr").first).to_contain_text("Unterlagen geprüft")
    count = desk.page.locator("#plan tbody tr").count()
    desk.page.locator("#confirm").click()

    expect(desk.page).to_have_url(re.compile(r"contacts/\?role=vendor$"))
    expect(desk.rows.get_by_text(desk.say("being sent"))).to_have_count(count)
    desk.button("Undo", within=desk.toasts).click()
    expect(desk.toasts).to_contain_text(str(count))
    expect(desk.rows.get_by_text(desk.say("being sent"))).to_have_count(0)
    expect(desk.page).to_have_url(re.compile(r"contacts/\?role=vendor$"))


def test_by_keyboard_alone(desk: Desk, organization: Organization, sandbox: Sandbox) -> None:
    _list(desk, organization)
    keys = desk.page.keyboard
    for key in ("j", "x", "j", "x", "b"):
        keys.press(key)
    expect(desk.heading()).to_have_text(desk.say("Change contacts"))
    desk.page.locator("[value=append_note]").focus()
    keys.press("Space")
    keys.press("Tab")
    keys.type("per Tastatur")
    keys.press("Tab")
    keys.press("Enter")
    expect(desk.page.locator("#confirm")).to_be_visible()
    desk.page.locator("#confirm").focus()
    keys.press("Enter")
    desk.arrives(r"contacts/\?role=vendor$")
    expect(desk.button("Undo", within=desk.toasts)).to_be_visible()
    keys.press("u")
    expect(desk.rows.get_by_text(desk.say("being sent"))).to_have_count(0)


def test_all_of_a_search_on_a_phone_reach_lexware_office(open_desk: Desks, organization: Organization) -> None:
    desk = open_desk("paula", viewport={"width": 390, "height": 780})
    client = desk.client(organization)
    desk.go(f"{client}contacts/?q=gmbh&role=customer")
    first = desk.rows.first.get_by_role("link").inner_text()
    desk.page.locator("input[data-select]").first.check()
    desk.button("Change …").click()
    desk.page.locator("[value=set_note]").check()
    desk.page.locator("#id_text").fill("vom Telefon")
    desk.button("Show what changes").click()
    assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    desk.page.locator("#confirm").click()
    expect(desk.rows.get_by_text(desk.say("being sent"))).to_have_count(1)
    desk.go("/outbox/")
    desk.rows.first.get_by_role("link").click()
    expect(desk.rows.first).to_contain_text(first)
    assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    expect(desk.rows.first).to_contain_text(desk.say("Done"), timeout=90_000)
