"""A receipt looked at: by keyboard, turned, on a phone, and without a script."""

import pytest
from playwright.sync_api import expect

from tests.e2e.office import Sandbox
from tests.e2e.steps import Desk

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]


@pytest.fixture
def opened(desk: Desk, sandbox: Sandbox) -> Desk:
    """The first file of a client of the demo."""
    client = desk.client(sandbox.named("Lesezeichen"))
    for _ in range(30):  # which files there are comes with the details, bit by bit
        desk.go(f"{client}files/?kind=purchases")
        if desk.rows.count():
            break
        desk.page.wait_for_timeout(1000)
    desk.rows.first.locator("a.row-link").click()
    desk.arrives(r"/files/[0-9a-f-]{36}/$")
    expect(desk.page.locator(".viewer-page img").first).to_be_visible()
    return desk


def test_keys_zoom_and_a_button_turns(opened: Desk) -> None:
    page = opened.page
    shown = page.locator("[data-viewer-zoom]")
    expect(shown).to_have_text("100 %")
    before = page.locator(".viewer-page").first.bounding_box()
    page.keyboard.press("+")
    expect(shown).to_have_text("125 %")
    page.keyboard.press("-")
    expect(shown).to_have_text("100 %")

    page.locator('[data-viewer-do="turn"]').click()
    picture, box = (page.locator(name).first.bounding_box() for name in (".viewer-page img", ".viewer-page"))
    assert before
    assert picture
    assert box
    assert abs(picture["width"] - box["width"]) < 2
    assert abs(picture["height"] - box["height"]) < 2
    assert abs(box["width"] / box["height"] - before["height"] / before["width"]) < 0.05


def test_nothing_sticks_out_on_a_phone(opened: Desk) -> None:
    page = opened.page
    page.set_viewport_size({"width": 390, "height": 840})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator('[data-viewer-do="larger"]')).to_be_in_viewport()
    page.locator('[data-viewer-do="larger"]').click()
    expect(page.locator("[data-viewer-zoom]")).to_have_text("125 %")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
