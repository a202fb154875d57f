"""Lexware Office misbehaves, or the person does: what the screen says, and that nothing is lost or doubled."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Desks
from tests.e2e.office import Organization, Sandbox
from tests.e2e.steps import CONTACT, Desk
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e]
BROKE_OFF = "Lexware Office broke off before answering. Nothing you typed is lost: save again, nothing is doubled."


@pytest.fixture
def organization(sandbox: Sandbox) -> Organization:
    """An account that the demo connects."""
    return sandbox.named("Nowak")


@pytest.fixture
def client(desk: Desk, organization: Organization) -> str:
    """Its client."""
    return desk.client(organization)


def fill_new(desk: Desk, client: str) -> str:
    """Open and fill the form of a new company; return its name."""
    name = f"Einmal {uuid.uuid4().hex[:8]}"
    desk.go(f"{client}contacts/new/")
    desk.type_in(company_name=name, billing_city="Emden", note="Nur einmal")
    return name


def once(desk: Desk, client: str, name: str) -> None:
    """Check that the contact is there once, in lexweb."""
    expect(desk.page).to_have_url(CONTACT, timeout=90_000)
    expect(desk.heading()).to_contain_text(name)
    desk.go(f"{client}contacts/?q={name}")
    expect(desk.rows).to_have_count(1)


@pytest.mark.parametrize("kind", ["503", "504", "timeout"])
def test_when_saving_fails_the_text_stays_and_saving_again_works(
    desk: Desk, client: str, sandbox: Sandbox, organization: Organization, kind: str
) -> None:
    address = desk.create_contact(client, note="Alt")
    desk.link("Edit").click()
    sandbox.misbehave(kind, organization, method="PUT", seconds=0.2)
    desk.type_in(note="Neu")
    desk.button("Save contact").click()
    expect(desk.main).to_contain_text(desk.say(BROKE_OFF))
    expect(desk.main.get_by_text(desk.say(BROKE_OFF))).to_be_in_viewport()
    expect(desk.field("note")).to_have_value("Neu")
    desk.button("Save contact").click()
    expect(desk.page).to_have_url(address)
    expect(desk.main).to_contain_text("Neu")


def test_when_lexware_office_is_down_reading_goes_on(
    desk: Desk, client: str, sandbox: Sandbox, organization: Organization
) -> None:
    sandbox.misbehave("503", organization, count=None)
    desk.go(f"{client}contacts/")
    expect(desk.rows.first).to_be_visible()
    fill_new(desk, client)
    desk.button("Create contact").click()
    expect(desk.page.locator("form .notice").first).to_be_visible(timeout=90_000)
    expect(desk.field("note")).to_have_value("Nur einmal")


def test_too_many_requests_are_waited_out(
    desk: Desk, client: str, sandbox: Sandbox, organization: Organization
) -> None:
    name = fill_new(desk, client)
    sandbox.misbehave("429", organization, method="POST")
    desk.button("Create contact").click()
    once(desk, client, name)


def test_an_answer_that_gets_lost_does_not_make_two(
    desk: Desk, client: str, sandbox: Sandbox, organization: Organization
) -> None:
    name = fill_new(desk, client)
    sandbox.forget_requests()
    sandbox.misbehave("504_after", organization, method="POST")
    desk.button("Create contact").click()
    once(desk, client, name)
    assert len(sandbox.requests("POST", "/contacts")) == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without-scripts"])
def test_a_double_click_makes_one(
    open_desk: Desks, sandbox: Sandbox, organization: Organization, scripts: bool
) -> None:
    desk = open_desk("paula", java_script_enabled=scripts)
    client = desk.client(organization)
    name = fill_new(desk, client)
    sandbox.forget_requests()
    sandbox.misbehave("slow", organization, method="POST", seconds=0.5)
    desk.button("Create contact").dblclick()
    once(desk, client, name)
    assert len(sandbox.requests("POST", "/contacts")) == 1


def test_a_token_is_renewed_unseen_and_a_revoked_connection_says_what_to_do(
    desk: Desk, sandbox: Sandbox, watch: Watch
) -> None:
    winery = sandbox.named("Steigerhof")
    client = desk.create_client()
    desk.connect(winery)
    desk.await_sync()
    sandbox.misbehave("expired_token", winery)
    address = desk.create_contact(client, note="Mit neuem Schlüssel")

    desk.link("Edit").click()
    sandbox.revoke(winery)
    desk.type_in(note="Ungesichert")
    desk.button("Save contact").click()
    lost = desk.say("The connection has to be renewed")
    expect(desk.main).to_contain_text(lost)
    expect(desk.field("note")).to_have_value("Ungesichert")
    desk.go(address)
    expect(desk.main).to_contain_text(lost)
    expect(desk.main).to_contain_text("Mit neuem Schlüssel")
    expect(desk.link("Edit")).to_have_count(0)
    desk.go("/")
    attention = desk.main.get_by_role("listitem").filter(has_text=desk.say("Reconnect"))
    attention.get_by_role("link").first.click()
    expect(desk.page).to_have_url(client)
    desk.link("Connect again").first.click()
    desk.button("Connect with Lexware Office").click()
    desk.page.get_by_role("button", name="Zulassen").click()
    desk.await_sync()
    desk.go(address)
    expect(desk.link("Edit")).to_be_visible()


def test_what_one_may_not_do_is_said(open_desk: Desks, sandbox: Sandbox, watch: Watch) -> None:
    watch.expects(403, 404)
    desk = open_desk("aylin")
    answer = desk.page.goto("/clients/new/")
    assert answer
    assert answer.status == 403
    expect(desk.heading()).to_have_text(desk.say("You may not do this"))
    expect(desk.main).to_contain_text(desk.say("Assistant"))
    desk.link("To the start page").click()
    expect(desk.page).to_have_url(re.compile(r":\d+/$"))
    answer = desk.page.goto("/gibt/es/nicht/")
    assert answer
    assert answer.status == 404
    expect(desk.heading()).to_have_text(desk.say("This page does not exist"))
    expect(desk.page.get_by_role("navigation", name=desk.say("Main"))).to_be_visible()


def test_a_page_that_was_open_too_long_says_what_to_do(desk: Desk, open_desk: Desks, client: str, watch: Watch) -> None:
    watch.expects(403)
    nobody = open_desk()
    nobody.go("/accounts/login/")
    nobody.page.context.clear_cookies()
    nobody.field("login").fill("paula@sommer.example")
    nobody.field("password").fill(nobody.password)
    nobody.button("Sign in").click()
    expect(nobody.heading()).to_have_text(nobody.say("The page was open too long"))
    nobody.link("Load the page again").click()
    expect(nobody.heading()).to_have_text(nobody.say("Sign in"))

    fill_new(desk, client)
    desk.page.context.clear_cookies(name="csrftoken")
    desk.button("Create contact").click()
    forbidden = "You may not do this, or the page was open too long. Nothing was saved. Reload the page."
    expect(desk.toasts).to_contain_text(desk.say(forbidden))
    expect(desk.field("note")).to_have_value("Nur einmal")


def test_without_a_network_it_says_so_and_keeps_the_text(desk: Desk, client: str, watch: Watch) -> None:
    watch.expects("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
    name = fill_new(desk, client)
    desk.page.context.set_offline(True)
    desk.button("Create contact").click()
    offline = "No connection to the server. Nothing was saved. Check your network, then try again."
    expect(desk.toasts).to_contain_text(desk.say(offline))
    expect(desk.field("note")).to_have_value("Nur einmal")
    desk.page.context.set_offline(False)
    desk.button("Create contact").click()
    once(desk, client, name)


def test_signed_out_meanwhile_leads_to_the_sign_in(desk: Desk, client: str) -> None:
    desk.go(f"{client}contacts/")
    desk.page.context.clear_cookies()
    desk.page.locator("#q").fill("GmbH")
    expect(desk.page).to_have_url(re.compile("/accounts/login/"))
    expect(desk.heading()).to_have_text(desk.say("Sign in"))
