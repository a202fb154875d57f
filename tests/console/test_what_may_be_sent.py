"""Which addresses, headers, queries and bodies leave the house, and the sentence at the field where they do not."""

import pytest

from lexweb.console import drafts, fields, operations
from lexweb.lexware.api import raw
from tests.console.bench import Bench

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://evil.example/v1/profile",
    "http:/v1/profile",
    "//evil.example/v1/profile",
    "/\\evil.example/v1/profile",
    "evil.example/v1/profile",
    "v1/profile",
    "/v2/profile",
    "/oauth2/token",
    "/_sandbox/requests",
    "/v1",
    "/v1/",
    "/v1//profile",
    "/v1/../oauth2/token",
    "/v1/contacts/../../oauth2/token",
    "/v1/./profile",
    "/v1/%2e%2e/oauth2/token",
    "/v1/%2F%2Fevil.example",
    "/v1/contacts%00",
    "/v1/contacts%0d%0aHost: evil.example",
    "/v1/con\ntacts",
    "/v1/con\ttacts",
    "/v1/profile#x",
    "/v1/profile;x",
    "/v1/@evil.example",
    "/v1/\\..\\profile",
    "/v1/prof\u200bile",
    "/v1/ｐrofile",
    "/v1/contacts/{id}",
    "/v1/" + "a" * 300,
]
OURS = [
    "Authorization", "authorization", "AUTHORIZATION", "Host", "Cookie", "Content-Length", "Transfer-Encoding",
    "Connection", "Proxy-Authorization", "Proxy-Connection", "Keep-Alive", "TE", "Trailer", "Upgrade", "Expect",
    "Forwarded", "X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "Accept-Encoding",
    "X-Api-Key",
]  # fmt: skip


@pytest.mark.parametrize("path", ELSEWHERE)
def test_addresses_that_lead_elsewhere_are_refused_at_the_field(path: str, bench: Bench) -> None:
    answer = bench.post("GET", path)

    assert answer.status_code == 422
    assert answer.context["form"].errors["path"]
    assert bench.heard() == []


@pytest.mark.parametrize("path", ELSEWHERE)
def test_the_api_package_refuses_them_as_well(path: str) -> None:
    with pytest.raises(ValueError, match="not one of the API"):
        raw.RawCall("GET", path)


@pytest.mark.parametrize("name", OURS)
def test_headers_that_are_ours_are_refused_at_the_field(name: str, bench: Bench) -> None:
    answer = bench.post("GET", "/v1/profile", headers=f"{name}: x")

    assert answer.status_code == 422
    assert f"lexweb sets “{name}” itself" in answer.context["form"].errors["headers"][0]
    assert bench.heard() == []
    with pytest.raises(ValueError, match="header"):
        raw.RawCall("GET", "/v1/profile", headers={name: "x"})


@pytest.mark.parametrize(
    "line",
    ["Accept", ": x", "Accept: a\x00b", "Accept: ü", "Accept : a\nAccept: b", "Acc ept: x", "Accept\r: x" * 2000],
)
def test_lines_that_are_no_header_are_refused(line: str, bench: Bench) -> None:
    assert bench.post("GET", "/v1/profile", headers=line).context["form"].errors["headers"]
    assert bench.heard() == []


def test_a_header_that_may_be_set_arrives_and_the_token_is_ours(bench: Bench) -> None:
    bench.send("GET", "/v1/profile", headers="Accept: application/json\nX-Request-Id: abc")

    assert bench.last.status == 200


@pytest.mark.parametrize("query", ["x", "=1", "a=1\na=2", "a=\x07"])
def test_lines_that_are_no_query_are_refused(query: str, bench: Bench) -> None:
    assert bench.post("GET", "/v1/contacts", query=query).context["form"].errors["query"]
    assert bench.heard() == []


