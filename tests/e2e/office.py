"""The sandbox's control plane: what the client and Lexware Office do while the tests look at lexweb."""

import json
import urllib.request
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Organization:
    """An account of the sandbox."""

    id: str
    name: str
    user: str
    email: str
    password: str
    key: str
    contacts: int


class Sandbox:
    """Talks to /_sandbox of the running stack."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, method: str, path: str, body: Json | None = None) -> Any:
        """Send one request; return the JSON of its answer, if there is any."""
        content = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/_sandbox{path}", content, headers, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else None

    def organizations(self) -> list[Organization]:
        """Return all accounts, the smallest first, as the demo takes them."""
        rows = sorted(self.ask("GET", "/organizations"), key=lambda row: row["contacts"])
        return [
            Organization(
                row["organizationId"], row["companyName"], row["userName"], row["email"], row["password"],
                row["apiKey"], row["contacts"],
            )
            for row in rows
        ]  # fmt: skip

    def named(self, part: str) -> Organization:
        """Return the account whose name holds this."""
        return next(each for each in self.organizations() if part in each.name)

    def change(self, organization: Organization, contact_id: str, changes: Json) -> Json:
        """Change a contact as somebody else would, in Lexware Office."""
        path = f"/contacts/{organization.id}/{contact_id}"
        return dict(self.ask("POST", path, {"changes": changes}))

    def contact(self, organization: Organization, contact_id: str) -> Json:
        """Return the contact as Lexware Office has it."""
        return dict(self.ask("GET", f"/contacts/{organization.id}/{contact_id}"))

    def misbehave(self, kind: str, organization: Organization | None = None, **fault: Any) -> None:
        """Let a fault wait for requests, of one account if given."""
        whose = {"organizationId": organization.id} if organization else {}
        self.ask("POST", "/faults", {"kind": kind, **whose, **fault})

    def behave(self) -> None:
        """Take all faults back."""
        self.ask("DELETE", "/faults")

    def forget_requests(self) -> None:
        """Empty the journal."""
        self.ask("DELETE", "/requests")

    def requests(self, method: str, path: str = "") -> list[Json]:
        """Return the requests of the journal with this method whose path holds this."""
        return [row for row in self.ask("GET", "/requests") if row["method"] == method and path in row["path"]]

    def revoke(self, organization: Organization) -> None:
        """End the account's OAuth connections, as its user could."""
        self.ask("POST", f"/revoke/{organization.id}")
