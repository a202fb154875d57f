"""The people of one organization: they press the buttons, and look at what the API says then."""

from dataclasses import dataclass
from typing import Any

import httpx

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.server import RunningSandbox
from lexweb.sandbox.web import Json
from tests.sandbox import bookkeeping

ITEM = {
    "type": "custom",
    "name": "Regal <b>",
    "quantity": 1,
    "unitName": "Stück",
    "unitPrice": {"currency": "EUR", "netAmount": 100, "taxRatePercentage": 19},
}
DOCUMENT: Json = {
    "voucherDate": "2026-11-02T00:00:00.000+01:00",
    "address": {"name": "Kundin <i>", "countryCode": "DE"},
    "lineItems": [ITEM],
    "totalPrice": {"currency": "EUR"},
    "taxConditions": {"taxType": "net"},
    "shippingConditions": {"shippingType": "none"},
}


@dataclass(frozen=True)
class People:
    sandbox: RunningSandbox
    organization_id: str
    http: httpx.Client
    api: httpx.Client

    @property
    def home(self) -> str:
        return f"/o/{self.organization_id}"

    @property
    def organization(self) -> Organization:
        return self.sandbox.state.organizations[self.organization_id]

    def see(self, path: str, **query: str) -> str:
        answer = self.http.get(f"{self.home}{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.text

    def press(self, path: str, action: str, **form: str) -> str:
        """Press a button that works; returns the page that comes next."""
        answer = self.http.post(f"{self.home}{path}", data={"action": action, **form})
        assert answer.status_code == 303, answer.text
        return self.http.get(answer.headers["location"]).raise_for_status().text

    def refused(self, path: str, action: str, **form: str) -> str:
        """Press a button that does not work; returns the page that says why."""
        answer = self.http.post(f"{self.home}{path}", data={"action": action, **form})
        assert answer.status_code == 422, answer.text
        assert 'role="alert"' in answer.text
        return answer.text

    def issued(self, kind: str = "invoices", *, finalize: bool = True, **changes: Any) -> str:
        """A new document over 119 euros; returns its id."""
        query = {"finalize": str(finalize).lower()}
        answer = self.api.post(f"/v1/{kind}", json=DOCUMENT | changes, params=query)
        return str(answer.raise_for_status().json()["id"])

    def read(self, resource: str, record_id: str) -> Json:
        return dict(bookkeeping.conforms(self.api.get(f"/v1/{resource}/{record_id}"), 200))

    def payment(self, record_id: str) -> Json:
        return self.read("payments", record_id)

    def events(self, record_id: str) -> list[str]:
        return bookkeeping.events(self.sandbox, record_id)

    def forget_events(self) -> None:
        self.sandbox.state.events.clear()