def test_a_parameter_stands_in_the_address_or_in_the_lines_not_in_both(bench: Bench) -> None:
    assert bench.post("GET", "/v1/contacts?page=0", query="page=1").context["form"].errors["query"]


def test_query_in_lines_and_in_the_address_arrive_together_and_encoded(bench: Bench) -> None:
    page = bench.send("GET", "/v1/contacts?page=0&size=25", query="name=Müller &amp; S%")

    [heard] = bench.heard()
    assert heard["path"] == "/v1/contacts"
    assert page.context["form"].initial["query"] == "page=0\nsize=25\nname=Müller &amp; S%"
    assert page.context["shown"]["call"].status == 200


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('{"a": 1,\n"b": }', "Line 2, position 6: a value is missing"),
        ("{a: 1}", "Line 1, position 2: a name in double quotation marks is missing"),
        ('{"a" 1}', "a colon is missing"),
        ('{"a": 1 "b": 2}', "a comma or a closing bracket is missing"),
        ('{"a": "b', "the text that begins here has no end"),
        ('{"a": "b\nc"}', "a text goes on in the next line"),
        ('{"a": "\\q"}', "an unknown sign after a backslash"),
        ("{} {}", "something follows after the end"),
        ('{"a": NaN}', "NaN and Infinity are no values"),
        ("[" * 100_000, "nested too deep"),
        ('"' + "ü" * 500_000 + '"', "larger than 1 MB"),
    ],
)
def test_a_body_that_is_not_json_is_refused_with_its_line(body: str, reason: str, bench: Bench) -> None:
    answer = bench.post("POST", "/v1/contacts", body=body, confirmed="1")

    assert answer.status_code == 422
    assert reason in answer.context["form"].errors["body"][0]
    assert bench.heard() == []


@pytest.mark.parametrize("verb", ["GET", "DELETE"])
def test_a_body_where_none_belongs_is_refused(verb: str, bench: Bench) -> None:
    assert bench.post(verb, "/v1/contacts", body="{}", confirmed="1").context["form"].errors["body"]
    assert bench.heard() == []


def test_another_content_type_needs_no_json(bench: Bench) -> None:
    answer = bench.post("POST", "/v1/contacts", headers="content-type: text/plain", body="Hallo", confirmed="1")

    assert answer.status_code == 302
    assert bench.last.status in {400, 406, 415}


def test_numbers_and_order_of_the_body_arrive_as_typed() -> None:
    typed = '{"b": 1.10,\n"a": 12345678901234567890}'

    draft = drafts.Draft("POST", "/v1/articles", body=fields.body(typed, method="POST", sent={}))

    assert draft.call().content == typed.encode()
    assert draft.call().headers == {"Content-Type": "application/json"}


def test_unknown_methods_are_refused(bench: Bench) -> None:
    for verb in ("PATCH", "HEAD", "OPTIONS", "CONNECT", "get", ""):
        assert bench.post(verb, "/v1/profile", confirmed="1").context["form"].errors["verb"]
    assert bench.heard() == []


def test_every_known_call_can_be_sent() -> None:
    for operation in (o for group in operations.groups(writing=True) for o in group.operations):
        path = operation.path.replace("{id}", "0c0c0c0c-0c0c-4c0c-8c0c-0c0c0c0c0c0c")
        assert raw.RawCall(operation.method, path)
        assert raw.template(path) == operation.path
    assert {o.method for g in operations.groups(writing=False) for o in g.operations} == {"GET"}


def test_the_form_is_filled_from_the_address_and_from_nothing_else(bench: Bench) -> None:
    page = bench.browser.get(f"{bench.url}?verb=GET&path=/v1/contacts?page=2%26size=50&body=x&headers=x").context

    assert page["form"].initial["path"] == "/v1/contacts"
    assert page["form"].initial["query"] == "page=2\nsize=50"
    assert "body" not in page["form"].initial
    assert "headers" not in page["form"].initial
    assert bench.heard() == []
