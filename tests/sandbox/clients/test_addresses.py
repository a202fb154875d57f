"""Addresses and methods: slashes, letter case, protocol versions, routes that only clients believe in."""

import json
from urllib.parse import quote

import pytest

from tests.contract import schema
from tests.sandbox.clients.wire import Wire

LIST = "voucherType=any&voucherStatus=any"
NOBODY = "00000000-0000-0000-0000-000000000000"


def some_contact(wire: Wire) -> str:
    found: str = wire.ask("GET", "/v1/contacts").json()["content"][0]["id"]
    return found


@pytest.mark.parametrize(
    "target",
    [
        "/v1/profile/",
        "/v1/profile?",
        "/v1/profile/?",
        "/v1/countries/",
        "/v1/contacts/?page=0&size=250&direction=ASC&property=name",
        "/v1/articles/?page=0&size=250&direction=ASC&property=name",
        f"/v1/voucherlist/?page=0&size=250&sort=voucherNumber,DESC&{LIST}",
        "/v1/recurring-templates/?page=0&size=250&sort=createdDate,ASC",
        "//v1/profile",
        "http://api.lexware.io/v1/profile",
        "HTTPS://api.lexware.io:443/v1/profile?x=http://y/",
        f"/v1/voucherlist?{LIST}&&page=0&",
    ],
)
def test_spellings_of_an_address(wire: Wire, target: str) -> None:
    assert wire.ask("GET", target).status == 200


def test_an_address_inside_the_query_stays_there(wire: Wire) -> None:
    assert wire.ask("GET", "/v1/contacts?name=http://nirgends.example/").json()["totalElements"] == 0


def test_ids_in_capitals_and_encoded(wire: Wire) -> None:
    contact_id = some_contact(wire)
    encoded = "".join(f"%{ord(each):02x}" for each in contact_id)
    for spelled in (contact_id.upper(), quote(contact_id).replace("-", "%2D"), encoded):
        assert wire.ask("GET", f"/v1/contacts/{spelled}").json()["id"] == contact_id
        found = wire.ask("GET", f"/v1/voucherlist?{LIST}&contactId={spelled}")
        assert {row["contactId"] for row in found.json()["content"]} <= {contact_id}


@pytest.mark.parametrize("host", ["x", None])
def test_the_older_protocol(wire: Wire, host: str | None) -> None:
    answer = wire.ask("GET", "/v1/profile", version="1.0", Host=host, Connection=None)
    assert (answer.status, answer.json()["companyName"]) == (200, "Tischlerei Brandt GmbH & Co. KG")


def test_head_tells_what_get_would(wire: Wire) -> None:
    whole, head = (wire.ask(method, "/v1/countries") for method in ("GET", "HEAD"))
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"] == str(len(whole.body))
    assert wire.ask("HEAD", f"/v1/contacts/{NOBODY}").status == 404
    assert wire.ask("HEAD", "/v1/files").status == 405


@pytest.mark.parametrize("method", ["OPTIONS", "PATCH", "TRACE"])
def test_methods_nobody_has(wire: Wire, method: str) -> None:
    assert wire.ask(method, "/v1/profile").status == 405


@pytest.mark.parametrize("kind", ["invoices", "quotations", "credit-notes", "order-confirmations", "delivery-notes"])
@pytest.mark.parametrize("act", ["pursue", "finalize"])
@pytest.mark.parametrize("headers", [{}, {"Content_Type": "application/json"}, {"Content_Type": "text/plain"}])
def test_acts_that_never_existed_are_not_found(wire: Wire, kind: str, act: str, headers: dict[str, str]) -> None:
    answer = wire.ask("POST", f"/v1/{kind}/{NOBODY}/{act}", Content_Length="0", **headers)
    assert (answer.status, answer.json()["error"]) == (404, "Not Found")


def test_no_content_has_no_length(wire: Wire) -> None:
    body = json.dumps(schema.sample("articles.create.request")).encode()
    article = wire.ask("POST", "/v1/articles", body, Content_Type="application/json").json()
    answer = wire.ask("DELETE", f"/v1/articles/{article['id']}/")
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers.keys().isdisjoint({"content-length", "content-type"})


def test_a_delete_may_carry_a_media_type(wire: Wire) -> None:
    assert wire.ask("DELETE", f"/v1/articles/{NOBODY}", b"null", Content_Type="application/json").status == 404
