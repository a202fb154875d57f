"""Every page there is, and how one gets there: for what has to be true everywhere."""

import re
import uuid
from collections.abc import Callable

from playwright.sync_api import FilePayload, expect

from tests.e2e import books
from tests.e2e.office import Sandbox
from tests.e2e.steps import Desk, contact_id
from tests.einvoice.test_reading import sample

Stop = Callable[[Desk, Sandbox], None]
PICTURE = bytes.fromhex(  # 8 x 8 pixels, grey
    "89504e470d0a1a0a0000000d4948445200000008000000080800000000e164e1570000000e4944415478da639809050c9431"
    "006193264172ffed1b0000000049454e44ae426082"
)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def address(path: str) -> Stop:
    """Open an address."""
    return lambda desk, sandbox: desk.go(path)


def of_client(path: str = "", name: str = "Lesezeichen") -> Stop:
    """Open a page of a client that the demo has made."""
    return lambda desk, sandbox: desk.go(desk.client(sandbox.named(name)) + path)


def contact(desk: Desk, sandbox: Sandbox, search: str = "") -> None:
    """Open the first contact of the list."""
    of_client(f"contacts/?q={search}")(desk, sandbox)
    desk.rows.first.get_by_role("link").click()
    desk.arrives(r"/contacts/[0-9a-f-]{36}/$")


def voucher(kind: str) -> Stop:
    """Open the first voucher of a kind that is paid: its detail and its payments are there."""

    def go(desk: Desk, sandbox: Sandbox) -> None:
        of_client(f"vouchers/?kind={kind}&status=paid")(desk, sandbox)
        desk.rows.first.get_by_role("link").click()
        desk.arrives(r"/vouchers/[0-9a-f-]{36}/$")

    return go


def listed(desk: Desk, path: str, count: int = 1) -> None:
    """Open a list, once the sync has brought so many rows of it."""
    for _second in range(60):
        desk.go(path)
        if desk.rows.count() >= count:
            return
        desk.page.wait_for_timeout(1000)
    raise AssertionError(f"{path} has less than {count} rows.")


def to_review(page: str) -> Stop:
    """Open a page of a receipt that is to be reviewed."""

    def go(desk: Desk, sandbox: Sandbox) -> None:
        listed(desk, f"{desk.client(sandbox.named('Lesezeichen'))}vouchers/?kind=purchases&status=unchecked")
        desk.go(f"{desk.rows.first.locator('a.row-link').get_attribute('href')}{page}")
        desk.arrives(rf"/{page}$")

    return go


def compare(desk: Desk, sandbox: Sandbox) -> None:
    """Stand before two receipts with the same file; every account of the demo has some, not all are valid."""
    for name in ("Petersen", "Goldenen Hirschen", "Physiotherapie", "Lesezeichen"):
        listed(desk, f"{desk.client(sandbox.named(name))}vouchers/?q=2026/0815", 2)
        one, other = (str(desk.rows.nth(place).locator("a.row-link").get_attribute("href")) for place in range(2))
        desk.go(f"{one}compare/{other.split('/')[-2]}/")
        if desk.page.get_by_text(desk.say("Possible duplicate"), exact=True).count():
            break
    expect(desk.page.locator("[data-viewer] img")).to_have_count(2)


def file(desk: Desk, sandbox: Sandbox) -> None:
    """Open a file on a page of its own."""
    listed(desk, f"{desk.client(sandbox.named('Lesezeichen'))}files/?kind=purchases")
    desk.rows.first.locator("a.row-link").click()
    desk.arrives(r"/files/[0-9a-f-]{36}/$")
    expect(desk.page.locator(".viewer-page img").first).to_be_visible()


def e_invoice(desk: Desk, sandbox: Sandbox) -> None:
    """Read an XRechnung that has just come in."""
    organization, number = sandbox.named("Lesezeichen"), f"TOUR{uuid.uuid4().hex[:6]}"
    client = desk.client(organization)
    desk.go(f"{client}sync/")
    desk.await_sync()  # from then on events tell of what is new
    voucher_id = books.receipt(sandbox, organization, number)
    books.attach(sandbox, organization, voucher_id, "x.xml", sample("xrechnung.ubl.xml"))
    listed(desk, f"{client}files/?q={number}")
    desk.go(f"{desk.rows.first.locator('a.row-link').get_attribute('href')}invoice/")
    expect(desk.page.locator(".einvoice")).to_contain_text("XRechnung")


def voucher_refused(desk: Desk, sandbox: Sandbox) -> None:
    """Send a voucher with nothing in it."""
    of_client("vouchers/new/")(desk, sandbox)
    desk.button("Create and book").click()
    expect(desk.page.locator("[aria-invalid=true]").first).to_be_visible()


