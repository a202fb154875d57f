"""Contacts made from words and numbers."""

import re
import unicodedata
import uuid
from collections.abc import Callable
from random import Random
from typing import Any

from lexweb.sandbox.clock import stamp
from lexweb.sandbox.contacts.book import FIRST_NUMBER, Record
from lexweb.sandbox.seed import numbers, words
from lexweb.sandbox.web import Json

FIRST_DAY, DAYS = 1_704_099_600, 900  # 2024-01-01 in seconds, and how long contacts were added since
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "&": "und", "ł": "l"})


def records(organization_id: str, seed: str, count: int) -> tuple[Record, ...]:
    """``count`` contacts of an organization; same arguments, same contacts."""
    random, counters = Random(seed), dict(FIRST_NUMBER)
    return tuple(_record(random, organization_id, index, counters) for index in range(count))


def _record(random: Random, organization_id: str, index: int, counters: dict[str, int]) -> Record:
    body = _kind(random, index)(random, index)
    contact_id = str(uuid.uuid5(uuid.UUID(organization_id), f"contact-{index}"))
    version = random.choice((1, 1, 1, 2, 3, 5))
    head = {
        "id": contact_id,
        "organizationId": organization_id,
        "version": version,
        "roles": _roles(random, counters),
    }
    if index in LOCKING:
        LOCKING[index](body)
    created = FIRST_DAY + random.randint(0, DAYS * 86_400)
    updated = created + (version - 1) * random.randint(3_600, 30 * 86_400)
    contact = head | body | {"archived": random.random() < 0.04}
    return Record(contact, stamp(created), stamp(updated))


def _kind(random: Random, index: int) -> Callable[[Random, int], Json]:
    if index % 12 == 5:
        return _authority
    if index % 4 == 0 and index // 4 < len(words.SPECIAL_COMPANIES):
        return _special
    return _company if random.random() < 0.6 or index in LOCKING else _person


def _roles(random: Random, counters: dict[str, int]) -> Json:
    roles = random.choices((("customer",), ("vendor",), ("customer", "vendor")), (70, 20, 10))[0]
    given = {role: {"number": counters[role]} for role in roles}
    for role in roles:
        counters[role] += 1
    return given


def _company(random: Random, index: int) -> Json:
    owner, form = random.choice(words.SURNAMES), random.choice(words.LEGAL_FORMS)
    if random.random() < 0.25:
        owner = f"{owner} & {random.choice((*words.SURNAMES, 'Söhne', 'Partner', 'Töchter'))}"
    return _business(random, f"{random.choice(words.TRADES)} {owner} {form}".strip())


