"""A person at the console: the form sent as a browser does it, with or without htmx."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.test import Client as Browser

from lexweb.clients.models import Connection
from lexweb.console.models import Call
from lexweb.sandbox.server import RunningSandbox
from tests.cast import Cast

HTMX = {"HX-Request": "true", "HX-Target": "console"}
NEW = '{"version": 0, "roles": {"customer": {}}, "company": {"name": "Zwirnfaden GmbH"}}'


@dataclass
class Bench:
    """The console of one client."""

    sandbox: RunningSandbox
    connection: Connection
    browser: Browser
    cast: Cast

    @property
    def url(self) -> str:
        """The address of the console."""
        return f"{self.cast.client.url}api/"

    def post(self, verb: str, path: str, *, htmx: bool = False, **typed: Any) -> Any:
        """Send the form once."""
        data = {"key": str(uuid.uuid4()), "verb": verb, "path": path, **typed}
        return self.browser.post(self.url, data, headers=HTMX if htmx else {})

    def send(self, verb: str, path: str, **typed: Any) -> Any:
        """Send the form, confirmed where that is asked; return the page with the answer."""
        answer = self.post(verb, path, confirmed="1", **typed)
        assert answer.status_code == 302, answer.content.decode()
        return self.browser.get(answer["Location"])

    @property
    def last(self) -> Call:
        """The newest call of anybody."""
        return Call.objects.order_by("-pk")[0]

    def heard(self, method: str = "") -> list[dict[str, Any]]:
        """The requests that reached Lexware Office."""
        return [entry for entry in self.sandbox.requests() if method in ("", entry["method"])]
