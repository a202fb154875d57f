"""From signing in to a connected client and back: the doors of the dashboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Desks
from tests.e2e.office import Sandbox
from tests.e2e.steps import Desk
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e]


def test_sign_in_with_a_wrong_password_then_the_right_one(open_desk: Desks) -> None:
    desk = open_desk()
    desk.sign_in("paula@sommer.example", "nicht-das-passwort")
    expect(desk.page.get_by_role("alert").first).to_be_visible()
    expect(desk.page).to_have_url(re.compile("/accounts/login/"))
    desk.sign_in("paula@sommer.example")
    expect(desk.heading()).to_have_text("Kanzlei Sommer & Partner")


def test_pages_ask_to_sign_in_and_then_go_where_one_wanted(open_desk: Desks) -> None:
    desk = open_desk()
    desk.go("/clients/?state=connected")
    desk.field("login").fill("paula@sommer.example")
    desk.field("password").fill(desk.password)
    desk.button("Sign in").click()
    expect(desk.page).to_have_url(re.compile(r"/clients/\?state=connected$"))
    desk.page.locator("details.rail-person > summary").click()
    desk.button("Sign out").click()
    expect(desk.page).to_have_url(re.compile("/accounts/login/"))


def test_connect_by_consent_and_watch_the_first_sync(desk: Desk, sandbox: Sandbox) -> None:
    """The largest account: progress with numbers, which a reload does not lose."""
    largest = sandbox.organizations()[-1]
    client = desk.create_client()
    desk.connect(largest)
    expect(desk.page).to_have_url(re.compile("/sync/$"))
    expect(desk.toasts).to_contain_text(
        desk.say("Connected with “%(company)s”. The sync has started.", company=largest.name)
    )

    pages = desk.say.pattern("%(done)s of %(total)s pages")
    expect(desk.page.locator("#sync")).to_have_text(pages)
    bar = desk.page.get_by_role("progressbar")
    expect(bar).to_have_attribute("value", re.compile("[1-9]"))
    before = int(bar.get_attribute("value") or 0)
    desk.page.reload()
    expect(desk.page.locator("#sync")).to_have_text(pages)
    assert int(bar.get_attribute("value") or 0) >= before
    assert int(bar.get_attribute("max") or 0) > 10
    desk.await_sync()
    expect(desk.page.locator("#sync")).to_have_text(desk.say.pattern("%(done)s of %(total)s vouchers complete"))

    desk.go(client)
    expect(desk.main).to_contain_text(largest.name)
    for words in (largest.name, "OAuth", "Paula Sommer"):
        expect(desk.main.locator("dl.facts")).to_contain_text(words)
    desk.go(f"{client}contacts/")
    expect(desk.page.locator(".pages")).to_contain_text(re.compile(r"1–50 \S+ 2\W?[34]\d\d"))
    desk.go(f"{client}history/")
    history = desk.page.locator("#entries")
    expect(history).to_contain_text(desk.say("%(actor)s created the client.", actor="Paula Sommer"))
    sentence = "%(actor)s connected “%(company)s” (%(way)s)."
    expect(history).to_contain_text(
        desk.say(sentence, actor="Paula Sommer", company=largest.name, way=desk.say("OAuth"))
    )
    expect(history).to_contain_text(desk.say.pattern("The first sync is complete: %(contacts)s contacts."))


def test_a_refused_consent_connects_nothing(desk: Desk, sandbox: Sandbox) -> None:
    desk.create_client()
    desk.connect(sandbox.named("Autohaus"), allow=False)
    expect(desk.page).to_have_url(re.compile("/connect/$"))
    expect(desk.toasts).to_contain_text(desk.say("The consent was refused in Lexware Office. Nothing was connected."))


def test_an_answer_that_nobody_asked_for_connects_nothing(desk: Desk, watch: Watch) -> None:
    watch.expects(400)
    desk.go("/connect/callback/?code=abc&state=def")
    expect(desk.main).to_contain_text(desk.say("Nothing was connected"))


def test_connect_by_key_disconnect_and_connect_again(desk: Desk, sandbox: Sandbox) -> None:
    club = sandbox.named("Bergfelde")
    client = desk.create_client()
    desk.connect_by_key("zu-kurz")
    expect(desk.page.locator("#key")).to_contain_text(
        desk.say("This is too short for an API key. Copy it again from Lexware Office.")
    )
    expect(desk.field("key")).to_be_focused()
    desk.connect_by_key("00000000-0000-0000-0000-000000000000")
    refusal = "Lexware Office does not know this key. Check that it was copied whole and is not expired."
    expect(desk.page.locator("#key")).to_contain_text(desk.say(refusal))
    desk.connect_by_key(f"  {club.key} ")
    desk.await_sync()

    desk.go(client)
    desk.link("Disconnect").click()
    dialog = desk.page.get_by_role("dialog", name=desk.say("Disconnect client"))
    expect(dialog).to_contain_text(club.name)
    desk.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    desk.link("Disconnect").click()
    desk.button("Disconnect", within=dialog).click()
    expect(desk.main).to_contain_text(desk.say.pattern("Disconnected since %(since)s. What you see is the last state."))
    expect(desk.toasts).to_contain_text(desk.say("Disconnected. The data stays readable as it was."))
    desk.go(f"{client}contacts/")
    expect(desk.rows).to_have_count(50)
    expect(desk.link("New contact")).to_have_count(0)

    desk.go(client)
    desk.link("Connect again").first.click()
    desk.connect_by_key(club.key)
    desk.await_sync()
    desk.go(f"{client}history/")
    history = desk.page.locator("#entries")
    expect(history).to_contain_text(
        desk.say("%(actor)s disconnected “%(company)s”.", actor="Paula Sommer", company=club.name)
    )
    again = "%(actor)s connected “%(company)s” again (%(way)s)."
    expect(history).to_contain_text(desk.say(again, actor="Paula Sommer", company=club.name, way=desk.say("API key")))


def test_the_same_company_twice_is_asked_about_first(desk: Desk, sandbox: Sandbox) -> None:
    client = desk.create_client()
    desk.connect(sandbox.named("Goldenen Hirschen"))
    expect(desk.main).to_contain_text(desk.say("This company is already connected"))
    desk.button("Do not connect").click()
    expect(desk.page).to_have_url(client)
    expect(desk.toasts).to_contain_text(desk.say("Not connected. The access is given back to Lexware Office."))
    expect(desk.main).to_contain_text(desk.say("Not connected yet"))


def test_people_of_another_firm_see_none_of_it(desk: Desk, open_desk: Desks, sandbox: Sandbox, watch: Watch) -> None:
    watch.expects(404)
    client = desk.create_client("Geheimer Mandant")
    stranger = open_desk("fremd")
    stranger.go("/clients/?q=Geheimer")
    expect(stranger.main).to_contain_text(stranger.say("No client matches"))
    expect(stranger.rows).to_have_count(0)
    for page in ("", "settings/", "history/", "connect/", "contacts/", "sync/", "disconnect/"):
        answer = stranger.page.goto(client + page)
        assert answer is not None
        assert answer.status == 404, page
        expect(stranger.heading()).to_have_text(stranger.say("This page does not exist"))
        assert "Geheimer Mandant" not in stranger.page.content()
