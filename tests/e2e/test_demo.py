"""The demo as a process: Ctrl-C leaves nothing running, the next start goes on where it was."""

import pytest
from playwright.sync_api import expect

from tests.e2e.office import Sandbox
from tests.e2e.stack import Stack
from tests.e2e.steps import Desk, contact_id

pytestmark = [pytest.mark.e2e]


def test_a_second_start_keeps_what_was_done(desk: Desk, stack: Stack, sandbox: Sandbox) -> None:
    organization = sandbox.named("Goldenen Hirschen")
    client = desk.client(organization)
    address = desk.create_contact(client, note="Vor dem Neustart")
    desk.go("/clients/")
    count = desk.page.locator(".pages").inner_text()
    desk.go("about:blank")

    try:
        assert stack.stop() == 0, stack.said
        assert stack.processes() == []
        assert stack.listening() == []
        assert list(stack.var.glob("*.sqlite3-wal")) == []
    finally:  # all tests that follow need it
        stack.kill()
        stack.start()

    desk.go("/clients/")
    expect(desk.page.locator(".pages")).to_have_text(count)
    desk.go(address)
    expect(desk.main).to_contain_text("Vor dem Neustart")
    assert sandbox.contact(organization, contact_id(address))["note"] == "Vor dem Neustart"
    desk.link("Edit").click()
    desk.type_in(note="Nach dem Neustart")
    desk.button("Save contact").click()
    expect(desk.page).to_have_url(address)
    expect(desk.main).to_contain_text("Nach dem Neustart")
