"""A contact as facts to show: everything the API returns, in groups, what is unknown to us included."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lexweb.contacts.models import Contact, Country

EMAIL_KINDS = {
    "business": gettext_noop("Business"),
    "office": gettext_noop("Office"),
    "private": gettext_noop("Private"),
    "other": gettext_noop("Other"),
}
PHONE_KINDS = EMAIL_KINDS | {"mobile": gettext_noop("Mobile"), "fax": gettext_noop("Fax")}
ADDRESS = dict.fromkeys(("supplement", "street", "zip", "city", "countryCode"))
PERSON = dict.fromkeys(("salutation", "firstName", "lastName"))
KNOWN: dict[str, Any] = {  # what has its place above; None: whatever is below is shown there
    **dict.fromkeys(
        ("id", "organizationId", "version", "xRechnung", "emailAddresses", "phoneNumbers", "note", "archived")
    ),
    "roles": {"customer": {"number": None}, "vendor": {"number": None}},
    "company": {
        **dict.fromkeys(("name", "taxNumber", "vatRegistrationId", "allowTaxFreeInvoices")),
        "contactPersons": {**PERSON, "primary": None, "emailAddress": None, "phoneNumber": None},
    },
    "person": PERSON,
    "addresses": {"billing": ADDRESS, "shipping": ADDRESS},
}


@dataclass(frozen=True)
class Fact:
    """A labelled value; `kind` is text, email, phone, lines, flag or code."""

    label: str
    value: Any
    kind: str = "text"


@dataclass(frozen=True)
class Group:
    """Facts under one heading."""

    title: str
    facts: tuple[Fact, ...]


def deep_link(contact: Contact) -> str:
    """Return the contact's address in Lexware Office (behaviour.md, chapter 14)."""
    return f"{settings.LEXWARE_APP_URL}/permalink/contacts/view/{contact.lexware_id}"


def facts(contact: Contact, *, language: str) -> list[Group]:
    """Return the groups that hold anything."""
    raw = contact.raw
    groups = [
        Group(_("Master data"), tuple(_master(raw))),
        Group(_("Addresses"), tuple(_addresses(raw, language))),
        Group(_("E-mail"), tuple(_listed(raw.get("emailAddresses"), EMAIL_KINDS, "email"))),
        Group(_("Phone"), tuple(_listed(raw.get("phoneNumbers"), PHONE_KINDS, "phone"))),
        Group(_("Contact persons"), tuple(_persons(raw))),
        Group(_("E-invoice"), tuple(_xrechnung(raw.get("xRechnung") or {}))),
        Group(_("Note"), (Fact(_("Note"), raw["note"], "lines"),) if raw.get("note") else ()),
        Group(_("Further data"), tuple(_rest(raw))),
    ]
    return [group for group in groups if group.facts]


def _master(raw: dict[str, Any]) -> Iterator[Fact]:
    roles, company, person = raw.get("roles") or {}, raw.get("company") or {}, raw.get("person") or {}
    if "customer" in roles:
        yield Fact(_("Customer number"), (roles["customer"] or {}).get("number", "–"), "code")
    if "vendor" in roles:
        yield Fact(_("Vendor number"), (roles["vendor"] or {}).get("number", "–"), "code")
    if person.get("salutation"):
        yield Fact(_("Salutation"), person["salutation"])
    for label, name in ((_("Tax number"), "taxNumber"), (_("VAT ID"), "vatRegistrationId")):
        if company.get(name):
            yield Fact(label, company[name], "code")
    if "allowTaxFreeInvoices" in company:
        yield Fact(_("Allow tax-free invoices"), company["allowTaxFreeInvoices"], "flag")


def _addresses(raw: dict[str, Any], language: str) -> Iterator[Fact]:
    labels = {"billing": _("Billing address"), "shipping": _("Shipping address")}
    addresses = raw.get("addresses") or {}
    codes = {entry.get("countryCode") for entries in addresses.values() for entry in entries or ()}
    names = {c.code: c.name_en if language == "en" else c.name_de for c in Country.objects.filter(code__in=codes)}
    for kind, entries in addresses.items():
        for entry in entries or ():
            place = f"{entry.get('zip') or ''} {entry.get('city') or ''}".strip()
            country = names.get(entry.get("countryCode"), entry.get("countryCode"))
            lines = [entry.get("supplement"), entry.get("street"), place, country]
            yield Fact(labels.get(kind, kind), "\n".join(line for line in lines if line), "lines")


def _listed(lists: dict[str, list[str]] | None, labels: dict[str, str], kind: str) -> Iterator[Fact]:
    for name, entries in (lists or {}).items():
        for entry in entries or ():
            yield Fact(_(labels.get(name, name)), entry, kind)


def _persons(raw: dict[str, Any]) -> Iterator[Fact]:
    for person in (raw.get("company") or {}).get("contactPersons") or ():
        parts = [person.get("salutation"), person.get("firstName"), person.get("lastName")]
        name = " ".join(part for part in parts if part)
        label = _("On documents") if person.get("primary") else _("Contact person")
        lines = [name, person.get("emailAddress"), person.get("phoneNumber")]
        yield Fact(label, "\n".join(line for line in lines if line), "lines")


def _xrechnung(part: dict[str, Any]) -> Iterator[Fact]:
    labels = {
        "buyerReference": _("Leitweg-ID"),
        "vendorNumberAtCustomer": _("Our vendor number at the customer"),
    }
    for name, value in part.items():
        yield Fact(labels.get(name, name), value, "code")


def _rest(part: Any, known: Any = KNOWN, path: str = "") -> Iterator[Fact]:
    """What a newer API returns and we have no place for yet, at any depth, by its path in the JSON."""
    if isinstance(part, list) and known is not None:
        for number, entry in enumerate(part):
            yield from _rest(entry, known, f"{path}[{number}]")
    elif isinstance(part, dict) and known is not None:
        for name in sorted(part):
            below = f"{path}.{name}".lstrip(".")
            yield from _rest(part[name], known[name], below) if name in known else [Fact(below, part[name], "code")]
