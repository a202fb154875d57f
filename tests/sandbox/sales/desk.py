"""Writes sales documents in one company and holds every answer against the contract."""

import json
from copy import deepcopy
from typing import Any

import httpx

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.server import RunningSandbox
from lexweb.sandbox.shelf import Record
from tests.contract import schema
from tests.sandbox import partner

Json = dict[str, Any]
CONTACT, AUTHORITY = "05ad6609-d267-437f-ab28-0d11a4d4dc67", "eb95e640-7789-4668-86dc-e989fff32453"
ARTICLE = "7f51c2d5-0a35-45b0-900a-8eba06dcf150"
UNKNOWN = "3f0dbb51-53d7-4d30-8a4f-9cdd6e1d0001"
WRITABLE = ("invoices", "credit-notes", "quotations", "order-confirmations", "delivery-notes", "dunnings")
PRICE: Json = {"currency": "EUR", "netAmount": 100, "taxRatePercentage": 19}
ITEM: Json = {"type": "custom", "name": "Regal", "quantity": 1, "unitName": "Stück", "unitPrice": PRICE}


class Desk:
    """Somebody with the API key of a company; ``slug`` is the part of its name in its users' addresses."""

    def __init__(self, sandbox: RunningSandbox, slug: str) -> None:
        self.sandbox = sandbox
        self.organization: Organization = next(
            each for each in sandbox.state.organizations.values() if each.email.endswith(f"@{slug}.example")
        )
        self.organization.shelf("articles")  # the books of the large companies take longer than a request may
        self.api = partner.client(sandbox, self.organization.api_key)
        self.customer = self.contact("contacts.create.company.request")
        self.authority = self.contact("contacts.create.authority.request")
        article = self.api.post("/v1/articles", json=schema.sample("articles.create.request"))
        self.article: str = article.raise_for_status().json()["id"]

    def contact(self, sample: str, **changes: Any) -> str:
        body = schema.sample(sample) | changes
        created: str = self.api.post("/v1/contacts", json=body).raise_for_status().json()["id"]
        return created

    def sample(self, name: str) -> Json:
        """A sample of the contract that names our contacts and our article."""
        text = json.dumps(schema.sample(name))
        for theirs, ours in ((CONTACT, self.customer), (AUTHORITY, self.authority), (ARTICLE, self.article)):
            text = text.replace(theirs, ours)
        found: Json = json.loads(text)
        return found

    def body(self, kind: str = "invoices", **changes: Any) -> Json:
        """The sample of a kind with one simple item; a change to None leaves the member out."""
        body = self.sample(f"{kind}.create.request") | {"lineItems": [deepcopy(ITEM)]} | changes
        return {name: value for name, value in body.items() if value is not None}

    def post(self, kind: str, body: Any, **query: str) -> httpx.Response:
        answer = self.api.post(f"/v1/{kind}", json=body, params=query)
        assert schema.violations("POST", f"/v1/{kind}", answer.status_code, answer.json()) == []
        return answer

    def create(self, kind: str = "invoices", body: Any = None, **query: str) -> Json:
        """A new document as GET shows it; ``finalize="true"`` and ``precedingSalesVoucherId`` are for the query."""
        answer = self.post(kind, self.body(kind) if body is None else body, **query)
        assert answer.status_code == 201, answer.text
        assert answer.headers["location"] == answer.json()["resourceUri"]
        return self.get(kind, answer.json()["id"])

    def issue(self, kind: str = "invoices", body: Any = None, **query: str) -> Json:
        return self.create(kind, body, **query, finalize="true")

    def get(self, kind: str, document_id: str) -> Json:
        answer = self.api.get(f"/v1/{kind}/{document_id}")
        assert answer.status_code == 200, answer.text
        assert schema.violations("GET", f"/v1/{kind}/{document_id}", 200, answer.json()) == []
        found: Json = answer.json()
        return found

    def refused(self, kind: str, body: Any, **query: str) -> dict[str, str]:
        """What a refusal (406) names: members and violations."""
        answer = self.post(kind, body, **query)
        assert answer.status_code == 406, answer.text
        return {detail["field"]: detail["violation"] for detail in answer.json()["details"]}

    def record(self, kind: str, document_id: str) -> Record:
        found = self.organization.shelf(kind).get(document_id)
        assert found
        return found

    def events(self, document_id: str) -> list[str]:
        return [each.event_type for each in self.sandbox.state.events.shown() if each.resource_id == document_id]
