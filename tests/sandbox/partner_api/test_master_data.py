"""Organization, partner integration and ping."""

from typing import Any

import httpx

from lexweb.sandbox.server import RunningSandbox
from tests.contract.test_sandbox_contract import conforms
from tests.sandbox import partner
from tests.sandbox.partner_api.conftest import Books


def test_every_organization(sandbox: RunningSandbox) -> None:
    keys = set()
    for organization in sandbox.organizations():
        token = partner.connect(sandbox, organization)["access_token"]
        with partner.client(sandbox, token) as api:
            found = Books(api).ask("GET", "organization", 200)
        assert found["companyName"] == organization["companyName"]
        assert set(found["address"]) == {"street", "zip", "city", "countryCode"}
        assert ("vatIdentificationNumber" in found) is not organization["smallBusiness"]
        keys.add(found["organizationTypeKey"])
    assert {"TRADER", "GMBH_AND_CO_LIMITED_PARTNERSHIP", "LIMITED_LIABILITY_COMPANY"} <= keys


def test_partner_integration(sandbox: RunningSandbox, books: Books, brandt: dict[str, Any]) -> None:
    fresh = books.ask("GET", "partner-integrations", 200)
    assert fresh.pop("createdDate") == fresh.pop("updatedDate")
    assert fresh == {"organizationId": brandt["organizationId"], "version": 0, "status": "OAUTH_CONNECTED"}
    active = books.sent("PUT", "partner-integrations", 200, {"status": "ACTIVE", "version": 0})
    assert (active["status"], active["version"]) == ("ACTIVE", 1)
    assert books.ask("GET", "partner-integrations", 200) == active
    books.ask("PUT", "partner-integrations", 409, {"status": "ACTIVE", "version": 0})
    assert books.fields("PUT", "partner-integrations", {}) == ["status", "version"]
    other = partner.connect(sandbox, brandt)["access_token"]
    with partner.client(sandbox, other) as api:
        assert Books(api).ask("GET", "partner-integrations", 200)["status"] == "OAUTH_CONNECTED"


def test_ping(books: Books, api: httpx.Client, brandt: dict[str, Any]) -> None:
    assert books.ask("GET", "ping", 200) == conforms(api.get("/v1/ping"), 200) == {"userEmail": brandt["email"]}
