"""POST and PUT of contacts: versions, numbers, refusals."""

from typing import Any

import httpx
import pytest

from lexweb.sandbox.server import RunningSandbox
from tests.contract import schema

COMPANY: dict[str, Any] = {"version": 0, "roles": {"customer": {}}, "company": {"name": "Neu GmbH"}}


def create(api: httpx.Client, body: dict[str, Any] | None = None) -> dict[str, Any]:
    contact_id = api.post("/v1/contacts", json=body or COMPANY).raise_for_status().json()["id"]
    contact: dict[str, Any] = api.get(f"/v1/contacts/{contact_id}").json()
    return contact


def put(api: httpx.Client, contact: dict[str, Any]) -> httpx.Response:
    return api.put(f"/v1/contacts/{contact['id']}", json=contact)


def issues(answer: httpx.Response) -> set[tuple[str, str]]:
    assert answer.status_code in {400, 406, 409}, answer.text
    assert schema.violations("PUT", "/v1/contacts/x", answer.status_code, answer.json()) == []
    return {(issue["i18nKey"], issue["source"]) for issue in answer.json()["IssueList"]}


@pytest.mark.parametrize("name", ["company", "person", "authority"])
def test_samples_of_the_contract_come_back_as_sent(api: httpx.Client, name: str) -> None:
    sent = schema.sample(f"contacts.create.{name}.request")
    answer = api.post("/v1/contacts", json=sent)
    assert answer.status_code == 201
    short = answer.json()
    assert short["version"] == 1
    assert short["createdDate"] == short["updatedDate"]
    assert short["createdDate"].endswith("+01:00")
    assert answer.headers["location"] == short["resourceUri"]
    stored = api.get(answer.headers["location"]).json()
    assert stored["roles"]["customer"]["number"] > 10_001
    expected = {part: sent[part] for part in sent if part not in {"version", "roles", "company"}}
    assert {part: stored[part] for part in expected} == expected
    assert stored.get("company", {}) | {"allowTaxFreeInvoices": False} == sent.get("company", {}) | {
        "allowTaxFreeInvoices": False
    }


def test_numbers_are_given_out_in_order(api: httpx.Client) -> None:
    first, second = (create(api)["roles"]["customer"]["number"] for _ in range(2))
    assert second == first + 1


def test_put_replaces_everything(api: httpx.Client) -> None:
    contact = create(api, COMPANY | {"note": "alt", "phoneNumbers": {"fax": ["040 66969001"]}})
    del contact["note"], contact["phoneNumbers"]
    answer = put(api, contact)
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    stored = api.get(f"/v1/contacts/{contact['id']}").json()
    assert "note" not in stored
    assert "phoneNumbers" not in stored
    assert stored["version"] == 2


def test_read_only_members_are_ignored(api: httpx.Client) -> None:
    contact = create(api)
    changes = {"archived": True, "organizationId": "x", "roles": {"customer": {"number": 1}}, "unknown": 1}
    answer = api.put(f"/v1/contacts/{contact['id']}", json=contact | changes | {"id": "y"})
    assert answer.status_code == 200
    assert api.get(f"/v1/contacts/{contact['id']}").json() == contact | {"version": 2}


def test_roles_come_and_go(api: httpx.Client) -> None:
    contact = create(api)
    number = contact["roles"]["customer"]["number"]
    put(api, contact | {"roles": {"customer": {}, "vendor": {}}})
    both = api.get(f"/v1/contacts/{contact['id']}").json()
    assert both["roles"]["customer"]["number"] == number
    assert both["roles"]["vendor"]["number"] > 70_000
    put(api, both | {"roles": {"vendor": {}}})
    assert list(api.get(f"/v1/contacts/{contact['id']}").json()["roles"]) == ["vendor"]


def test_stale_version_is_406_naming_version(api: httpx.Client) -> None:
    contact = create(api)
    put(api, contact)
    assert issues(put(api, contact)) == {("invalid_value", "version")}
    assert api.get(f"/v1/contacts/{contact['id']}").json()["version"] == 2


