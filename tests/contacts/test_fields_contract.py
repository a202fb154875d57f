"""The table of fields against the contract: nothing writable is missing, and what we send is valid."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given

from lexweb.contacts import fields
from lexweb.lexware.api.contacts import ContactDraft
from tests.contacts.made_up import VALUES, kinds
from tests.contract import schema

CONTRACT = schema.Contract("openapi.yaml", "/v1")
NOT_TYPED = {("version",)}  # the form carries it


def _writable(node: dict[str, Any], path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of everything that can be written below a schema; a list has one entry."""
    node = CONTRACT.resolved(node)
    if node.get("readOnly"):
        return
    if "items" in node:
        yield from _writable(node["items"], (*path, 0))
    elif "properties" in node and path[:1] != ("roles",):
        for name, part in node["properties"].items():
            yield from _writable(part, (*path, name))
    elif path == ("roles",):
        yield from ((*path, role) for role in node["properties"])
    else:
        yield path


@pytest.mark.parametrize("name", ["ContactUpdate", "ContactCreate"])
def test_every_writable_member_has_a_field_and_every_field_a_member(name: str) -> None:
    writable = set(_writable(CONTRACT.document["components"]["schemas"][name])) - NOT_TYPED

    assert {field.path for field in fields.FIELDS} == writable


@given(kinds(VALUES))
def test_a_new_contact_is_valid_by_the_contract(case: tuple[str, dict[str, Any]]) -> None:
    body = ContactDraft.model_validate(fields.apply({"version": 0}, case[1])).payload()

    assert schema.violations("POST", "/v1/contacts", 201, body, kind="request") == []


@given(kinds(VALUES), VALUES)
def test_an_update_is_valid_by_the_contract(case: tuple[str, dict[str, Any]], later: dict[str, Any]) -> None:
    kind, values = case
    stored = fields.apply({"version": 4}, values)

    changed = fields.apply(stored, fields.of_kind(later, company=kind == "company"))

    body = ContactDraft.model_validate(changed).payload()
    assert schema.violations("PUT", "/v1/contacts/05ad", 200, body, kind="request") == []


TWO_EMAILS = {"email_office": "a@b.example", "email_other": "x"}


@pytest.mark.parametrize(
    ("source", "values", "field"),
    [
        ("company.name", {}, "company_name"),
        ("person.lastName", {}, "last_name"),
        ("addresses.billing[0].countryCode", {}, "billing_country"),
        ("addresses.shipping[0].city", {}, "shipping_city"),
        ("company.contactPersons[0].emailAddress", {}, "cp_email"),
        ("company.contactPersons.lastName", {}, "cp_last_name"),
        ("emailAddresses.business[0]", {}, "email_business"),
        ("phoneNumbers.mobile[0]", {}, "phone_mobile"),
        ("phoneNumbers.mobile", {}, "phone_mobile"),
        ("emailAddresses[0].emailAddress", TWO_EMAILS, "email_office"),
        ("emailAddresses[1].emailAddress", TWO_EMAILS, "email_other"),
        ("emailAddresses[9].emailAddress", TWO_EMAILS, "email_other"),
        ("emailAddresses[0].emailAddress", {}, ""),
        ("phoneNumbers[0].phoneNumber", {"phone_fax": "abc"}, "phone_fax"),
        ("xRechnung.buyerReference", {}, "leitweg_id"),
        ("roles", {"vendor": True}, "vendor"),
        ("note", {}, "note"),
        ("version", {}, ""),
        ("", {"note": "x"}, ""),
        ("company[²].name", {}, ""),
    ],
)
def test_a_complaint_lands_at_its_field(source: str, values: dict[str, Any], field: str) -> None:
    assert fields.at_fault(source, values) == field