def voucher_bulk(list_path: str) -> Stop:
    """Stand before the plan of booking many at once."""

    def go(desk: Desk, sandbox: Sandbox) -> None:
        client = "" if list_path.startswith("/") else desk.client(sandbox.named("Lesezeichen"))
        listed(desk, f"{client}{list_path}", 3)
        for place in range(3):
            desk.page.locator("input[data-select]").nth(place).check()
        desk.button("Change …").click()
        desk.page.locator("[name=change][value=book]").check()
        desk.button("Show what changes").click()
        expect(desk.page.locator("#plan")).to_be_visible()

    return go


def review(desk: Desk, sandbox: Sandbox) -> None:
    """Open a receipt of the queue."""
    listed(desk, "/review/")
    desk.rows.first.get_by_role("link").click()
    desk.arrives(r"/review/[\w-]+/[0-9a-f-]{36}/")
    expect(desk.page.locator("#desk")).to_be_visible()
    desk.settled()


def review_dialog(button: str) -> Stop:
    """Open a dialog of the queue."""

    def go(desk: Desk, sandbox: Sandbox) -> None:
        listed(desk, "/review/?older=2&least=1")
        desk.page.locator(button).first.click()
        expect(desk.page.get_by_role("dialog")).to_be_visible()

    return go


def raw(desk: Desk, sandbox: Sandbox) -> None:
    """Open its JSON."""
    contact(desk, sandbox)
    desk.go(f"{desk.page.url}raw/")


def edit(desk: Desk, sandbox: Sandbox) -> None:
    """Open its form."""
    contact(desk, sandbox, "Buch")
    desk.go(f"{desk.page.url}edit/")


def locked(desk: Desk, sandbox: Sandbox) -> None:
    """Open one that cannot be changed."""
    contact(desk, sandbox, "zwei-adressen")


def refused(desk: Desk, sandbox: Sandbox) -> None:
    """Send a form with mistakes."""
    of_client("contacts/new/")(desk, sandbox)
    desk.type_in(customer=False, cp_first_name="Nur Vorname", vat_id="DE1", note=LONG * 2)
    desk.button("Create contact").click()
    expect(desk.page.locator("[data-form-errors]")).to_be_visible()


def conflict(desk: Desk, sandbox: Sandbox) -> None:
    """Save what somebody else has changed, with long words."""
    organization = sandbox.named("Petersen")
    made = desk.create_contact(desk.client(organization), company_name=LONG, note="Vorher", billing_city="Ulm")
    desk.link("Edit").click()
    expect(desk.field("note")).to_have_value("Vorher")
    sandbox.change(organization, contact_id(made), {"note": f"Drüben {LONG}", "company": {"taxNumber": "1/2"}})
    desk.type_in(note=f"Hier {LONG}", company_name=f"{LONG} AG")
    desk.button("Save contact").click()
    expect(desk.page.locator("#conflict")).to_be_visible()


def long_names(desk: Desk, sandbox: Sandbox) -> None:
    """Open the start page when the last thing that happened has a very long name."""
    desk.create_contact(desk.client(sandbox.named("Petersen")), company_name=LONG)
    desk.go("/")


def disconnect(desk: Desk, sandbox: Sandbox) -> None:
    """Open the dialog."""
    of_client()(desk, sandbox)
    desk.link("Disconnect").click()
    expect(desk.page.get_by_role("dialog")).to_be_visible()


def link_dialog(desk: Desk, sandbox: Sandbox) -> None:
    """Make a link for the client: its address is long."""
    of_client("connection/")(desk, sandbox)
    desk.page.locator("#links a[hx-get]").click()
    desk.button("Make the link").click()
    expect(desk.page.locator("#dialog [data-copy-value]")).to_be_visible()


def console_answer(desk: Desk, sandbox: Sandbox) -> None:
    """Read an answer at the console."""
    of_client("api/?path=/v1/contacts")(desk, sandbox)
    desk.button("Send").click()
    expect(desk.page.locator("#answer .code")).to_be_visible()


def console_question(desk: Desk, sandbox: Sandbox) -> None:
    """Stand before the question about a call that changes something."""
    of_client("api/?verb=DELETE&path=/v1/articles/0c0c0c0c-0c0c-4c0c-8c0c-0c0c0c0c0c0c")(desk, sandbox)
    desk.button("Send").click()
    expect(desk.page.locator("#question")).to_be_visible()


def console_refused(desk: Desk, sandbox: Sandbox) -> None:
    """Send what cannot be sent."""
    of_client(f"api/?verb=POST&path=/v1/{LONG}ä")(desk, sandbox)
    desk.page.locator("[name=headers]").fill("Authorization: Bearer x")
    desk.button("Send").click()
    expect(desk.page.locator("#id_path_error")).to_be_visible()


