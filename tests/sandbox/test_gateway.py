"""Keys, routes, methods and pace."""

from typing import Any

import httpx
import pytest

from lexweb.sandbox import server
from lexweb.sandbox.pace import Pace
from lexweb.sandbox.server import RunningSandbox
from tests.contract import schema
from tests.sandbox.partner import client


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer falsch"}, {"Authorization": "Basic Zm9vOmJhcg=="}])
def test_unknown_callers_are_unauthorized(http: httpx.Client, header: dict[str, str]) -> None:
    answer = http.get("/v1/profile", headers=header)
    assert (answer.status_code, answer.json()) == (401, {"message": "Unauthorized"})


def test_unknown_route_is_a_forbidden_of_the_gateway(api: httpx.Client) -> None:
    answer = api.get("/v1/contact")
    assert answer.status_code == 403
    assert "Authorization header" in answer.json()["message"]


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "/v1/contacts"), ("PATCH", "/v1/contacts/x"), ("POST", "/v1/profile")]
)
def test_wrong_method(api: httpx.Client, method: str, path: str) -> None:
    answer = api.request(method, path, json={})
    assert answer.status_code == 405
    assert schema.violations("GET", "/v1/contacts", 405, answer.json()) == []


def test_slash_at_the_end_and_content_type_on_get_do_not_matter(api: httpx.Client) -> None:
    assert api.get("/v1/profile/", headers={"Content-Type": "application/json"}).status_code == 200


@pytest.mark.parametrize("media_type", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_writing_needs_json(api: httpx.Client, media_type: str | None) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    assert api.post("/v1/contacts", content=b"{}", headers=headers).status_code == 415


def test_key_names_its_connection(api: httpx.Client, brandt: dict[str, Any]) -> None:
    first, second = api.get("/v1/profile").json(), api.get("/v1/profile").json()
    assert first == second
    assert first["companyName"] == brandt["companyName"]
    assert api.get("/v1/ping").json() == {"userEmail": brandt["email"]}


def test_small_business_shows_in_the_profile(sandbox: RunningSandbox) -> None:
    winter = next(each for each in sandbox.organizations() if each["businessFeatures"] == ["INVOICING"])
    with client(sandbox, winter["apiKey"]) as api:
        profile = api.get("/v1/profile").json()
    assert profile["smallBusiness"] is True
    assert profile["taxType"] == "vatfree"
    assert "distanceSalesPrinciple" not in profile


def test_countries(api: httpx.Client) -> None:
    countries = {each["countryCode"]: each for each in api.get("/v1/countries").json()}
    assert len(countries) == 257
    assert countries["AT"]["taxClassification"] == "intraCommunity"
    assert countries["DE"]["taxClassification"] == "de"
    assert {"ES_CN", "GR_69"} <= set(countries)


def test_fifth_request_at_once_is_refused_and_not_carried_out() -> None:
    with server.serve_in_thread(rate=0.001) as slow:
        first, second = slow.organizations()[:2]
        with client(slow, first["apiKey"]) as api, client(slow, second["apiKey"]) as other:
            paths = ["/v1/profile", "/v1/contacts", "/v1/countries", "/v1/ping"]
            assert [api.get(path).status_code for path in paths] == [200] * 4
            refused = api.post("/v1/contacts", json=schema.sample("contacts.create.person.request"))
            assert other.get("/v1/profile").status_code == 200
        assert (refused.status_code, refused.json()) == (429, {"message": "Rate limit exceeded"})
        assert "retry-after" not in refused.headers
        assert slow.organizations()[0]["contacts"] == first["contacts"]


def test_bucket_fills_at_its_rate() -> None:
    now = 0.0
    pace = Pace(2, 4, lambda: now)
    assert [pace.take("a") for _ in range(5)] == [True] * 4 + [False]
    now = 0.5
    assert [pace.take("a") for _ in range(2)] == [True, False]
    now = 60
    assert [pace.take("a") for _ in range(5)] == [True] * 4 + [False]
