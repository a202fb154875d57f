"""
Pictures for the documentation: `SCREENSHOTS=1 pytest tests/e2e/test_screenshots.py` writes docs/screenshots/.

Run alone it begins with the fresh demo, so the data is the same each time; moments are frozen in the page.
"""

import contextlib
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, TimeoutError, expect

from tests.e2e import tour
from tests.e2e.conftest import Desks
from tests.e2e.office import Sandbox
from tests.e2e.steps import Desk, contact_id
from tests.e2e.watch import Watch
from tests.einvoice.test_reading import sample
from tests.files import making

pytestmark = [pytest.mark.e2e]
LARGEST = 260_000  # bytes; a photographed receipt takes many
FREEZE = """() => {
  const frozen = (text) => text.replace(/\\d\\d\\.\\d\\d\\.\\d{4} /, '20.11.2026 ').replace(/\\d\\d:\\d\\d/, '09:42');
  for (const time of document.querySelectorAll('time')) time.textContent = frozen(time.textContent);
  document.querySelector('#toasts')?.replaceChildren();
  document.activeElement?.blur();
}"""

RECEIPTS: list[FilePayload] = [
    {"name": name, "mimeType": "", "buffer": content}
    for name, content in (
        ("Metzgerei Vogt 2026-1187.pdf", making.pdf(2, "Metzgerei Vogt")),
        ("XRechnung Stadtwerke November.xml", sample("xrechnung.ubl.xml")),
        ("Foto Tankbeleg.jpg", making.picture("JPEG")),
        ("Getränke Lang.pdf", making.pdf(1, "Getränke Lang")),
        ("Lohnjournal Oktober.pdf", making.rewritten(making.pdf(1, "Lohn"), "encrypted")),
    )
]
DRAWN = "() => [...document.querySelectorAll('.viewer-page img')].every((i) => i.complete && i.naturalWidth > 0)"
LOADED = "() => { const i = document.querySelector('.desk-image img'); return i && i.complete && i.naturalWidth > 0 }"
WELL_ON = "() => !(document.querySelector('#sync progress')?.value < 40)"  # or already done


@pytest.fixture
def desk(open_desk: Desks) -> Desk:
    """Paula's window in light, without motion."""
    return open_desk("paula", color_scheme="light", reduced_motion="reduce")


def take(desk: Desk, path: Path) -> None:
    """Take the picture of the window, with moments that do not change; small enough for the repository."""
    desk.settled()
    desk.page.evaluate(FREEZE)
    picture = desk.page.screenshot(path=path, caret="hide", animations="disabled")
    if path.parent.name == "screenshots":
        assert len(picture) < LARGEST, f"{path.name} has {len(picture)} bytes"


def test_start_clients_and_connect(desk: Desk, sandbox: Sandbox, shots: Path) -> None:
    desk.go("/")
    take(desk, shots / "start.png")
    desk.go("/clients/")
    take(desk, shots / "clients.png")
    tour.of_client("connect/", "Hanse")(desk, sandbox)
    take(desk, shots / "connect.png")


def test_sync_vouchers_and_outbox(desk: Desk, sandbox: Sandbox, shots: Path) -> None:
    tour.of_client("vouchers/?kind=sales", "Goldenen Hirschen")(desk, sandbox)
    expect(desk.rows).to_have_count(50)
    take(desk, shots / "vouchers.png")
    for name, note in (
        ("Goldenen Hirschen", "Unterlagen für 2026 angefordert"),
        ("Yıldız", "Jahresabschluss in Arbeit"),
    ):
        change_many(desk, sandbox, name, note)
    desk.go("/outbox/")
    take(desk, shots / "outbox.png")
    tour.of_client("sync/", "Physiotherapie")(desk, sandbox)
    desk.page.wait_for_function(WELL_ON, timeout=90_000)
    take(desk, shots / "sync.png")


def test_review_queue_and_desk(desk: Desk, sandbox: Sandbox, shots: Path) -> None:
    desk.go("/review/?kind=purchases")
    expect(desk.rows.nth(9)).to_be_visible()
    take(desk, shots / "review.png")
    _open_with_picture(desk)
    take(desk, shots / "review-desk.png")


