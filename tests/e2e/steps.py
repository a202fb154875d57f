"""What a person does, step by step: a browser window with the words of its language."""

import re
import uuid
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.office import Organization
from tests.e2e.words import Words

CONTACT = re.compile(r"/contacts/([0-9a-f-]{36})/$")
PEOPLE_SETTLED = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"


@dataclass
class Desk:
    """One person at one browser window."""

    page: Page
    say: Words
    password: str

    # --- finding things -------------------------------------------------------------------------------------------

    def button(self, message: str, context: str = "", /, within: Locator | None = None) -> Locator:
        """Return the button with this message id."""
        return (within or self.page).get_by_role("button", name=self.say(message, context), exact=True)

    def link(self, message: str, context: str = "", /, within: Locator | None = None) -> Locator:
        """Return the link with this message id."""
        return (within or self.page).get_by_role("link", name=self.say(message, context), exact=True)

    def field(self, name: str) -> Locator:
        """Return the field of a form by its name; labels such as "City" stand there twice."""
        return self.page.locator(f"form [name='{name}']:not([type=hidden])")

    def heading(self) -> Locator:
        """Return the title of the page."""
        return self.page.get_by_role("heading", level=1)

    @property
    def main(self) -> Locator:
        """Return the content of the page, without rail and bar."""
        return self.page.locator("main")

    @property
    def rows(self) -> Locator:
        """Return the rows of the list."""
        return self.page.locator("#rows tbody tr")

    @property
    def toasts(self) -> Locator:
        """Return the messages bottom left."""
        return self.page.locator("#toasts")

    def settled(self) -> None:
        """Wait until htmx has nothing under way."""
        self.page.wait_for_function(PEOPLE_SETTLED)

    def focused(self) -> str:
        """Return name, id or tag of what has the focus."""
        script = "() => document.activeElement.name || document.activeElement.id || document.activeElement.tagName"
        return str(self.page.evaluate(script))

    def go(self, path: str) -> None:
        """Open an address; its scripts have run."""
        self.page.goto(path, wait_until="domcontentloaded")

    def arrives(self, pattern: str) -> None:
        """Wait until the browser is at an address that fits, and the page's scripts have run."""
        expect(self.page).to_have_url(re.compile(pattern))
        self.page.wait_for_load_state("domcontentloaded")

    def press(self, button: Locator) -> None:
        """Press a button that brings a new page; its scripts have run, so that what follows is not lost on it."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            button.click()

    # --- signing in -----------------------------------------------------------------------------------------------

    def sign_in(self, email: str, password: str = "") -> None:
        """Sign in with the form."""
        self.go("/accounts/login/")
        self.page.get_by_label(self.say("Email"), exact=True).fill(email)
        self.page.locator("input[name=password]").fill(password or self.password)
        self.button("Sign in").click()
        if not password:
            expect(self.page).to_have_url(re.compile(r":\d+/$"))

    def reauthenticate(self) -> None:
        """Say once more that it is me, if asked."""
        if "/reauthenticate/" not in self.page.url:
            return
        if self.field("password").count():
            self.field("password").fill(self.password)
            self.button("Confirm").click()
        else:
            self.button("Use passkey or security key").click()
        expect(self.page).not_to_have_url(re.compile("/reauthenticate/"))
        self.page.wait_for_load_state("domcontentloaded")

    # --- clients --------------------------------------------------------------------------------------------------

    def create_client(self, name: str = "") -> str:
        """Add a client; return its address. The page that follows offers to connect it."""
        name = name or f"Mandant {uuid.uuid4().hex[:6]}"
        self.go("/clients/")
        self.link("New client").first.click()
        self.field("name").fill(name)
        self.field("number").fill(uuid.uuid4().hex[:8])
        self.button("Create client").click()
        expect(self.page).to_have_url(re.compile(r"/clients/[\w-]+/connect/$"))
        return self.page.url.removesuffix("connect/")

    def connect(self, organization: Organization, *, allow: bool = True) -> None:
        """Go through the consent in Lexware Office, and come back; the connect page is open."""
        self.button("Connect with Lexware Office").click()
        self.consent(organization, allow=allow)

    def consent(self, organization: Organization, *, allow: bool = True) -> None:
        """Sign in to Lexware Office and answer its question; its sign-in page is open."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Anmelden")
        self.page.get_by_label("E-Mail-Adresse").fill(organization.email)
        self.page.get_by_label("Passwort").fill(organization.password)
        self.page.get_by_role("button", name="Anmelden", exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Zugriff erlauben?")
        expect(self.page.get_by_text(organization.name).first).to_be_visible()
        self.page.get_by_role("button", name="Zulassen" if allow else "Ablehnen").click()

    def connect_by_key(self, key: str) -> None:
        """Connect with an API key; the connect page is open."""
        self.page.get_by_label(self.say("API key"), exact=True).fill(key)
        self.button("Connect with this key").click()

    def await_sync(self) -> None:
        """Wait on the page of the sync until it is done."""
        expect(self.page.locator("#sync").get_by_text(self.say("Last sync"))).to_be_visible(timeout=90_000)

    def ask_for_sync(self, client: str) -> None:
        """Let the sync read what is new at once, however far its first round is."""
        self.go(f"{client}sync/")
        self.button("Sync now").click()
        self.settled()

    def client(self, organization: Organization) -> str:
        """Open the client that the demo has made for the account; return its address."""
        self.go("/clients/")
        self.page.get_by_role("link", name=organization.name, exact=True).first.click()
        expect(self.heading()).to_contain_text(organization.name)
        return self.page.url

    # --- contacts -------------------------------------------------------------------------------------------------

    def create_contact(self, client: str, **values: Any) -> str:
        """Create a company; return its address."""
        self.go(f"{client}contacts/new/")
        self.type_in(**{"company_name": f"Firma {uuid.uuid4().hex[:8]}", **values})
        self.button("Create contact").click()
        expect(self.page).to_have_url(CONTACT)
        return self.page.url

    def type_in(self, **values: Any) -> None:
        """Fill fields by name: texts, True and False for boxes; selects take the value."""
        for name, value in values.items():
            field = self.field(name)
            if isinstance(value, bool):
                field.set_checked(value)
            elif field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)


def contact_id(address: str) -> str:
    """Return the id at the end of a contact's address."""
    found = CONTACT.search(address)
    assert found, address
    return found[1]
