"""The client at the sandbox's own pages: with a browser, for the most part without scripts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from lexweb.sandbox import server
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.paper import receipts
from tests.e2e.watch import Watch
from tests.sandbox import partner
from tests.sandbox.bookkeeping import RECEIPT

pytestmark = [pytest.mark.e2e]
Windows = Callable[..., Page]


@pytest.fixture(scope="module")
def lexware() -> Iterator[server.RunningSandbox]:
    """Yield a sandbox of our own: what is changed here shall surprise no other test."""
    with server.serve_in_thread(recognition=0.5) as running:
        partner.connect(running, running.organizations()[0])
        yield running


@pytest.fixture
def joinery(lexware: server.RunningSandbox) -> Organization:
    """The company whose people we are."""
    return next(iter(lexware.state.organizations.values()))


@pytest.fixture
def open_window(
    browser: Browser, lexware: server.RunningSandbox, joinery: Organization, watch: Watch
) -> Iterator[Windows]:
    """Yield a maker of windows at the joinery's home."""
    contexts = []

    def opened(**options: Any) -> Page:
        given = {"base_url": lexware.url, "viewport": {"width": 1280, "height": 900}, "locale": "de-DE", **options}
        context = browser.new_context(**given)
        contexts.append(context)
        watch.over(context)
        page = context.new_page()
        page.goto(f"/o/{joinery.id}")
        return page

    yield opened
    for context in contexts:
        context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_have_text(text)


def test_a_receipt_comes_in_is_booked_and_paid(open_window: Windows, watch: Watch, tmp_path: Path) -> None:
    watch.expects(422)
    receipt = tmp_path / "Holz.pdf"
    receipt.write_bytes(receipts.pdf(RECEIPT))
    page = open_window(java_script_enabled=False)
    page.get_by_role("link", name="Dateien hochladen").click()
    page.locator("input[type=file]").set_input_files(receipt)
    press(page, "Hochladen")
    said(page, "Hochgeladen. Die Texterkennung läuft.")
    expect(page.get_by_label("Belegnummer")).to_have_value("2026-4711")  # the page has loaded itself again
    press(page, "Prüfen und buchen")
    expect(page.get_by_role("alert")).to_have_text("Kategorie fehlt.")
    page.get_by_label("Kategorie").select_option(label="Reise Mitarbeiter")
    press(page, "Prüfen und buchen")
    said(page, "Geprüft und gebucht.")
    page.get_by_label("Betrag in Euro", exact=True).fill("19,00")
    press(page, "Zahlung eintragen")
    expect(page.get_by_label("Betrag in Euro", exact=True)).to_have_value("100,00")
    press(page, "Zahlung eintragen")
    expect(page.locator(".status")).to_have_text("Bezahlt")


def test_an_invoice_is_found_and_paid(open_window: Windows) -> None:
    page = open_window(java_script_enabled=False)
    page.get_by_role("link", name="Rechnungen & Angebote").click()
    page.get_by_label("Status").select_option("open")
    press(page, "Filtern")
    page.locator("tbody a").first.click()
    press(page, "Zahlung eintragen")
    said(page, "Zahlung eingetragen.")
    expect(page.locator(".status")).to_have_text("Bezahlt")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF speichern").click()
    assert download.value.suggested_filename.endswith(".pdf")


def test_contact_and_connection(open_window: Windows) -> None:
    page = open_window(java_script_enabled=False)
    page.get_by_role("link", name="Kontakte").click()
    page.get_by_role("link", name="Neuer Kontakt").click()
    page.get_by_label("Name", exact=True).fill("Glaserei <Klar> & Söhne")
    page.get_by_label("E-Mail").fill("eins@klar.example")
    press(page, "Anlegen")
    said(page, "Angelegt.")
    page.get_by_label("Weitere E-Mail-Adresse").fill("zwei@klar.example")
    press(page, "Hinzufügen")
    expect(page.get_by_text("Über die Schnittstelle nicht änderbar")).to_be_visible()
    page.get_by_role("link", name="Verbindungen").click()
    expect(page.get_by_text("Kanzlei Müller (Buchhaltung)")).to_be_visible()
    press(page, "Trennen")
    said(page, "Verbindung getrennt.")
    expect(page.get_by_text("Keine Anwendung ist verbunden.")).to_be_visible()


def test_a_receipt_is_shown_in_the_page(open_window: Windows, joinery: Organization) -> None:
    """The headers that keep a file from doing harm leave it visible: Chromium's viewer of PDF takes it."""
    scans = {each.document["voucherId"] for each in joinery.shelf("files") if each.document["name"].endswith(".pdf")}
    page = open_window()
    with page.expect_request(lambda request: request.url.startswith("chrome-extension://")):
        page.goto(f"/o/{joinery.id}/vouchers/{sorted(scans)[0]}")


PLACES: dict[str, Callable[[Organization], str]] = {
    "home": lambda joinery: "",
    "contacts": lambda joinery: "/contacts",
    "contact": lambda joinery: f"/contacts/{joinery.contacts.ordered()[0].contact['id']}",
    "new contact": lambda joinery: "/contacts/new",
    "vouchers": lambda joinery: "/vouchers",
    "voucher": lambda joinery: f"/vouchers/{_first(joinery, 'vouchers', 'unchecked')}",
    "invoices": lambda joinery: "/sales/invoices",
    "invoice": lambda joinery: f"/sales/invoices/{_first(joinery, 'invoices', 'open')}",
    "upload": lambda joinery: "/upload",
    "connections": lambda joinery: "/connections",
    "settings": lambda joinery: "/settings",
}


@pytest.mark.parametrize("place", PLACES)
def test_is_accessible_and_fits(open_window: Windows, joinery: Organization, place: str) -> None:
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390)):
        page = open_window(color_scheme=scheme, viewport={"width": width, "height": 800})
        page.goto(f"/o/{joinery.id}{PLACES[place](joinery)}")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        found = Axe().run(page, options={"iframes": False})
        assert found.violations_count == 0, f"{scheme}, {width} px: {found.generate_report()}"


def _first(joinery: Organization, kind: str, status: str) -> str:
    """The first document in a state; without a PDF, because the browser's viewer is not ours to judge."""
    files = joinery.shelf("files")
    pictures = {each.document["voucherId"] for each in files if each.document["mediaType"].startswith("image/")}
    fitting = (each for each in joinery.shelf(kind) if each.document["voucherStatus"] == status)
    return next(each.id for each in fitting if kind != "vouchers" or each.id in pictures)