def raw_dialog(desk: Desk, sandbox: Sandbox) -> None:
    """Open the raw data beside a record."""
    contact(desk, sandbox)
    desk.link("Raw data (JSON)").click()
    expect(desk.page.get_by_role("dialog")).to_be_visible()


def keys(desk: Desk, sandbox: Sandbox) -> None:
    """Open the list of keys."""
    of_client("contacts/")(desk, sandbox)
    desk.page.keyboard.press("?")
    expect(desk.page.get_by_role("dialog")).to_be_visible()


def switcher(desk: Desk, sandbox: Sandbox) -> None:
    """Open the switcher with its list."""
    of_client("contacts/")(desk, sandbox)
    desk.page.locator("[data-switcher] > summary").click()
    expect(desk.page.locator("#options a").first).to_be_visible()


def person(desk: Desk, sandbox: Sandbox) -> None:
    """Open the person's menu."""
    desk.go("/clients/")
    desk.page.locator("details.rail-person > summary").click()
    expect(desk.button("Sign out")).to_be_visible()


def twice(desk: Desk, sandbox: Sandbox) -> None:
    """Stand before the question about a company that is connected already."""
    desk.create_client()
    desk.connect(sandbox.named("Goldenen Hirschen"))
    desk.arrives(r"/connect/\d+/$")


def wrong_password(desk: Desk, sandbox: Sandbox) -> None:
    """Fail to sign in."""
    desk.sign_in("niemand@sommer.example", "falsch")
    expect(desk.page.locator("[data-form-errors]")).to_be_visible()


def gallery_dialog(desk: Desk, sandbox: Sandbox) -> None:
    """Open the dialog on show."""
    desk.go("/ui/")
    desk.page.locator("[hx-target='#dialog']").first.click()
    expect(desk.page.get_by_role("dialog")).to_be_visible()


def uploads_here(desk: Desk, sandbox: Sandbox) -> None:
    """Bring in a receipt and something that is none."""
    of_client("uploads/")(desk, sandbox)
    names = ("Tankbeleg Größe.png", f"{LONG}.gif")
    files: list[FilePayload] = [
        {"name": name, "mimeType": "image/png", "buffer": PICTURE if name.endswith("png") else b"GIF89a" + b"0" * 99}
        for name in names
    ]
    desk.page.locator("[data-upload-first]").set_input_files(files)
    for name in names:
        expect(desk.rows.filter(has_text=name).first).to_be_visible()


def uploads_question(desk: Desk, sandbox: Sandbox) -> None:
    """Stand before the question that names what cannot be undone."""
    uploads_here(desk, sandbox)
    desk.page.locator("#send-all").click()
    expect(desk.page.locator("#confirm")).to_be_visible()


def uploads_target(desk: Desk, sandbox: Sandbox) -> None:
    """Choose a voucher to attach a file to."""
    uploads_here(desk, sandbox)
    desk.link("Attach …").first.click()
    expect(desk.page.locator("#choices label").first).to_be_visible()


def upload_detail(desk: Desk, sandbox: Sandbox) -> None:
    """Look at a receipt that was brought in."""
    uploads_here(desk, sandbox)
    desk.rows.filter(has_text="Tankbeleg").first.get_by_role("link").first.click()
    expect(desk.page.locator(".upload-pages img").first).to_be_visible()


def upload_invoice(desk: Desk, sandbox: Sandbox) -> None:
    """Read an e-invoice that was brought in twice, before it is sent."""
    of_client("uploads/")(desk, sandbox)
    number, content = uuid.uuid4().hex[:8], sample("xrechnung.ubl.xml")
    for name, end in ((f"{number}.xml", b""), (f"{number} Kopie.xml", b"<!-- -->")):
        invoice = content.replace(b"RE0118", number.encode()) + end
        file: FilePayload = {"name": name, "mimeType": "application/xml", "buffer": invoice}
        desk.page.locator("[data-upload-first]").set_input_files(file)
        expect(desk.rows.filter(has_text=name)).to_be_visible()
    desk.rows.filter(has_text=f"{number} Kopie.xml").get_by_role("link").first.click()
    expect(desk.page.locator(".einvoice")).to_contain_text("XRechnung")
    expect(desk.main.get_by_role("heading", name=desk.say("The same invoice as in"))).to_be_visible()


def secured(path: str) -> Stop:
    """Open an address of one's account that asks for the password first."""

    def go(desk: Desk, sandbox: Sandbox) -> None:
        desk.go(path)
        desk.reauthenticate()
        expect(desk.page).to_have_url(re.compile(re.escape(path)))

    return go