def _open_with_picture(desk: Desk) -> None:
    """Open a receipt of the queue whose image is a picture; some are XML, some have none."""
    for href in [str(desk.rows.nth(place).locator("a.row-link").get_attribute("href")) for place in range(5, 10)]:
        desk.go(href)
        with contextlib.suppress(TimeoutError):
            desk.page.wait_for_function(LOADED, timeout=15_000)
            return
    raise AssertionError("No picture has come.")


def change_many(desk: Desk, sandbox: Sandbox, name: str, note: str) -> None:
    """Append to the notes of a few contacts."""
    tour.of_client("contacts/?role=vendor", name)(desk, sandbox)
    boxes = desk.page.locator("input[data-select]")
    boxes.nth(0).check()
    boxes.nth(7).click(modifiers=["Shift"])
    desk.button("Change …").click()
    desk.page.locator("[value=append_note]").check()
    desk.page.locator("#id_text").fill(note)
    desk.button("Show what changes").click()
    desk.page.locator("#confirm").click()
    desk.arrives(r"contacts/\?role=vendor$")


def test_contacts_in_light_dark_and_narrow(desk: Desk, sandbox: Sandbox, shots: Path) -> None:
    tour.of_client("contacts/")(desk, sandbox)
    take(desk, shots / "contacts.png")
    desk.page.emulate_media(color_scheme="dark")
    take(desk, shots / "contacts-dark.png")
    desk.page.emulate_media(color_scheme="light")
    desk.page.set_viewport_size({"width": 390, "height": 800})
    take(desk, shots / "contacts-narrow.png")


def test_contact_and_conflict(desk: Desk, sandbox: Sandbox, shots: Path, watch: Watch) -> None:
    watch.expects(409)
    organization = sandbox.named("Lesezeichen")
    client = desk.client(organization)
    address = desk.create_contact(
        client, company_name="Antiquariat Seiler & Töchter OHG", vat_id="DE136695976", cp_salutation="Frau",
        cp_first_name="Marlene", cp_last_name="Seiler", cp_email="m.seiler@seiler.example", billing_zip="23552",
        billing_street="Hüxstraße 14", billing_city="Lübeck", email_business="laden@seiler.example",
        phone_business="040 66969123", note="Zahlt per Lastschrift.",
    )  # fmt: skip
    take(desk, shots / "contact.png")
    desk.link("Edit").click()
    expect(desk.field("note")).to_have_value("Zahlt per Lastschrift.")
    changes = {"note": "Zahlt ab Januar auf Rechnung.", "phoneNumbers": {"business": ["040 66969124"]}}
    sandbox.change(organization, contact_id(address), changes)
    desk.type_in(note="Zahlt per Lastschrift, Mandat vom 3. November.")
    desk.button("Save contact").click()
    expect(desk.page.locator("#conflict")).to_be_in_viewport()
    take(desk, shots / "conflict.png")


def test_a_call_by_hand(desk: Desk, sandbox: Sandbox, shots: Path) -> None:
    tour.of_client("api/?path=/v1/profile")(desk, sandbox)
    desk.button("Send").click()
    expect(desk.page.locator("#answer")).to_contain_text("200 OK")
    take(desk, shots / "console.png")


def test_uploads(desk: Desk, sandbox: Sandbox, shots: Path) -> None:
    tour.of_client("uploads/", "Goldenen Hirschen")(desk, sandbox)
    desk.page.locator("[data-upload-first]").set_input_files(RECEIPTS)
    expect(desk.rows).to_have_count(len(RECEIPTS))
    take(desk, shots / "uploads.png")


def test_two_that_may_be_one(desk: Desk, sandbox: Sandbox, shots: Path) -> None:
    desk.page.set_viewport_size({"width": 1280, "height": 1240})  # the images are below the table
    tour.compare(desk, sandbox)
    desk.page.wait_for_function(DRAWN, timeout=60_000)
    desk.page.reload()  # now that both files are here, it is known that they are the same
    desk.page.wait_for_function(DRAWN)
    take(desk, shots / "compare.png")
