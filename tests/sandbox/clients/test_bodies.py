"""Bodies: whole, in chunks, announced, of unknown coding; JSON in all its spellings."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from tests.contract import schema
from tests.sandbox.clients.wire import Wire

JSON = "application/json"
PERSON = schema.sample("contacts.create.person.request")
BODY = json.dumps(PERSON).encode()
CHUNKED = {"Content_Type": JSON, "Transfer_Encoding": "chunked"}


def chunks(parts: Iterable[bytes], extension: bytes = b"", trailer: bytes = b"") -> bytes:
    sent = b"".join(b"%X%b\r\n%b\r\n" % (len(part), extension, part) for part in parts)
    return sent + b"0\r\n" + trailer + b"\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        chunks([BODY]),
        chunks([BODY[:7], BODY[7:]]),
        chunks([BODY[i : i + 1] for i in range(len(BODY))], extension=b";name=value"),
        chunks([BODY], trailer=b"Digest: x\r\nOther: y\r\n"),
    ],
)
def test_chunks(wire: Wire, sent: bytes) -> None:
    answer = wire.send(wire.head("POST", "/v1/contacts", **CHUNKED) + sent)
    assert answer.status == 201
    read = wire.ask("GET", f"/v1/contacts/{answer.json()['id']}").json()
    assert read["person"]["lastName"] == PERSON["person"]["lastName"]


def test_what_follows_the_last_chunk_is_the_next_request(wire: Wire) -> None:
    first = wire.head("PUT", "/v1/contacts/x", Connection="keep-alive", **CHUNKED) + chunks([b"{}"])
    assert wire.send(first + wire.head("GET", "/v1/profile")).status == 404
    quiet = wire.head("GET", "/v1/nothing", Connection="keep-alive", Transfer_Encoding="chunked") + chunks([])
    assert wire.send(quiet).status == 403


@pytest.mark.parametrize("sent", [b"viel\r\n", b"-1\r\n", b"\r\n", b"5\r\nabcdefg\r\n0\r\n\r\n", b"FFFFFFFF\r\n"])
def test_broken_chunks_end_the_connection(wire: Wire, sent: bytes) -> None:
    answer = wire.send(wire.head("POST", "/v1/contacts", Connection="keep-alive", **CHUNKED) + sent)
    assert (answer.status, answer.headers["connection"]) == (400, "close")


def test_an_announced_body_is_asked_for(wire: Wire) -> None:
    head = wire.head("POST", "/v1/contacts", len(BODY), Content_Type=JSON, Expect="100-continue")
    assert wire.send(head + BODY).status == 201  # HTTPResponse passes over the 100


@pytest.mark.parametrize(
    "media_type", ["application/json; charset=utf-8", "application/json;charset=UTF-8", "Application/JSON"]
)
def test_spellings_of_the_media_type(wire: Wire, media_type: str) -> None:
    assert wire.ask("POST", "/v1/contacts/", BODY, Content_Type=media_type).status == 201


@pytest.mark.parametrize("body", [b"{}", b'""', b"null"])
def test_a_body_with_a_get_does_not_matter(wire: Wire, body: bytes) -> None:
    assert wire.ask("GET", "/v1/profile", body, Content_Type=JSON).status == 200


def test_bytes_in_front_of_the_text(wire: Wire) -> None:
    assert wire.ask("POST", "/v1/contacts", b"\xef\xbb\xbf" + BODY, Content_Type=JSON).status == 201


@pytest.mark.parametrize("version", ["0", 0.0, "0.0"])
def test_numbers_as_text_and_with_a_point(wire: Wire, version: Any) -> None:
    body = json.dumps(PERSON | {"version": version}).encode()
    assert wire.ask("POST", "/v1/contacts", body, Content_Type=JSON).status == 201


@pytest.mark.parametrize("version", ["viel", 0.5, True, []])
def test_what_is_no_number(wire: Wire, version: Any) -> None:
    body = json.dumps(PERSON | {"version": version}).encode()
    assert wire.ask("POST", "/v1/contacts", body, Content_Type=JSON).status == 400


@pytest.mark.parametrize("said", [True, "true", "True", "TRUE"])
def test_yes_as_text(wire: Wire, said: Any) -> None:
    company = {"name": "Ohm", "allowTaxFreeInvoices": said}
    body = json.dumps({"version": 0, "roles": {"customer": {}}, "company": company}).encode()
    created = wire.ask("POST", "/v1/contacts", body, Content_Type=JSON).json()
    assert wire.ask("GET", f"/v1/contacts/{created['id']}").json()["company"]["allowTaxFreeInvoices"] is True


def test_every_member_may_be_null_or_empty(wire: Wire) -> None:
    nothing = dict.fromkeys(("id", "organizationId", "person", "emailAddresses", "archived", "xRechnung"))
    roles = {"customer": {"number": ""}, "vendor": None}
    addresses = {"billing": [], "shipping": None}
    body = nothing | {
        "version": 0,
        "roles": roles,
        "addresses": addresses,
        "note": "",
        "phoneNumbers": {"office": [""]},
    }
    company = {"name": "Ohm", "taxNumber": None, "contactPersons": []}
    created = wire.ask("POST", "/v1/contacts", json.dumps(body | {"company": company}).encode(), Content_Type=JSON)
    assert created.status == 201
    read = wire.ask("GET", f"/v1/contacts/{created.json()['id']}").json()
    assert set(read["roles"]) == {"customer"}
    assert read["company"]["name"] == "Ohm"


def test_what_was_read_can_be_sent_back(wire: Wire) -> None:
    created = wire.ask("POST", "/v1/contacts", BODY, Content_Type=JSON).json()
    read = wire.ask("GET", f"/v1/contacts/{created['id']}").json()
    read["person"]["lastName"] = "Ohm"
    assert wire.ask("PUT", f"/v1/contacts/{created['id']}/", json.dumps(read).encode(), Content_Type=JSON).status == 200