SIGNED_OUT: dict[str, Stop] = {
    "login": address("/accounts/login/"),
    "login-wrong": wrong_password,
    "reset": address("/accounts/password/reset/"),
    "reset-done": address("/accounts/password/reset/done/"),
    "reset-key-used": address("/accounts/password/reset/key/1-abc/"),
    "missing-signed-out": address("/gibt/es/nicht/"),
    "reconnect-void": address("/reconnect/gibt-es-nicht/"),
    "reconnect-lost": address("/connect/callback/?state=x"),
}
SIGNED_IN: dict[str, Stop] = {
    "start": address("/"),
    "start-long-names": long_names,
    "clients": address("/clients/"),
    "uploads": uploads_here,
    "uploads-question": uploads_question,
    "uploads-target": uploads_target,
    "upload": upload_detail,
    "upload-e-invoice": upload_invoice,
    "uploads-of-all": address("/uploads/"),
    "clients-none": address("/clients/?q=gibtesnicht"),
    "client-new": address("/clients/new/"),
    "client": of_client(),
    "client-unconnected": of_client(name="Hanse"),
    "client-settings": of_client("settings/"),
    "client-history": of_client("history/"),
    "connect": of_client("connect/"),
    "connect-question": twice,
    "callback-unknown": address("/connect/callback/?state=x"),
    "disconnect": of_client("disconnect/"),
    "disconnect-dialog": disconnect,
    "connection": of_client("connection/"),
    "connection-link": of_client("connection/link/"),
    "connection-link-dialog": link_dialog,
    "sync": of_client("sync/"),
    "sync-of-the-firm": address("/sync/"),
    "sync-of-nobody": address("/sync/?q=gibtesnicht"),
    "review": address("/review/"),
    "review-filtered": address("/review/?kind=purchases&older=2&least=x&assigned=nobody&sort=urgent"),
    "review-none": address("/review/?q=gibtesnicht"),
    "review-clients": review_dialog("#choose-clients"),
    "review-view": review_dialog("#save-view"),
    "review-desk": review,
    "review-assign": review_dialog("[data-row-key=a]"),
    "vouchers": of_client("vouchers/"),
    "vouchers-overdue": of_client("vouchers/?kind=sales&status=overdue"),
    "vouchers-none": of_client("vouchers/?q=gibtesnicht"),
    "vouchers-unconnected": of_client("vouchers/", "Hanse"),
    "voucher": voucher("sales"),
    "receipt": voucher("purchases"),
    "voucher-new": of_client("vouchers/new/"),
    "voucher-new-refused": voucher_refused,
    "voucher-edit": to_review("edit/"),
    "voucher-copy": to_review("copy/"),
    "voucher-compare": compare,
    "voucher-bulk": voucher_bulk("vouchers/?kind=purchases&status=unchecked"),
    "voucher-raw": to_review("raw/"),
    "review-bulk": voucher_bulk("/review/?kind=purchases"),
    "file": file,
    "file-invoice": e_invoice,
    "files": of_client("files/"),
    "files-unconnected": of_client("files/", "Hanse"),
    "files-none": of_client("files/?q=gibtesnicht&since=0101"),
    "contacts": of_client("contacts/"),
    "contacts-sorted": of_client("contacts/?sort=-number&role=vendor&q=e"),
    "contacts-none": of_client("contacts/?q=gibtesnicht"),
    "contacts-unconnected": of_client("contacts/", "Hanse"),
    "contact": contact,
    "contact-raw": raw,
    "contact-raw-dialog": raw_dialog,
    "console": of_client("api/"),
    "console-answer": console_answer,
    "console-question": console_question,
    "console-refused": console_refused,
    "console-history": of_client("api/calls/"),
    "console-unconnected": of_client("api/", "Hanse"),
    "contact-new": of_client("contacts/new/"),
    "contact-person": of_client("contacts/new/?kind=person"),
    "contact-refused": refused,
    "contact-edit": edit,
    "contact-locked": locked,
    "contact-conflict": conflict,
    "keys": keys,
    "switcher": switcher,
    "person-menu": person,
    "missing": address("/gibt/es/nicht/"),
    "account": address("/staff/me/"),
    "password": address("/accounts/password/change/"),
    "logout": address("/accounts/logout/"),
    "second-factor": address("/accounts/2fa/"),
    "app": secured("/accounts/2fa/totp/activate/"),
    "keys-of-the-account": secured("/accounts/2fa/webauthn/"),
    "key-new": secured("/accounts/2fa/webauthn/add/"),
    "reauthenticate": address("/accounts/reauthenticate/"),
    "gallery": address("/ui/"),
    "gallery-list": address("/ui/list/"),
    "gallery-form": address("/ui/form/"),
    "gallery-detail": address("/ui/detail/"),
    "gallery-dialog": gallery_dialog,
}
