"""Everything by keyboard, and the focus where one expects it."""

import re
import uuid

import pytest
from playwright.sync_api import Dialog, expect

from tests.e2e.office import Sandbox
from tests.e2e.steps import CONTACT, Desk

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def client(desk: Desk, sandbox: Sandbox) -> str:
    """A connected client, with the list of its contacts open."""
    client = desk.client(sandbox.named("Lesezeichen"))
    desk.go(f"{client}contacts/")
    expect(desk.rows).to_have_count(50)
    return client


def test_keys_walk_the_list_and_open_rows(desk: Desk, client: str) -> None:
    keys = desk.page.keyboard
    links = desk.rows.get_by_role("link")
    keys.press("/")
    expect(desk.page.locator("#q")).to_be_focused()
    keys.type("nje?")
    expect(desk.page.locator("#q")).to_have_value("nje?")
    expect(desk.page).to_have_url(re.compile("q=nje"))
    desk.page.locator("#q").fill("")
    expect(desk.rows).to_have_count(50)
    desk.page.locator("#q").blur()
    keys.press("j")
    expect(links.nth(0)).to_be_focused()
    keys.press("j")
    keys.press("j")
    expect(links.nth(2)).to_be_focused()
    keys.press("k")
    expect(links.nth(1)).to_be_focused()
    keys.press("Enter")
    desk.arrives(CONTACT.pattern)
    keys.press("e")
    expect(desk.page).to_have_url(re.compile("/edit/$"))


TYPE_BEFORE_SWAP = """() => document.body.addEventListener("htmx:beforeSwap", () => {
  const field = document.getElementById("q");
  field.value += "j";
  field.dispatchEvent(new Event("input", {bubbles: true}));
}, {once: true})"""


def test_letters_typed_while_the_list_arrives_are_not_lost(desk: Desk, client: str) -> None:
    desk.page.evaluate(TYPE_BEFORE_SWAP)
    desk.page.locator("#q").focus()
    desk.page.keyboard.type("n")
    expect(desk.page.locator("#q")).to_have_value("nj")
    expect(desk.page).to_have_url(re.compile("q=nj$"))
    expect(desk.page.locator("#q")).to_be_focused()
    desk.page.keyboard.type("e")
    expect(desk.page).to_have_url(re.compile("q=nje$"))


HURRIED = """() => {
  const press = () => document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "?", bubbles: true}));
  const at = new MutationObserver(() => {
    if (document.body && window.lexwebEarlyKeys) { at.disconnect(); press(); }
  });
  at.observe(document, {childList: true, subtree: true});
}"""


def test_keys_pressed_before_the_scripts_run_are_not_lost(desk: Desk, client: str) -> None:
    desk.page.add_init_script(f"({HURRIED})()")
    desk.page.reload()
    expect(desk.page.locator("#keys")).to_be_visible()


def test_keys_make_new_things_and_go_places(desk: Desk, client: str) -> None:
    keys = desk.page.keyboard
    keys.press("n")
    desk.arrives("/contacts/new/$")
    for typed, place in (("gk", "/contacts/$"), ("gv", "/history/$"), ("gm", "/clients/$"), ("gs", r":\d+/$")):
        keys.type(typed)
        desk.arrives(place)


def test_the_list_of_keys_opens_closes_and_gives_the_focus_back(desk: Desk, client: str) -> None:
    keys = desk.page.keyboard
    keys.press("j")
    keys.press("?")
    dialog = desk.page.locator("dialog#keys")
    expect(dialog).to_be_visible()
    keys.press("j")
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    expect(desk.rows.get_by_role("link").first).to_be_focused()


def test_ctrl_enter_saves_from_any_field(desk: Desk, client: str) -> None:
    desk.go(f"{client}contacts/new/")
    name = f"Tastatur {uuid.uuid4().hex[:6]}"
    desk.type_in(company_name=name, note="Zeile")
    desk.field("note").press("Enter")
    expect(desk.field("note")).to_have_value("Zeile\n")
    desk.field("note").press("Control+Enter")
    expect(desk.page).to_have_url(CONTACT)
    expect(desk.heading()).to_contain_text(name)


def test_escape_closes_the_dialog_and_the_focus_returns(desk: Desk, client: str) -> None:
    desk.go(client)
    link = desk.link("Disconnect")
    link.focus()
    link.press("Enter")
    dialog = desk.page.get_by_role("dialog", name=desk.say("Disconnect client"))
    expect(dialog).to_be_visible()
    assert dialog.evaluate("e => e.contains(document.activeElement)")
    desk.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_menus_close_on_escape_and_give_the_focus_back(desk: Desk, client: str) -> None:
    summary = desk.page.locator("[data-switcher] > summary")
    desk.page.keyboard.press("c")
    expect(desk.page.get_by_role("searchbox", name=desk.say("Find a client"))).to_be_focused()
    expect(desk.page.locator("#options a").first).to_be_visible()
    desk.page.keyboard.press("ArrowDown")
    expect(desk.page.locator("#options a").first).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(desk.page.locator("#options")).to_be_hidden()


def test_the_focus_goes_to_the_first_wrong_field(desk: Desk, client: str) -> None:
    desk.go(f"{client}contacts/new/")
    desk.type_in(company_name="Firma", cp_first_name="Ohne Nachnamen")
    desk.field("note").fill("unten")
    desk.field("note").press("Control+Enter")
    wrong = desk.field("cp_last_name")
    expect(wrong).to_be_focused()
    expect(wrong).to_be_in_viewport()
    error = wrong.get_attribute("aria-describedby") or ""
    expect(desk.page.locator(f"#{error.split()[0]}")).to_contain_text(desk.say("Fill in this field."))
    keys = desk.page.keyboard
    keys.type("Neumann")
    keys.press("Control+Enter")
    expect(desk.page).to_have_url(CONTACT)


def test_leaving_with_unsaved_text_asks(desk: Desk, client: str) -> None:
    asked: list[str] = []
    stay = True

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss() if stay else dialog.accept()

    desk.page.on("dialog", answer)
    desk.go(f"{client}contacts/new/")
    here = desk.page.url
    desk.link("Cancel").click()
    expect(desk.page).to_have_url(re.compile("/contacts/$"))
    assert asked == []
    desk.go(here)
    desk.field("company_name").press_sequentially("Halb fertig")
    desk.link("Cancel").click(no_wait_after=True)
    expect(desk.field("company_name")).to_have_value("Halb fertig")
    expect(desk.page).to_have_url(here)
    assert asked == ["beforeunload"]
    stay = False
    desk.link("Cancel").click()
    expect(desk.page).to_have_url(re.compile("/contacts/$"))
    assert len(asked) == 2


def test_opening_menus_does_not_move_the_page(desk: Desk, client: str) -> None:
    desk.page.evaluate("() => window.scrollTo(0, 120)")
    for summary in ("[data-switcher] > summary", "details.rail-person > summary"):
        box = desk.page.locator(summary).bounding_box()
        assert box
        desk.page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)
        expect(desk.page.locator(summary).locator("xpath=..")).to_have_attribute("open", "")
        assert desk.page.evaluate("() => window.scrollY") == 120, summary


def test_the_skip_link_leads_to_the_content(desk: Desk, client: str) -> None:
    desk.page.keyboard.press("Tab")
    skip = desk.link("To the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    desk.page.keyboard.press("Enter")
    expect(desk.main).to_be_focused()
