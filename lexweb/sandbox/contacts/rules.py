"""What the API refuses in a written contact (behaviour.md, chapter 7; schema ContactCreate)."""

import re
from collections.abc import Iterator
from typing import Any

from lexweb.sandbox import countries
from lexweb.sandbox.bodies import Issue
from lexweb.sandbox.contacts.shape import EMAIL_KINDS
from lexweb.sandbox.web import Json

EMAIL = re.compile(r"[^@\s,;<>()\[\]\\\"]+@[a-z0-9äöüß](?:[a-z0-9äöüß.-]*[a-z0-9äöüß])?\.[a-z]{2,}", re.IGNORECASE)
SALUTATION, NOTE, PHONE = 25, 1_000, 30  # longest values


def issues(draft: Json) -> list[Issue]:
    """Everything that is wrong with a shaped body; versions are not looked at."""
    return [
        *_head(draft),
        *_company(draft.get("company")),
        *_person(draft.get("person"), "person"),
        *_addresses(draft.get("addresses", {})),
        *_emails(draft.get("emailAddresses", {})),
        *_phones(draft.get("phoneNumbers", {})),
        *_x_rechnung(draft.get("xRechnung", {})),
        *_too_long(draft.get("note"), NOTE, "note"),
        *crowded(draft),
    ]


def crowded(contact: Json) -> list[Issue]:
    """The lists with more than one entry, which can be read but not written."""
    found = [("company.contactPersons", contact.get("company", {}).get("contactPersons", []))]
    for group in ("addresses", "emailAddresses", "phoneNumbers"):
        found += [(f"{group}.{kind}", entries) for kind, entries in contact.get(group, {}).items()]
    return [Issue("invalid_value", source) for source, entries in found if len(entries) > 1]


def _head(draft: Json) -> Iterator[Issue]:
    if not draft.get("roles"):
        yield Issue("missing_entity", "roles")
    if "company" not in draft and "person" not in draft:
        yield Issue("missing_entity", "company")
    if "company" in draft and "person" in draft:
        yield Issue("invalid_value", "person")


def _company(company: Json | None) -> Iterator[Issue]:
    if company is None:
        return
    if "name" not in company:
        yield Issue("missing_entity", "company.name")
    for index, person in enumerate(company.get("contactPersons", [])):
        source = f"company.contactPersons[{index}]"
        yield from _person(person, source)
        if not EMAIL.fullmatch(person.get("emailAddress", "a@b.example")):
            yield Issue("invalid_value", f"{source}.emailAddress")
        yield from _phone(person.get("phoneNumber", ""), f"{source}.phoneNumber")


def _person(person: Json | None, source: str) -> Iterator[Issue]:
    if person is None:
        return
    if "lastName" not in person:
        yield Issue("missing_entity", f"{source}.lastName")
    yield from _too_long(person.get("salutation"), SALUTATION, f"{source}.salutation")


def _addresses(addresses: dict[str, list[Json]]) -> Iterator[Issue]:
    for kind, entries in addresses.items():
        for index, address in enumerate(entries):
            source = f"addresses.{kind}[{index}].countryCode"
            if "countryCode" not in address:
                yield Issue("missing_entity", source)
            elif address["countryCode"] not in countries.codes():
                yield Issue("countrycode_is_not_valid", source)


def _emails(emails: dict[str, list[str]]) -> Iterator[Issue]:
    # The observed source counts through all kinds and does not name them: emailAddresses[0].emailAddress.
    every = [email for kind in EMAIL_KINDS for email in emails.get(kind, [])]
    for index, email in enumerate(every):
        if not EMAIL.fullmatch(email):
            yield Issue("invalid_value", f"emailAddresses[{index}].emailAddress")


def _phones(phones: dict[str, list[str]]) -> Iterator[Issue]:
    for kind, numbers in phones.items():
        for index, number in enumerate(numbers):
            yield from _phone(number, f"phoneNumbers.{kind}[{index}]")


def _phone(number: str, source: str) -> Iterator[Issue]:
    if len(number) > PHONE or any(character.isalpha() for character in number):
        yield Issue("invalid_value", source)


def _x_rechnung(x_rechnung: Json) -> Iterator[Issue]:
    if "buyerReference" in x_rechnung and "vendorNumberAtCustomer" not in x_rechnung:
        yield Issue("missing_entity", "xRechnung.vendorNumberAtCustomer")


def _too_long(value: Any, longest: int, source: str) -> Iterator[Issue]:
    if value is not None and len(value) > longest:
        yield Issue("invalid_value", source)
