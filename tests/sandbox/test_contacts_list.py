"""GET /v1/contacts: pages and filters."""

import dataclasses
import html
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from lexweb.sandbox.server import RunningSandbox
from tests.contract import schema
from tests.sandbox.partner import client


@pytest.fixture
def wholesale(sandbox: RunningSandbox) -> Iterator[httpx.Client]:
    organization = next(each for each in sandbox.organizations() if each["contacts"] == 2500)
    with client(sandbox, organization["apiKey"]) as found:
        yield found


def names(api: httpx.Client, **filters: Any) -> list[str]:
    answer = api.get("/v1/contacts", params={"size": 250, **filters})
    assert answer.status_code == 200, answer.text
    return [contact["company"]["name"] for contact in answer.json()["content"] if "company" in contact]


def create(api: httpx.Client, **body: Any) -> str:
    whole = {"version": 0, "roles": {"customer": {}}, **body}
    contact_id: str = api.post("/v1/contacts", json=whole).raise_for_status().json()["id"]
    return contact_id


def test_pages_cover_everything_once_and_in_order(wholesale: httpx.Client) -> None:
    pages = [wholesale.get("/v1/contacts", params={"size": 250, "page": page}).json() for page in range(10)]
    ids = [contact["id"] for page in pages for contact in page["content"]]
    assert len(set(ids)) == 2500
    assert [page["first"] for page in pages] == [True] + [False] * 9
    assert [page["last"] for page in pages] == [False] * 9 + [True]
    assert {page["totalElements"] for page in pages} == {2500}
    assert {page["totalPages"] for page in pages} == {10}
    assert pages[0]["sort"][0]["property"] == "name"


def test_page_defaults_to_25_and_may_be_beyond_the_end(api: httpx.Client) -> None:
    page = api.get("/v1/contacts").json()
    assert (page["size"], page["numberOfElements"], page["number"]) == (25, 25, 0)
    beyond = api.get("/v1/contacts", params={"page": 99}).json()
    assert (beyond["content"], beyond["totalElements"], beyond["last"]) == ([], 140, True)


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"size": 500}, 200),
        ({"size": 501}, 400),
        ({"size": 1000}, 400),
        ({"size": 0}, 400),
        ({"size": "viele"}, 400),
        ({"page": -1}, 400),
        ({"page": "x"}, 400),
        ({"page": 39, "size": 250}, 200),
        ({"page": 40, "size": 250}, 400),
    ],
)
def test_limits_of_pages(api: httpx.Client, params: dict[str, Any], status: int) -> None:
    answer = api.get("/v1/contacts", params=params)
    assert answer.status_code == status
    assert schema.violations("GET", "/v1/contacts", status, answer.json()) == []


def test_ten_thousand_is_the_end(sandbox: RunningSandbox, api: httpx.Client) -> None:
    book = next(iter(sandbox.state.organizations.values())).contacts
    model = book.ordered()[0]
    for _ in range(10_000):
        book.put(dataclasses.replace(model, contact=model.contact | {"id": str(uuid.uuid4())}))
    page = api.get("/v1/contacts", params={"page": 39, "size": 250}).json()
    assert (page["totalElements"], page["totalPages"], page["last"]) == (10_000, 40, True)
    beyond = api.get("/v1/contacts", params={"page": 40, "size": 250})
    assert beyond.status_code == 400
    assert beyond.json()["message"] == "Maximum search window size exceeded"


def test_name_is_part_of_the_value_in_any_case(api: httpx.Client) -> None:
    create(api, company={"name": "Quittenhof Überlingen"})
    create(api, person={"firstName": "Karl", "lastName": "Quittmann"})
    assert names(api, name="TENHOF übER") == ["Quittenhof Überlingen"]
    assert api.get("/v1/contacts", params={"name": "karl quitt"}).json()["totalElements"] == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dru_k_Werk", True),
        ("Druck%Digital", True),
        (r"Druck\_Werk", True),
        (r"Druck\%Werk", False),
        ("Druck.Werk", False),
        ("Digital%Druck", False),
    ],
)
def test_wildcards(api: httpx.Client, text: str, found: bool) -> None:
    assert ("Druck_Werk Offset & Digital UG (haftungsbeschränkt)" in names(api, name=text)) is found


def test_escaped_percent_is_a_percent(api: httpx.Client) -> None:
    create(api, company={"name": "100 Natur Biohandel"})
    assert names(api, name=r"100\% Natur") == ["100% Natur Biohandel GmbH"]
    assert len(names(api, name="100% Natur")) == 2


@pytest.mark.parametrize("name", ["Müller & Söhne", "A < B Vergleich"])
def test_special_characters_have_to_be_entities(api: httpx.Client, name: str) -> None:
    assert names(api, name=name) == []
    assert [found for found in names(api, name=html.escape(name)) if found.startswith(name)]


def test_many_wildcards_stay_cheap(wholesale: httpx.Client) -> None:
    assert names(wholesale, name="%a" * 60 + "#") == []


@pytest.mark.parametrize("field", ["name", "email"])
@pytest.mark.parametrize("text", ["", "ab", "a" * 129])
def test_short_and_long_filters_are_refused(api: httpx.Client, field: str, text: str) -> None:
    answer = api.get("/v1/contacts", params={field: text})
    assert answer.status_code == 400
    assert "size must be between 3 and 128" in answer.text


def test_email_also_finds_contact_persons(api: httpx.Client) -> None:
    person = {"lastName": "Lohse", "emailAddress": "m.lohse@quitte.example"}
    create(api, company={"name": "Firma Eins", "contactPersons": [person]})
    create(api, company={"name": "Firma Zwei"}, emailAddresses={"office": ["Info@QUITTE.example"]})
    assert names(api, email="@quitte.ex") == ["Firma Eins", "Firma Zwei"]


def test_number_matches_customers_and_vendors(api: httpx.Client) -> None:
    for number in (10_003, 70_001):
        found = api.get("/v1/contacts", params={"number": number}).json()["content"]
        assert [role["number"] for contact in found for role in contact["roles"].values() if role["number"] == number]
        assert len(found) == 1
    assert api.get("/v1/contacts", params={"number": "zehn"}).status_code == 400


def test_roles_filter_both_ways(api: httpx.Client) -> None:
    def count(**filters: str) -> int:
        total: int = api.get("/v1/contacts", params=filters).json()["totalElements"]
        return total

    assert count(customer="true") + count(customer="false") == 140
    assert 0 < count(customer="true", vendor="true") < count(customer="true")
    assert count(customer="false", vendor="false") == 0
    assert api.get("/v1/contacts", params={"customer": "vielleicht"}).status_code == 400


def test_misspelt_filter_returns_everything(api: httpx.Client) -> None:
    assert api.get("/v1/contacts", params={"nmae": "Quitte"}).json()["totalElements"] == 140
