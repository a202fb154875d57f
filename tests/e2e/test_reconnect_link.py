"""A connection ends over there; the firm sends a link, and the client renews it without an account here."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Desks
from tests.e2e.office import Sandbox
from tests.e2e.steps import Desk
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_client_renews_the_connection_with_a_link(
    desk: Desk, open_desk: Desks, sandbox: Sandbox, watch: Watch, scripts: bool
) -> None:
    watch.expects(404, 409, 410)
    company, other = sandbox.named("Lindenblatt"), sandbox.named("Schröder")
    client = desk.create_client()
    desk.connect(company)
    desk.arrives("/sync/$|/connect/[0-9]+/$")
    if "/connect/" in desk.page.url:  # the other run of this test has connected it to another client
        desk.button("Connect a second time").click()
        desk.arrives("/sync/$")
    sandbox.revoke(company)
    desk.go(f"{client}api/?path=/v1/profile")
    desk.button("Send").click()
    desk.settled()
    desk.go(client)
    expect(desk.heading()).to_contain_text(desk.say("Reconnect"))
    address = _make_link(desk)

    guest = open_desk("", java_script_enabled=scripts)
    guest.go(address)
    expect(guest.main).to_contain_text("Kanzlei Sommer & Partner")
    expect(guest.main).to_contain_text(company.name)
    guest.button("Go to Lexware Office").click()
    guest.consent(other)
    expect(guest.heading()).to_have_text(guest.say("Nothing was connected"))
    desk.page.reload()
    expect(desk.heading()).to_contain_text(desk.say("Reconnect"))

    again = open_desk("", java_script_enabled=scripts)  # signed out over there
    again.go(address)
    again.button("Go to Lexware Office").click()
    again.consent(company)
    expect(again.heading()).to_have_text(again.say("Thank you"))
    again.page.reload()
    expect(again.main).to_contain_text(again.say("The access is renewed. You can close this window."))
    again.go(address)
    expect(again.heading()).to_have_text(again.say("This link is no longer valid"))

    desk.go(client)
    expect(desk.heading()).to_contain_text(desk.say("Connected"))
    desk.go(f"{client}history/")
    expect(desk.page.locator("#entries")).to_contain_text(desk.say("The client (by link)"))


def _make_link(desk: Desk) -> str:
    """Make a link in the dialog; return its address, which is on no page afterwards."""
    desk.link("Make a link for the client").click()
    dialog = desk.page.get_by_role("dialog", name=desk.say("Link for the client"))
    desk.button("Make the link", within=dialog).click()
    shown = dialog.locator("[data-copy-value]")
    expect(shown).to_have_text(re.compile("/reconnect/"))
    address = shown.inner_text().strip()
    expect(dialog.get_by_role("button", name=desk.say("Copy the link"))).to_be_visible()
    dialog.get_by_text(desk.say("Close"), exact=True).click()
    expect(dialog).to_be_hidden()
    expect(desk.page.locator("#dialog [data-copy-value]")).to_have_count(0)  # emptied a moment after it closes
    assert address not in desk.page.content()
    return address