def _special(random: Random, index: int) -> Json:
    return _business(random, words.SPECIAL_COMPANIES[index // 4])


def _business(random: Random, name: str) -> Json:
    address, domain = _address(random), f"{_slug(name)[:40].strip('-')}.example"
    company: Json = {"name": name, "allowTaxFreeInvoices": random.random() < 0.1}
    if address["countryCode"] == "DE" and random.random() < 0.6:
        company["vatRegistrationId"] = numbers.vat_id_de(random)
    if address["countryCode"] == "AT":
        company["vatRegistrationId"] = numbers.vat_id_at(random)
    if address["countryCode"] == "DE" and random.random() < 0.3:
        company["taxNumber"] = numbers.tax_number(random)
    if random.random() < 0.5:
        company["contactPersons"] = [_contact_person(random, domain)]
    contact: Json = {"company": company, "addresses": {"billing": [address]}}
    if random.random() < 0.15:
        contact["addresses"]["shipping"] = [_address(random)]
    mailbox = random.choice(("info", "kontakt", "rechnung", "buchhaltung"))
    _reachable(random, contact, "business", f"{mailbox}@{domain}")
    return contact


def _authority(random: Random, index: int) -> Json:
    name, region, zip_code, city = words.AUTHORITIES[index // 12 % len(words.AUTHORITIES)]
    if index // 12 >= len(words.AUTHORITIES):
        return _company(random, index)
    address = {
        "street": f"Rathausplatz {random.randint(1, 9)}",
        "zip": zip_code,
        "city": city,
        "countryCode": "DE",
    }
    reference = numbers.leitweg_id(random, region)
    contact: Json = {
        "company": {"name": name, "allowTaxFreeInvoices": False},
        "addresses": {"billing": [address]},
        "xRechnung": {
            "buyerReference": reference,
            "vendorNumberAtCustomer": f"K-{random.randint(10_000, 99_999)}",
        },
    }
    _reachable(random, contact, "business", f"rechnung@{_slug(city)}.example")
    return contact


def _person(random: Random, index: int) -> Json:
    person = _name(random)
    contact: Json = {"person": person, "addresses": {"billing": [_address(random)]}}
    if random.random() < 0.1:
        del contact["addresses"]
    email = f"{_slug(person['firstName'])}.{_slug(person['lastName'])}{random.randint(1, 99)}@mail.example"
    _reachable(random, contact, "private", email)
    return contact


def _name(random: Random) -> Json:
    salutation, names = random.choice((("Frau", words.WOMEN), ("Herr", words.MEN)))
    return {
        "salutation": salutation,
        "firstName": random.choice(names),
        "lastName": random.choice(words.SURNAMES),
    }


def _contact_person(random: Random, domain: str, *, primary: bool = True) -> Json:
    person: dict[str, Any] = _name(random) | {"primary": primary}
    person["emailAddress"] = f"{_slug(person['firstName'])[0]}.{_slug(person['lastName'])}@{domain}"
    if random.random() < 0.6:
        person["phoneNumber"] = numbers.mobile(random)
    return person


def _address(random: Random) -> Json:
    if random.random() < 0.08:
        country, zip_code, city, street = random.choice(words.ABROAD)
        return {"street": street, "zip": zip_code, "city": city, "countryCode": country}
    zip_code, city = random.choice(words.PLACES)
    number = f"{random.randint(1, 180)}{random.choice(('', '', '', '', 'a', 'b'))}"
    street = f"{random.choice(words.STREETS)} {number}"
    address = {"street": street, "zip": zip_code, "city": city, "countryCode": "DE"}
    return {"supplement": random.choice(words.SUPPLEMENTS)} | address if random.random() < 0.1 else address


def _reachable(random: Random, contact: Json, kind: str, email: str) -> None:
    """E-mail, phone numbers and a note for most, not for all."""
    city = (contact.get("addresses", {}).get("billing") or [{}])[0].get("city", "")
    if random.random() < 0.9:
        contact["emailAddresses"] = {kind: [email]}
    phones = {"mobile": [numbers.mobile(random)]} if random.random() < 0.3 else {}
    if random.random() < 0.75:
        phones[kind] = [numbers.landline(random, city)]
    if kind == "business" and random.random() < 0.1:
        phones["fax"] = [numbers.landline(random, city)]
    if phones:
        contact["phoneNumbers"] = phones
    if random.random() < 0.2:
        contact["note"] = random.choice(words.NOTES)


def _two_emails(contact: Json) -> None:
    contact["emailAddresses"] = {"business": ["info@zwei-adressen.example", "buchhaltung@zwei-adressen.example"]}


def _two_addresses(contact: Json) -> None:
    second = {"street": "Lagerweg 3", "zip": "21109", "city": "Hamburg", "countryCode": "DE"}
    contact["addresses"] = {"billing": [*contact["addresses"]["billing"], second]}


def _two_persons(contact: Json) -> None:
    first = {"salutation": "Frau", "firstName": "Mareike", "lastName": "Lohse", "primary": True}
    second = {"salutation": "Herr", "firstName": "Jörg", "lastName": "Quandt", "primary": False}
    contact["company"] = contact["company"] | {"contactPersons": [first, second]}


# By place in the book: those with more than one entry in a list. The API will not update them (chapter 7).
LOCKING = {7: _two_emails, 15: _two_addresses, 19: _two_persons}


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().translate(SPELLED)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
