"""Every answer of the sandbox keeps the contract."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from lexweb.sandbox import server
from tests.contract import schema
from tests.sandbox import partner

UNKNOWN = "05ad6609-d267-437f-ab28-0d11a4d4dc67"
PERSON = schema.sample("contacts.create.person.request")


@pytest.fixture(scope="module")
def running() -> Iterator[server.RunningSandbox]:
    with server.serve_in_thread(rate=1_000_000, burst=1_000_000) as sandbox:
        yield sandbox


@pytest.fixture
def api(running: server.RunningSandbox) -> Iterator[httpx.Client]:
    running.reset()
    headers = {"Authorization": f"Bearer {running.organizations()[0]['apiKey']}"}
    with httpx.Client(base_url=running.url, headers=headers, timeout=partner.PATIENCE, verify=partner.TLS) as client:
        yield client


def conforms(answer: httpx.Response, status: int) -> Any:
    """Assert status and body of an answer, and return the body."""
    assert answer.status_code == status, answer.text
    body = answer.json() if answer.content else None
    request = answer.request
    assert schema.violations(request.method, request.url.path, status, body) == []
    return body


def test_reading(api: httpx.Client) -> None:
    conforms(api.get("/v1/profile"), 200)
    conforms(api.get("/v1/ping"), 200)
    conforms(api.get("/v1/countries"), 200)
    page = conforms(api.get("/v1/contacts", params={"size": 250}), 200)
    conforms(api.get(f"/v1/contacts/{page['content'][0]['id']}"), 200)


def test_every_profile(api: httpx.Client, running: server.RunningSandbox) -> None:
    for organization in running.organizations():
        headers = {"Authorization": f"Bearer {organization['apiKey']}"}
        conforms(api.get("/v1/profile", headers=headers), 200)


@pytest.mark.parametrize("name", ["company", "person", "authority"])
def test_writing(api: httpx.Client, name: str) -> None:
    short = conforms(api.post("/v1/contacts", json=schema.sample(f"contacts.create.{name}.request")), 201)
    contact = conforms(api.get(f"/v1/contacts/{short['id']}"), 200)
    conforms(api.put(f"/v1/contacts/{short['id']}", json=contact), 200)
    conforms(api.put(f"/v1/contacts/{short['id']}", json=contact), 406)


def test_refusing(api: httpx.Client) -> None:
    conforms(api.get("/v1/contacts", params={"name": "ab"}), 400)
    conforms(api.get("/v1/contacts", params={"page": "x"}), 400)
    conforms(api.post("/v1/contacts", content=b"{", headers={"Content-Type": "application/json"}), 400)
    conforms(api.post("/v1/contacts", content=b"{}"), 415)
    conforms(api.post("/v1/contacts", json={}), 406)
    conforms(api.get(f"/v1/contacts/{UNKNOWN}"), 404)
    conforms(api.put(f"/v1/contacts/{UNKNOWN}", json=PERSON), 404)
    conforms(api.get("/v1/profile", headers={"Authorization": "Bearer x"}), 401)


@pytest.mark.parametrize(
    ("kind", "status"),
    [("429", 429), ("500", 500), ("503", 503), ("504", 504), ("plan_402", 402), ("forbidden_403", 403)],
)
def test_faults(running: server.RunningSandbox, api: httpx.Client, kind: str, status: int) -> None:
    for path in ("/v1/profile", "/v1/contacts", "/v1/countries"):
        running.fault(kind)
        conforms(api.get(path), status)


def test_conflicts_by_the_reference(running: server.RunningSandbox, api: httpx.Client) -> None:
    contact_id = conforms(api.post("/v1/contacts", json=PERSON), 201)["id"]
    running.fault("conflict_409")
    conforms(api.put(f"/v1/contacts/{contact_id}", json=PERSON), 409)


def test_authorization_server(running: server.RunningSandbox, api: httpx.Client) -> None:
    organization = running.organizations()[0]
    code = partner.code(running, organization)
    tokens = conforms(partner.exchange(running, code), 200)
    tokens = conforms(partner.refresh(running, tokens["refresh_token"]), 200)
    conforms(partner.refresh(running, "unbekannt"), 400)
    conforms(httpx.post(f"{running.url}/oauth2/token", data={"grant_type": "refresh_token"}), 401)
    running.fault("429", path="/oauth2/*")
    conforms(partner.refresh(running, tokens["refresh_token"]), 429)
    revoked = httpx.post(f"{running.url}/oauth2/revoke", data={"token": tokens["refresh_token"]}, auth=partner.BASIC)
    conforms(revoked, 200)
