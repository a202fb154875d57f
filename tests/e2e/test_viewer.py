"""A receipt looked at: by keyboard, in full screen, several files, side by side, on a phone, and without a script."""

import re
import uuid
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import books
from tests.e2e.conftest import Desks
from tests.e2e.office import Sandbox
from tests.e2e.steps import Desk
from tests.e2e.watch import Watch
from tests.einvoice.test_reading import sample
from tests.files import making

pytestmark = [pytest.mark.e2e]
SOON = 90_000  # milliseconds until the sync has brought what is new
TURNED = 0.05  # how far the sides of a turned page may be from the exchanged ones, as a ratio


@dataclass(frozen=True)
class Pair:
    """Two receipts that look like one: a PDF of three pages, a picture and an XRechnung; and a PDF of two pages."""

    edit: str
    compare: str


@pytest.fixture(scope="module")
def made() -> list[Pair]:
    """What the first test has put there."""
    return []


@pytest.fixture
def pair(desk: Desk, sandbox: Sandbox, made: list[Pair]) -> Pair:
    """Yield the receipts, once the mirror has them and their files."""
    if not made:
        organization = sandbox.named("Lesezeichen")
        client = desk.client(organization)
        desk.go(f"{client}sync/")
        desk.await_sync()
        number = f"BV{uuid.uuid4().hex[:6]}"
        first, second = (books.receipt(sandbox, organization, number) for _ in range(2))
        files = {"drei.pdf": making.pdf(3), "quer.png": making.picture("PNG"), "x.xml": sample("xrechnung.ubl.xml")}
        for name, content in files.items():
            books.attach(sandbox, organization, first, name, content)
        books.attach(sandbox, organization, second, "zwei.pdf", making.pdf(2))
        made.append(Pair(f"{client}vouchers/{first}/edit/", f"{client}vouchers/{first}/compare/{second}/"))
        _wait_for_files(desk, client, number)
    return made[0]


