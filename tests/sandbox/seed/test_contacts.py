"""The demo data."""

import itertools
import re
from datetime import date
from functools import cache
from typing import Any

import pytest
from stdnum.de import vat

from lexweb.sandbox import seed
from lexweb.sandbox.contacts import rules
from lexweb.sandbox.seed import numbers
from tests.contract import schema

TODAY = date(2026, 11, 20)


@cache
def every() -> list[dict[str, Any]]:
    """All contacts of all organizations; not at import, which whoever collects tests would wait for."""
    return [record.contact for each in seed.organizations(TODAY) for record in each.contacts.ordered()]


def test_same_at_every_start() -> None:
    first = every()
    seed._contacts.cache_clear()
    again = [record.contact for each in seed.organizations(TODAY) for record in each.contacts.ordered()]
    assert again == first


def test_at_least_twelve_organizations_from_30_to_2500() -> None:
    counts = [len(each.contacts) for each in seed.organizations(TODAY)]
    assert len(counts) >= 12
    assert (min(counts), max(counts)) == (30, 2500)


def test_ids_and_keys_are_unique() -> None:
    assert len({contact["id"] for contact in every()}) == len(every())
    assert len({each.api_key for each in seed.organizations(TODAY)}) == len(seed.organizations(TODAY))


def test_contacts_keep_the_contract() -> None:
    for contact in every()[::10]:  # all of them would take a minute, and are made the same way
        assert schema.violations("GET", "/v1/contacts/x", 200, contact) == []


def test_only_several_entries_keep_contacts_from_being_written() -> None:
    wrong = [issue for contact in every() for issue in rules.issues(contact) if issue not in rules.crowded(contact)]
    assert wrong == []


def test_each_organization_has_locked_contacts() -> None:
    for organization in seed.organizations(TODAY):
        locked = {i.source for r in organization.contacts.ordered() for i in rules.crowded(r.contact)}
        assert locked == {"emailAddresses.business", "addresses.billing", "company.contactPersons"}


def test_vat_ids_are_valid() -> None:
    ids = [contact.get("company", {}).get("vatRegistrationId", "") for contact in every()]
    german = [each for each in ids if each.startswith("DE")]
    assert len(german) > 100
    assert all(vat.is_valid(each) for each in german)


def test_leitweg_ids_have_their_check_digits() -> None:
    references = [c["xRechnung"]["buyerReference"] for c in every() if "xRechnung" in c]
    assert references
    assert all(int(reference.replace("-", "")) % 97 == 1 for reference in references)


@pytest.mark.parametrize(("digits", "check"), [("12345678", 8), ("13669597", 6)])
def test_check_digit(digits: str, check: int) -> None:
    assert numbers.iso_7064_mod_11_10(digits) == check


def test_there_is_some_of_everything() -> None:
    names = [contact["company"]["name"] for contact in every() if "company" in contact]
    for mark in ("&", '"', "'", "<", "%", "_", "ß"):
        assert any(mark in name for name in names)
    assert any(contact["archived"] for contact in every())
    assert any("person" in contact for contact in every())
    countries = {a["countryCode"] for c in every() for a in itertools.chain(*c.get("addresses", {}).values())}
    assert {"DE", "AT", "CH", "FR"} <= countries
    emails = [email for contact in every() for email in itertools.chain(*contact.get("emailAddresses", {}).values())]
    assert all(re.fullmatch(r"\S+@\S+\.example", email) for email in emails)
