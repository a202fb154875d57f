"""The list of contacts: search while typing, filters, order, pages, all in the address; and what a row opens."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.office import Organization, Sandbox
from tests.e2e.steps import Desk, contact_id

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def organization(sandbox: Sandbox) -> Organization:
    """The largest account that the demo connects: more than one page."""
    return sandbox.named("Lesezeichen")


@pytest.fixture
def client(desk: Desk, organization: Organization) -> str:
    """Its client, with the list open and the page marked: a full load would lose the mark."""
    client = desk.client(organization)
    desk.go(f"{client}contacts/")
    expect(desk.rows).to_have_count(50)
    desk.page.evaluate("() => { window.same = true }")
    return client


def same_page(desk: Desk) -> bool:
    return bool(desk.page.evaluate("() => window.same === true"))


def test_typing_filters_at_once_and_back_goes_back(desk: Desk, client: str) -> None:
    search = desk.page.get_by_role("searchbox", name=desk.say("Search by name, number, e-mail or city"))
    first = desk.rows.first.get_by_role("link").inner_text()
    search.press_sequentially(first, delay=5)
    expect(desk.rows).to_have_count(1)
    expect(desk.page).to_have_url(re.compile(r"contacts/\?q=."))
    expect(search).to_be_focused()
    expect(search).to_have_value(first)
    assert same_page(desk)

    search.fill("das gibt es hier nicht")
    expect(desk.main).to_contain_text(desk.say("No contact matches"))
    expect(search).to_be_focused()
    desk.link("Clear the filters").click()
    expect(desk.rows).to_have_count(50)
    desk.page.go_back()
    expect(desk.main).to_contain_text(desk.say("No contact matches"))
    expect(search).to_have_value("das gibt es hier nicht")
    desk.page.go_back()
    expect(desk.rows).to_have_count(1)
    expect(search).to_have_value(first)
    desk.page.reload()
    expect(desk.rows).to_have_count(1)


def test_filters_keep_the_search_and_stay_in_the_address(desk: Desk, client: str) -> None:
    roles = desk.page.get_by_role("navigation", name=desk.say("Role"))
    desk.link("Vendors", within=roles).click()
    expect(desk.page).to_have_url(re.compile("role=vendor"))
    expect(desk.link("Vendors", within=roles)).to_have_attribute("aria-current", "true")
    expect(desk.link("Vendors", within=roles)).to_be_focused()
    vendors = desk.rows.count()
    assert 0 < vendors < 50
    for row in desk.rows.all():
        expect(row).to_contain_text(desk.say("Vendor"))
    search = desk.page.locator("#q")
    search.press_sequentially("gmbh", delay=5)
    expect(desk.page).to_have_url(re.compile(r"(?=.*role=vendor)(?=.*q=gmbh)"))
    desk.settled()
    assert desk.rows.count() < vendors
    desk.link("Customers", within=roles).click()
    expect(desk.page).to_have_url(re.compile(r"(?=.*role=customer)(?=.*q=gmbh)"))
    expect(search).to_have_value("gmbh")
    assert same_page(desk)
    desk.page.reload()
    expect(search).to_have_value("gmbh")
    expect(desk.link("Customers", within=roles)).to_have_attribute("aria-current", "true")


def test_archived_contacts_have_a_list_of_their_own(desk: Desk, client: str) -> None:
    archive = desk.page.get_by_role("navigation", name=desk.say("Archive"))
    desk.link("Archived", within=archive).click()
    expect(desk.page).to_have_url(re.compile("archived=1"))
    expect(desk.rows.first).to_be_visible()
    assert desk.rows.count() < 20
    desk.rows.first.get_by_role("link").click()
    expect(desk.heading()).to_contain_text(desk.say("Archived"))


def test_heads_sort_up_and_down(desk: Desk, client: str) -> None:
    names = desk.rows.locator("td.name")
    ascending = names.all_inner_texts()
    head = desk.page.get_by_role("columnheader", name=desk.say("Name"))
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(head.get_by_role("link")).to_be_focused()
    expect(desk.page).to_have_url(re.compile("sort=-name"))
    assert names.all_inner_texts()[0] != ascending[0]
    desk.page.locator("#sort-number").click()
    expect(desk.page).to_have_url(re.compile("sort=number"))
    expect(desk.page.get_by_role("columnheader", name=desk.say("Number"))).to_have_attribute("aria-sort", "ascending")
    texts = desk.rows.locator("td.num").all_inner_texts()
    numbers = [int(text.split("·")[0].strip()) for text in texts if text]
    assert numbers == sorted(numbers)
    assert same_page(desk)


def test_pages_turn_without_a_full_load(desk: Desk, client: str) -> None:
    first = desk.rows.first.inner_text()
    desk.page.locator(".pages").scroll_into_view_if_needed()
    desk.link("Next", "page").click()
    expect(desk.page).to_have_url(re.compile("page=2"))
    expect(desk.rows.first).not_to_have_text(first)
    expect(desk.page.locator(".pages")).to_contain_text(desk.say("Page %(number)s of %(of)s", number=2, of=2))
    assert same_page(desk)
    assert desk.page.evaluate("() => window.scrollY") == 0
    desk.page.go_back()
    expect(desk.rows).to_have_count(50)
    expect(desk.rows.first.get_by_role("link")).to_be_visible()


def test_a_row_opens_the_contact_with_all_its_data(
    desk: Desk, client: str, sandbox: Sandbox, organization: Organization
) -> None:
    desk.page.locator("#q").fill("@")
    expect(desk.page).to_have_url(re.compile("q="))
    desk.settled()
    link = desk.rows.first.get_by_role("link")
    name = link.inner_text()
    link.click()
    expect(desk.heading()).to_contain_text(name)
    raw = sandbox.contact(organization, contact_id(desk.page.url))
    for addresses in raw["addresses"].values():
        expect(desk.main).to_contain_text(addresses[0]["city"])
    for mails in raw["emailAddresses"].values():
        expect(desk.main.get_by_role("link", name=mails[0])).to_have_attribute("href", f"mailto:{mails[0]}")
    outside = desk.link("Open in Lexware Office")
    expect(outside).to_have_attribute("href", re.compile(f"/permalink/contacts/view/{raw['id']}$"))
    expect(outside).to_have_attribute("rel", re.compile("noopener"))
    desk.link("Raw data (JSON)").click()
    assert json.loads(desk.page.locator("#raw").inner_text()) == raw
    desk.page.keyboard.press("Escape")
    desk.page.go_back()
    expect(desk.page.locator("#q")).to_have_value("@")


def test_the_switcher_jumps_to_the_same_page_of_another_client(desk: Desk, client: str) -> None:
    desk.page.locator("[data-switcher] > summary").click()
    field = desk.page.get_by_role("searchbox", name=desk.say("Find a client"))
    expect(field).to_be_focused()
    field.press_sequentially("Petersen", delay=5)
    expect(desk.page.locator("#options a")).to_have_count(1)
    field.press("Enter")
    expect(desk.page).to_have_url(re.compile("/contacts/$"))
    expect(desk.page.locator(".switch-name")).to_contain_text("Petersen")
