"""Who is asking, in which words, and what for."""

import pytest

from tests.sandbox.clients.wire import Wire

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
DEFAULT_OF_AXIOS = "application/json, text/plain, */*"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "Bearer "])
def test_spellings_of_the_scheme(wire: Wire, scheme: str) -> None:
    assert wire.ask("GET", "/v1/profile", Authorization=f"{scheme} {wire.key}").status == 200


def test_header_names_in_any_case(wire: Wire) -> None:
    answer = wire.ask("GET", "/v1/profile", Authorization=None, authorization=f"Bearer {wire.key}")
    assert answer.status == 200


@pytest.mark.parametrize("agent", [None, "Ruby", "Müller GmbH - api | https://x.example (ä)", "x" * 2_000])
def test_user_agents(wire: Wire, agent: str | None) -> None:
    assert wire.ask("GET", "/v1/profile", User_Agent=agent).status == 200


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"]
)
def test_a_media_type_without_a_body_does_not_matter(wire: Wire, media_type: str) -> None:
    assert wire.ask("GET", "/v1/profile", Content_Type=media_type).status == 200


def test_nothing_is_compressed_unasked_or_asked(wire: Wire) -> None:
    answer = wire.ask("GET", "/v1/profile", Accept_Encoding="gzip;q=1.0,deflate;q=0.6,identity;q=0.3")
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["companyName"]


@pytest.mark.parametrize("accept", [None, "*/*", "application/pdf", DEFAULT_OF_AXIOS, BROWSER])
def test_what_a_download_may_ask_for(wire: Wire, accept: str | None) -> None:
    answer = wire.ask("GET", f"/v1/quotations/{issued(wire, 'quotation')}/file", Accept=accept)
    assert (answer.status, answer.body[:5]) == (200, b"%PDF-")


@pytest.mark.parametrize("accept", ["application/json", "application/octet-stream"])
def test_a_file_is_neither_json_nor_just_bytes(wire: Wire, accept: str) -> None:
    assert wire.ask("GET", f"/v1/quotations/{issued(wire, 'quotation')}/file", Accept=accept).status == 406


def issued(wire: Wire, kind: str) -> str:
    rows = wire.ask("GET", f"/v1/voucherlist?voucherType={kind}&voucherStatus=open,accepted&size=1").json()["content"]
    found: str = rows[0]["id"]
    return found
