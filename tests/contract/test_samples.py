"""The checker itself: it accepts the samples and notices what is wrong."""

import pytest

from tests.contract import schema


@pytest.mark.parametrize(
    ("method", "path", "status", "name"),
    [
        ("POST", "/v1/contacts", 201, "contacts.create.response"),
        ("GET", "/v1/contacts", 200, "contacts.list.response"),
        ("GET", "/v1/contacts/05ad6609-d267-437f-ab28-0d11a4d4dc67", 200, "contacts.get.company.response"),
        ("PUT", "/v1/contacts/05ad6609-d267-437f-ab28-0d11a4d4dc67", 200, "contacts.update.response"),
        ("PUT", "/v1/contacts/05ad6609-d267-437f-ab28-0d11a4d4dc67", 406, "error.legacy.response"),
        ("GET", "/v1/profile", 200, "profile.get.response"),
        ("GET", "/v1/profile", 401, "error.gateway.response"),
        ("GET", "/v1/countries", 200, "countries.list.response"),
        ("GET", "/v1/contacts", 400, "error.regular.response"),
        ("GET", "/v1/invoices/05ad6609-d267-437f-ab28-0d11a4d4dc67", 200, "invoices.get.response"),
        ("GET", "/v1/voucherlist", 200, "voucherlist.list.response"),
    ],
)
def test_sample_answers_conform(method: str, path: str, status: int, name: str) -> None:
    assert schema.violations(method, path, status, schema.sample(name)) == []


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("POST", "/v1/contacts", "contacts.create.company.request"),
        ("POST", "/v1/contacts", "contacts.create.person.request"),
        ("POST", "/v1/contacts", "contacts.create.authority.request"),
        ("PUT", "/v1/contacts/05ad6609-d267-437f-ab28-0d11a4d4dc67", "contacts.update.request"),
    ],
)
def test_sample_requests_conform(method: str, path: str, name: str) -> None:
    assert schema.violations(method, path, 200, schema.sample(name), kind="request") == []


def test_what_is_wrong_is_named() -> None:
    contact = schema.sample("contacts.get.company.response")
    path = f"/v1/contacts/{contact['id']}"
    assert schema.violations("GET", path, 200, contact | {"colour": 1}) == ["$.colour: not in the contract"]
    company = contact["company"] | {"fax": "1"}
    assert schema.violations("GET", path, 200, contact | {"company": company}) == ["$.company.fax: not in the contract"]
    assert "version" in schema.violations("GET", path, 200, contact | {"version": "1"})[0]
    del contact["archived"]
    assert "archived" in schema.violations("GET", path, 200, contact)[0]


def test_both_company_and_person_are_a_wrong_request() -> None:
    sent = schema.sample("contacts.create.company.request") | {"person": {"lastName": "X"}}
    assert schema.violations("POST", "/v1/contacts", 201, sent, kind="request")


def test_what_is_not_described_is_a_violation() -> None:
    assert schema.violations("GET", "/v1/nothing", 200, {})
    assert schema.violations("DELETE", "/v1/contacts", 200, {})
    assert schema.violations("GET", "/v1/profile", 418, {})
    assert schema.violations("POST", "/oauth2/revoke", 200, {"a": 1})
    assert schema.violations("POST", "/oauth2/revoke", 200, None) == []
