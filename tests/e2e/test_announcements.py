"""What somebody changes in Lexware Office is announced on the page that shows it, and moves nothing there."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Desks
from tests.e2e.office import Organization, Sandbox
from tests.e2e.steps import Desk, contact_id

pytestmark = [pytest.mark.e2e]
ANNOUNCED = 90_000  # milliseconds: webhook, reading it, and the bar's next question


@pytest.fixture
def organization(sandbox: Sandbox) -> Organization:
    """An account that the demo connects."""
    return sandbox.named("Petersen")


def _told(desk: Desk, client: str) -> None:
    """Wait until webhooks tell what changes: until then it would be found with the next round."""
    desk.go(f"{client}sync/")
    expect(desk.page.locator("#report")).to_contain_text(
        desk.say("%(n)s of %(of)s kinds subscribed", n=42, of=42), timeout=120_000
    )


def test_an_edit_in_the_clients_own_office_is_announced_on_the_open_list(
    desk: Desk, open_desk: Desks, sandbox: Sandbox, organization: Organization
) -> None:
    client = desk.client(organization)
    address = desk.create_contact(client, company_name="Aachener Ansagen GmbH")
    _told(desk, client)
    reader = open_desk("klaus")
    reader.go(f"{client}contacts/")
    expect(reader.rows.first).to_be_visible()
    reader.page.evaluate("() => { window.same = true; window.scrollTo(0, 300) }")
    before = _places(reader)

    office = open_desk()  # the client, at a page of Lexware Office
    office.page.goto(f"{sandbox.url}/o/{organization.id}/contacts/{contact_id(address)}")
    office.page.get_by_label("Notiz").fill("Zahlt jetzt per Lastschrift.")
    office.page.get_by_role("button", name="Speichern", exact=True).first.click()

    news = reader.page.locator("#news")
    words = ("%(n)s contact was changed meanwhile", "%(n)s contacts were changed meanwhile")
    expect(news).to_contain_text(reader.say.count(*words, 1, n=1), timeout=ANNOUNCED)
    assert reader.page.evaluate("() => window.same === true")
    assert _places(reader) == before
    news.get_by_role("link", name=reader.say("Show"), exact=True).click()
    reader.page.wait_for_load_state("domcontentloaded")
    expect(news).to_be_empty()


def test_a_change_is_announced_on_the_record_to_others_alone(
    desk: Desk, open_desk: Desks, sandbox: Sandbox, organization: Organization
) -> None:
    client = desk.client(organization)
    address = desk.create_contact(client, company_name="Bonner Berichte GmbH")
    _told(desk, client)
    reader = open_desk("klaus")
    reader.go(address)
    desk.go(f"{address}edit/")
    desk.type_in(note="Von Paula.")
    desk.button("Save contact").click()
    expect(desk.main).to_contain_text("Von Paula.")

    expect(reader.page.locator("#news")).to_contain_text(reader.say("This contact was just changed"), timeout=ANNOUNCED)
    expect(desk.page.locator("#news")).to_be_empty()
    reader.page.locator("#news").get_by_role("link").click()
    expect(reader.main).to_contain_text("Von Paula.")


def _places(desk: Desk) -> Any:
    """Where the first rows are in the window, and how far it is scrolled."""
    return desk.page.evaluate(
        "() => [scrollY, ...[...document.querySelectorAll('#rows tbody tr')].slice(0, 5)"
        ".map((row) => row.getBoundingClientRect().top)]"
    )
