"""The files of a client: found, opened, and taken along as one archive; by keyboard, and on a phone."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

from tests.e2e.office import Sandbox
from tests.e2e.steps import Desk

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def client(desk: Desk, sandbox: Sandbox) -> str:
    """A client of the demo, with the list of its receipts open."""
    client = desk.client(sandbox.named("Lesezeichen"))
    for _ in range(30):  # which files there are comes with the details, bit by bit
        desk.go(f"{client}files/?kind=purchases")
        if desk.rows.count() >= 2:
            return client
        desk.page.wait_for_timeout(1000)
    raise AssertionError("No details have come in.")


def test_by_keyboard_from_the_list_to_an_archive(desk: Desk, client: str) -> None:
    keys, page = desk.page.keyboard, desk.page
    bar = page.locator("#files")
    keys.press("j")
    keys.press("x")
    expect(bar).to_be_visible()
    keys.press("j")
    keys.press("x")
    expect(bar.get_by_role("status")).to_have_text(re.compile(r"^2 "))
    expect(page.locator("#files-pack")).to_be_visible()

    with page.expect_download(timeout=30_000) as download:
        keys.press("b")

    assert re.fullmatch(r".*_\d{4}-\d\d-\d\d\.zip", download.value.suggested_filename)
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 3
        assert all(re.match(r"\d{4}-\d\d-\d\d_", name) for name in archive.namelist()[:-1])
        assert archive.read(archive.namelist()[-1]).startswith(b"\xef\xbb\xbf")
    expect(page.locator("#files-pack")).not_to_have_attribute("aria-busy", "true")  # it can be pressed again


def test_by_keyboard_to_a_file(desk: Desk, client: str) -> None:
    desk.page.keyboard.press("g")
    desk.page.keyboard.press("d")
    desk.arrives(r"/files/$")
    expect(desk.rows.first).to_be_visible()
    desk.page.keyboard.press("j")
    desk.page.keyboard.press("Enter")
    desk.arrives(r"/files/[0-9a-f-]{36}/$")


def test_days_are_taken_as_they_are_typed(desk: Desk, client: str) -> None:
    since = desk.page.get_by_role("textbox", name=desk.say("from"), exact=True)
    since.fill("311230")
    since.press("Enter")
    expect(desk.page).to_have_url(re.compile(r"since=[^&]"))
    expect(desk.main).to_contain_text(desk.say("No file matches"))
    desk.link("Clear the filters").click()
    expect(desk.rows.first).to_be_visible()


def test_on_a_phone(desk: Desk, client: str) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 844})
    assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    desk.rows.first.get_by_role("checkbox").check()
    with desk.page.expect_download(timeout=30_000) as download:
        desk.page.locator("#files-pack").click()
    assert zipfile.is_zipfile(download.value.path())


def test_the_files_stand_beside_their_voucher(desk: Desk, client: str) -> None:
    desk.rows.first.get_by_role("link", name=re.compile(".")).last.click()
    desk.arrives(r"/vouchers/[0-9a-f-]{36}/$")
    page = desk.page.locator(".thumb-page img").first
    expect(page).to_be_visible()
    expect(page).to_have_js_property("complete", True)
    assert page.evaluate("image => image.naturalWidth") > 0
