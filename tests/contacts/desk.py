"""
A person at the browser, and Lexware Office on the other side as its own users see it.

`Sheet` fills in a form the way a browser does: everything that the page put into it is sent back.
"""

import ssl
from html.parser import HTMLParser
from types import TracebackType
from typing import Any, Self

import httpx
from django.contrib.messages import get_messages
from django.test import Client as Browser
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.contacts import mirror
from lexweb.contacts.models import Contact
from lexweb.sandbox.server import RunningSandbox

TLS = ssl.create_default_context()
HTMX = {"HX-Request": "true", "HX-Target": "form"}
COMPANY = {"version": 0, "roles": {"customer": {}}, "company": {"name": "Holzhandel Ahrens"}}


class Sheet(HTMLParser):
    """The form `#form` of a page, as what a browser would send."""

    def __init__(self, browser: Browser, url: str, page: str) -> None:
        super().__init__()
        self.browser, self.url, self.page = browser, url, page
        self.data: dict[str, Any] = {}
        self._inside, self._copies, self._area, self._select = False, False, "", ""
        self.feed(page)

    def save(self, *, htmx: bool = False, **typed: Any) -> Any:
        """Send it with something typed; None leaves a field out, like an unticked box."""
        data = {name: value for name, value in {**self.data, **typed}.items() if value is not None}
        return self.browser.post(self.url, data, headers=HTMX if htmx else {})

    def choose(self, **choices: str) -> dict[str, Any]:
        """What a person who chose mine or theirs sends."""
        return {f"keep-{name}": choice for name, choice in choices.items()}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        if tag == "form":
            self._inside = a.get("id") == "form"
        self._copies = self._copies or tag == "template"  # what scripts copy from is not sent
        if not self._inside or self._copies:
            return
        name, value = a.get("name") or "", a.get("value") or ""
        if tag == "textarea":
            self._area, self.data[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in a or self._select not in self.data):
            self.data[self._select] = value
        elif tag == "input" and (a.get("type") not in {"checkbox", "radio"} or "checked" in a):
            value = "on" if a.get("type") == "checkbox" and not value else value
            several = name == "collision"
            self.data[name] = [*self.data.get(name, []), value] if several else value

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._copies = False
        elif self._copies:
            return
        elif tag == "textarea":
            self.data[self._area] = self.data[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "form":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._area:
            self.data[self._area] += data


class Desk:
    """Browser and Lexware Office of one client."""

    def __init__(self, sandbox: RunningSandbox, connection: Connection, browser: Browser) -> None:
        self.sandbox, self.connection, self.client, self.browser = sandbox, connection, connection.client, browser
        self.organization = sandbox.organizations()[0]
        key = {"Authorization": f"Bearer {self.organization['apiKey']}"}
        self.api = httpx.Client(base_url=sandbox.url, headers=key, verify=TLS)
        self.url = f"{self.client.url}contacts/"

    def add(self, **members: Any) -> Contact:
        """Add a contact over there, and let the mirror know it."""
        answer = self.api.post("/v1/contacts", json=COMPANY | members).raise_for_status()
        return self.mirror(answer.json()["id"])

    def mirror(self, contact_id: Any) -> Contact:
        """Let the mirror see the contact as it is now."""
        return mirror.store(self.connection, self.stored(contact_id), asked_at=timezone.now())

    def stored(self, contact_id: Any) -> dict[str, Any]:
        """The contact as Lexware Office holds it."""
        found: dict[str, Any] = self.api.get(f"/v1/contacts/{contact_id}").raise_for_status().json()
        return found

    def named(self, name: str) -> list[dict[str, Any]]:
        """All contacts over there with this text in their name."""
        found: list[dict[str, Any]] = self.api.get("/v1/contacts", params={"name": name}).json()["content"]
        return found

    def change(self, contact: Contact, **changes: Any) -> None:
        """Somebody changes the contact in the web application; None takes a member away."""
        address = f"/_sandbox/contacts/{self.organization['organizationId']}/{contact.lexware_id}"
        self.api.post(address, json={"changes": changes}).raise_for_status()

    def remove(self, contact: Contact) -> None:
        """Somebody deletes the contact in the web application."""
        book = self.sandbox.state.organizations[self.organization["organizationId"]].contacts
        dumped = book.dumped()
        book.load(dumped | {"records": [r for r in dumped["records"] if r[0]["id"] != str(contact.lexware_id)]})

    def edit(self, contact: Contact) -> Sheet:
        """Open the form of a contact."""
        return self.sheet(self.browser.get(f"{contact.url}edit/"), f"{contact.url}edit/")

    def new(self, kind: str = "company") -> Sheet:
        """Open the form for a new contact."""
        return self.sheet(self.browser.get(f"{self.url}new/?kind={kind}"), f"{self.url}new/")

    def sheet(self, response: Any, url: str = "") -> Sheet:
        """The form in an answer."""
        return Sheet(self.browser, url or response.request["PATH_INFO"], response.content.decode())

    def sent(self, method: str) -> list[dict[str, Any]]:
        """The requests of a method for contacts that reached Lexware Office, those of `add` not counted."""
        return [entry for entry in self.sandbox.requests() if entry["method"] == method]

    def forget_requests(self) -> None:
        """Begin to count anew."""
        self.sandbox.state.journal.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.api.close()


def said(response: Any) -> str:
    """The toasts of an answer."""
    return " | ".join(str(message) for message in get_messages(response.wsgi_request))


def names(response: Any) -> list[str]:
    """The contacts on a page of the list."""
    return [contact.name for contact in response.context["page"]]


def colliding(response: Any) -> dict[str, tuple[str, str, str]]:
    """Mine, theirs and before, of each field that two people changed."""
    return {row.name: (row.mine, row.theirs, row.before) for row in response.context["form"].colliding}