def test_several_entries_lock_a_contact(api: httpx.Client, sandbox: RunningSandbox, brandt: dict[str, Any]) -> None:
    book = sandbox.state.organizations[brandt["organizationId"]].contacts
    locked = [r.contact for r in book.ordered() if len(r.contact.get("emailAddresses", {}).get("business", [])) > 1]
    contact = locked[0]
    assert ("invalid_value", "emailAddresses.business") in issues(put(api, contact))
    # Not even with a body that would be fine by itself.
    alone = contact | {"emailAddresses": {"business": ["eine@mail.example"]}}
    assert issues(put(api, alone)) == {("invalid_value", "emailAddresses.business")}
    assert api.get(f"/v1/contacts/{contact['id']}").json() == contact


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"version": 1}, ("invalid_value", "version")),
        ({"version": None}, ("missing_entity", "version")),
        ({"roles": {}}, ("missing_entity", "roles")),
        ({"roles": None}, ("missing_entity", "roles")),
        ({"company": None}, ("missing_entity", "company")),
        ({"person": {"lastName": "Auch"}}, ("invalid_value", "person")),
        ({"company": {"name": ""}}, ("missing_entity", "company.name")),
        ({"company": {"name": "   "}}, ("missing_entity", "company.name")),
        ({"company": None, "person": {"firstName": "Ole"}}, ("missing_entity", "person.lastName")),
        (
            {"company": None, "person": {"lastName": "X", "salutation": "H" * 26}},
            ("invalid_value", "person.salutation"),
        ),
        ({"note": "n" * 1001}, ("invalid_value", "note")),
        (
            {"addresses": {"billing": [{"city": "Kiel"}]}},
            ("missing_entity", "addresses.billing[0].countryCode"),
        ),
        (
            {"addresses": {"shipping": [{"countryCode": "ZZ"}]}},
            ("countrycode_is_not_valid", "addresses.shipping[0].countryCode"),
        ),
        (
            {"addresses": {"billing": [{"countryCode": "DE"}, {"countryCode": "DE"}]}},
            ("invalid_value", "addresses.billing"),
        ),
        ({"emailAddresses": {"business": ["kein at"]}}, ("invalid_value", "emailAddresses[0].emailAddress")),
        (
            {"emailAddresses": {"business": ["a@b.example"], "other": ["x@"]}},
            ("invalid_value", "emailAddresses[1].emailAddress"),
        ),
        (
            {"emailAddresses": {"business": ["a@b.example", "c@d.example"]}},
            ("invalid_value", "emailAddresses.business"),
        ),
        ({"phoneNumbers": {"business": ["0" * 31]}}, ("invalid_value", "phoneNumbers.business[0]")),
        ({"phoneNumbers": {"mobile": ["0171 ruf an"]}}, ("invalid_value", "phoneNumbers.mobile[0]")),
        ({"phoneNumbers": {"fax": ["1", "2"]}}, ("invalid_value", "phoneNumbers.fax")),
        (
            {"xRechnung": {"buyerReference": "04011000-1234512345-35"}},
            ("missing_entity", "xRechnung.vendorNumberAtCustomer"),
        ),
        (
            {"company": {"name": "A", "contactPersons": [{"firstName": "B"}]}},
            ("missing_entity", "company.contactPersons[0].lastName"),
        ),
        (
            {"company": {"name": "A", "contactPersons": [{"lastName": "B", "emailAddress": "b"}]}},
            ("invalid_value", "company.contactPersons[0].emailAddress"),
        ),
        (
            {"company": {"name": "A", "contactPersons": [{"lastName": "B", "phoneNumber": "B"}]}},
            ("invalid_value", "company.contactPersons[0].phoneNumber"),
        ),
        (
            {"company": {"name": "A", "contactPersons": [{"lastName": "B"}, {"lastName": "C"}]}},
            ("invalid_value", "company.contactPersons"),
        ),
    ],
)
def test_refusals(api: httpx.Client, change: dict[str, Any], expected: tuple[str, str]) -> None:
    answer = api.post("/v1/contacts", json=COMPANY | change)
    assert answer.status_code == 406
    assert issues(answer) == {expected}


@pytest.mark.parametrize(
    "change",
    [
        {"note": "n" * 1000},
        {"company": {"name": "A", "contactPersons": [{"lastName": "B", "salutation": "H" * 25}]}},
        {"phoneNumbers": {"business": ["0" * 30], "mobile": ["+49 (0)171/39200-05"]}},
        {"emailAddresses": {"business": [""], "private": ["jörg.o'neill+tag@müller-söhne.example"]}},
        {"addresses": {"billing": [{"countryCode": "ES_CN"}]}},
        {"xRechnung": {"vendorNumberAtCustomer": "K-1"}},
        {"company": {"name": 'A & B <"C">'}, "note": "", "addresses": {}},
    ],
)
def test_what_is_just_allowed(api: httpx.Client, change: dict[str, Any]) -> None:
    answer = api.post("/v1/contacts", json=COMPANY | change)
    assert answer.status_code == 201, answer.text
    assert schema.violations("GET", "/v1/contacts/x", 200, api.get(answer.json()["resourceUri"]).json()) == []


def test_empty_text_is_left_out_and_names_stay_as_they_are(api: httpx.Client) -> None:
    contact = create(api, COMPANY | {"company": {"name": 'A & B <"C">', "taxNumber": ""}, "note": "", "addresses": {}})
    assert contact["company"] == {"name": 'A & B <"C">', "allowTaxFreeInvoices": False}
    assert not {"note", "addresses"} & set(contact)


def test_all_issues_are_reported_at_once(api: httpx.Client) -> None:
    body = {
        "version": 3,
        "company": {},
        "phoneNumbers": {"fax": ["x"]},
        "emailAddresses": {"other": ["y"]},
    }
    assert issues(api.post("/v1/contacts", json=body)) == {
        ("invalid_value", "version"),
        ("missing_entity", "roles"),
        ("missing_entity", "company.name"),
        ("invalid_value", "phoneNumbers.fax[0]"),
        ("invalid_value", "emailAddresses[0].emailAddress"),
    }


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'"x"', b"null", b"\xff", b'{"company": "x"}', b'{"version": "x"}']
)
def test_malformed_bodies(api: httpx.Client, content: bytes) -> None:
    answer = api.post("/v1/contacts", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert {key for key, _ in issues(answer)} == {"bad_request_error"}


@pytest.mark.parametrize("contact_id", ["kein-uuid", "05ad6609-d267-437f-ab28-0d11a4d4dc67"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_unknown_contacts(api: httpx.Client, method: str, contact_id: str) -> None:
    answer = api.request(method, f"/v1/contacts/{contact_id}", json=COMPANY)
    assert answer.status_code == 404
    assert answer.json()["IssueList"]


def test_contacts_cannot_be_deleted(api: httpx.Client) -> None:
    contact = create(api)
    assert api.delete(f"/v1/contacts/{contact['id']}").status_code == 404
    assert api.get(f"/v1/contacts/{contact['id']}").json() == contact


def test_contacts_of_other_organizations_are_unknown(api: httpx.Client, sandbox: RunningSandbox) -> None:
    foreign = list(sandbox.state.organizations.values())[1].contacts.ordered()[0].contact
    assert api.get(f"/v1/contacts/{foreign['id']}").status_code == 404