def _wait_for_files(desk: Desk, client: str, number: str) -> None:
    for _try in range(SOON // 1000):
        desk.go(f"{client}files/?q={number}")
        if desk.rows.count() == 4:
            return
        desk.page.wait_for_timeout(1000)
    expect(desk.rows).to_have_count(4)


def _viewer(desk: Desk, path: str, place: int = 0) -> Locator:
    """Open the page; return one of its viewers, with its first page to be seen."""
    desk.go(path)
    viewer = desk.page.locator("[data-viewer]").nth(place)
    expect(viewer.locator("[data-viewer-of]")).to_have_text(re.compile("^[23]$"))
    expect(_pages(viewer).first).to_have_js_property("complete", True)
    return viewer


def _pages(viewer: Locator) -> Locator:
    return viewer.locator("[data-viewer-file]:not([hidden]) .viewer-page img")


def test_pages_by_keyboard_zoomed_and_turned(desk: Desk, pair: Pair) -> None:
    viewer, keys = _viewer(desk, pair.edit), desk.page.keyboard
    at, zoom = viewer.locator("[data-viewer-at]"), viewer.locator("[data-viewer-zoom]")
    expect(_pages(viewer)).to_have_count(3)
    desk.heading().click()  # away from the form's first open field
    for key, page in (("]", 2), ("]", 3), ("]", 3), ("[", 2)):
        keys.press(key)
        expect(at).to_have_text(str(page))
        expect(_pages(viewer).nth(page - 1)).to_be_in_viewport(ratio=0.3)
    for key, text in (("+", "125 %"), ("+", "150 %"), ("-", "125 %"), ("-", "100 %")):
        keys.press(key)
        expect(zoom).to_have_text(text)
    viewer.locator("[data-viewer-zoom]").click()
    expect(zoom).not_to_have_text("100 %")  # the whole page
    viewer.locator("[data-viewer-zoom]").click()
    expect(zoom).to_have_text("100 %")

    before = viewer.locator(".viewer-page").first.bounding_box()
    viewer.locator('[data-viewer-do="turn"]').click()
    picture, box = (viewer.locator(name).first.bounding_box() for name in (".viewer-page img", ".viewer-page"))
    assert before
    assert picture
    assert box
    assert abs(picture["width"] - box["width"]) < 2
    assert abs(picture["height"] - box["height"]) < 2
    assert abs(box["width"] / box["height"] - before["height"] / before["width"]) < TURNED


def test_full_screen_and_back(desk: Desk, pair: Pair) -> None:
    viewer = _viewer(desk, pair.edit)
    full = viewer.locator('[data-viewer-do="full"]')
    full.click()
    desk.page.wait_for_function("() => document.fullscreenElement?.matches('[data-viewer]')")
    height = desk.page.evaluate("() => innerHeight")
    box = viewer.bounding_box()
    assert box
    assert box["height"] >= height - 1
    desk.page.keyboard.press("]")
    expect(viewer.locator("[data-viewer-at]")).to_have_text("2")
    full.click()
    desk.page.wait_for_function("() => !document.fullscreenElement")


def test_several_files_are_tabs_and_an_e_invoice_is_readable(desk: Desk, pair: Pair) -> None:
    viewer = _viewer(desk, pair.edit)
    tabs, original = viewer.locator("[data-viewer-tab]"), viewer.locator("[data-viewer-original]")
    expect(tabs).to_have_count(3)
    expect(tabs.first).to_have_attribute("aria-current", "true")
    whole = original.get_attribute("href")

    tabs.nth(1).focus()
    desk.page.keyboard.press("Enter")
    expect(tabs.nth(1)).to_have_attribute("aria-current", "true")
    expect(_pages(viewer)).to_have_count(1)
    expect(_pages(viewer)).to_be_in_viewport()
    expect(viewer.locator('[data-viewer-do="next"]')).to_be_hidden()
    expect(original).not_to_have_attribute("href", whole or "")

    tabs.nth(2).click()
    invoice = viewer.locator("[data-viewer-file]:not([hidden])")
    expect(invoice).to_contain_text("XRechnung")
    expect(invoice).to_contain_text(desk.say("Leitweg-ID"))
    assert desk.page.evaluate("() => location.pathname").endswith("/edit/")


def test_two_side_by_side_each_with_its_own_keys(desk: Desk, pair: Pair) -> None:
    left, right = (_viewer(desk, pair.compare, place) for place in (0, 1))
    twice = """() => { const all = [...document.querySelectorAll('[id]')].map((e) => e.id);
      return all.filter((id, place) => all.indexOf(id) !== place); }"""
    assert desk.page.evaluate(twice) == []
    at = [viewer.locator("[data-viewer-at]") for viewer in (left, right)]
    desk.page.keyboard.press("]")
    expect(at[0]).to_have_text("2")
    expect(at[1]).to_have_text("1")
    right.locator("[data-viewer-stage]").focus()
    desk.page.keyboard.press("]")
    expect(at[1]).to_have_text("2")
    expect(at[0]).to_have_text("2")
    desk.page.keyboard.press("+")
    expect(right.locator("[data-viewer-zoom]")).to_have_text("125 %")
    expect(left.locator("[data-viewer-zoom]")).to_have_text("100 %")


def test_nothing_sticks_out_on_a_phone(desk: Desk, pair: Pair) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 840})
    viewer = _viewer(desk, pair.edit)
    viewer.evaluate("e => e.scrollIntoView()")
    expect(viewer.locator("[data-viewer-at]")).to_have_text("1")
    viewer.locator('[data-viewer-do="larger"]').click()
    expect(viewer.locator("[data-viewer-zoom]")).to_have_text("125 %")
    viewer.locator('[data-viewer-do="next"]').click()
    expect(viewer.locator("[data-viewer-at]")).to_have_text("2")
    expect(_pages(viewer).nth(1)).to_be_in_viewport(ratio=0.3)
    expect(viewer.locator('[data-viewer-do="larger"]')).to_be_in_viewport()  # the tools stay in sight
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_a_script_the_pages_stand_below_each_other(open_desk: Desks, pair: Pair, watch: Watch) -> None:
    watch.expects("Applying inline style")  # what the browser itself makes of a picture alone
    desk = open_desk("paula", java_script_enabled=False)
    desk.go(pair.compare)
    page = desk.page
    expect(page.locator("[data-viewer]")).to_have_count(2)
    expect(page.locator(".viewer-page img")).to_have_count(6)
    expect(page.locator("[data-viewer-do]").first).to_be_hidden()
    expect(desk.link("Download the original").first).to_be_visible()
    expect(desk.link("Show the e-invoice")).to_be_visible()
    page.locator("[data-viewer-large]").nth(5).click()
    desk.arrives(r"/pages/2/\?w=1800$")
    desk.go(pair.compare)
    desk.link("Show the e-invoice").click()
    expect(desk.main).to_contain_text("XRechnung")
