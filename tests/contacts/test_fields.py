"""The table of fields: reading, putting in, leaving out, and whom a complaint of the API is about."""

import copy
from typing import Any

import pytest
from hypothesis import given

from lexweb.contacts import fields
from tests.contacts.made_up import VALUES, kinds, stranger

OTHER_KIND = {"company": {"person"}, "person": {"company", "cp"}}


@given(kinds(VALUES))
def test_what_is_put_in_is_read_back(case: tuple[str, dict[str, Any]]) -> None:
    _kind, values = case
    complete = {f.name: values.get(f.name, False if f.kind is bool else "") for f in fields.FIELDS}

    read = fields.read(fields.apply({"version": 0}, values))

    lost = {name for name, value in complete.items() if value != read[name]}
    # What stands alone in a new entry and says nothing without the rest is left out on purpose.
    alone = {"billing_country": "billing", "shipping_country": "shipping", "cp_primary": "cp"}
    assert lost <= set(alone)
    for name in lost:
        assert not any(complete[f.name] for f in fields.FIELDS if f.group == alone[name] and f.name != name)


@given(kinds(VALUES), kinds(VALUES))
def test_whatever_was_there_before_the_new_values_are_what_is_read(
    first: tuple[str, dict[str, Any]], second: tuple[str, dict[str, Any]]
) -> None:
    everything = {f.name: False if f.kind is bool else "" for f in fields.FIELDS}
    before = fields.apply({"version": 3}, first[1])

    after = fields.apply(before, everything | second[1])

    assert fields.read(after) == fields.read(fields.apply({"version": 3}, second[1]))
    assert fields.apply(after, everything | second[1]) == after


@given(kinds(VALUES))
def test_the_payload_that_came_in_is_left_alone(case: tuple[str, dict[str, Any]]) -> None:
    before = fields.apply({"version": 1}, case[1])
    kept = copy.deepcopy(before)

    fields.apply(before, {"company_name": "Neu", "customer": False, "note": "", "billing_city": ""})

    assert before == kept


@given(kinds(VALUES))
def test_unknown_members_survive_at_every_level(case: tuple[str, dict[str, Any]]) -> None:
    _kind, values = case
    payload = stranger(fields.apply({"version": 1}, values))

    after = fields.apply(payload, values | {"note": "neu"})

    assert stranger(after) == after, "an unknown member is gone"
    assert {**after, "note": ""} == {**payload, "note": ""}


@given(kinds(VALUES))
def test_nothing_empty_is_sent(case: tuple[str, dict[str, Any]]) -> None:
    payload = fields.apply({"version": 0}, case[1])

    def empties(node: Any) -> bool:
        parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        return any(part in ("", None, [], {}) or empties(part) for part in parts)

    assert not empties({name: part for name, part in payload.items() if name != "roles"})


@given(kinds(VALUES))
def test_a_contact_never_becomes_both_company_and_person(case: tuple[str, dict[str, Any]]) -> None:
    _kind, values = case
    mixed = {f.name: True if f.kind is bool else "x" for f in fields.FIELDS} | values

    company = fields.apply({}, fields.of_kind(mixed, company=True))
    person = fields.apply({}, fields.of_kind(mixed, company=False))

    assert "company" in company
    assert "person" not in company
    assert "person" in person
    assert "company" not in person


@given(kinds(VALUES))
def test_an_edit_of_one_thing_leaves_the_rest_even_a_lone_country(case: tuple[str, dict[str, Any]]) -> None:
    payload: dict[str, Any] = {"roles": {}, "note": "alt"}
    for name, value in case[1].items():
        fields._set(payload, fields.BY_NAME[name], value)  # as Lexware Office may hold it, tidied up by nobody
    before = fields._prune(payload)

    after = fields.apply(before, fields.read(before) | {"note": "neu"})

    assert after == {"roles": {}} | before | {"note": "neu"}


@pytest.mark.parametrize("kind", ["billing", "shipping"])
def test_an_emptied_address_vanishes_whole(kind: str) -> None:
    address = {"street": "Weg 1", "zip": "1", "city": "Kiel", "supplement": "Hof", "countryCode": "DE"}
    values = {f"{kind}_{part}": "" for part in ("supplement", "street", "zip", "city")}

    after = fields.apply({"roles": {"customer": {}}, "addresses": {kind: [address]}}, values)

    assert after == {"roles": {"customer": {}}}


def test_an_emptied_contact_person_vanishes_but_the_company_stays() -> None:
    person = {"lastName": "Ahrens", "firstName": "Ole", "emailAddress": "o@a.example", "primary": True}
    emptied = {f.name: "" for f in fields.FIELDS if f.group == "cp" and f.kind is str}

    after = fields.apply({"company": {"name": "Ahrens", "contactPersons": [person]}}, emptied)

    assert after["company"] == {"name": "Ahrens"}


def test_an_emptied_email_takes_its_list_along() -> None:
    after = fields.apply(
        {"emailAddresses": {"business": ["a@b.example"], "other": ["c@d.example"]}}, {"email_business": ""}
    )

    assert after["emailAddresses"] == {"other": ["c@d.example"]}


def test_roles_keep_their_numbers_and_new_ones_come_empty() -> None:
    after = fields.apply({"roles": {"customer": {"number": 10001}}}, {"customer": True, "vendor": True})

    assert after["roles"] == {"customer": {"number": 10001}, "vendor": {}}


def test_a_role_that_is_taken_away_is_not_sent() -> None:
    after = fields.apply({"roles": {"customer": {"number": 1}, "vendor": {"number": 2}}}, {"vendor": False})

    assert after["roles"] == {"customer": {"number": 1}}


def test_a_flag_that_was_set_is_switched_off_and_not_left_out() -> None:
    after = fields.apply({"company": {"name": "A", "allowTaxFreeInvoices": True}}, {"tax_free": False})

    assert after["company"] == {"name": "A", "allowTaxFreeInvoices": False}


def test_differing_names_only_what_differs() -> None:
    before = {"note": "a", "vendor": False, "tax_number": "1"}

    found = list(fields.differing(before, {"note": "b", "vendor": True, "tax_number": "1"}))

    assert [field.name for field in found] == ["vendor", "note"]
