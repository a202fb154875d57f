"""
The shapes of contacts (docs: "Contacts Endpoint"; behaviour.md, chapter 7).

Reading may show several entries per list, writing allows one of each kind. What writing demands (last names,
country codes) may be missing in what is read: one odd contact must not stop a whole sync.
"""

from typing import Self
from uuid import UUID

from lexweb.lexware.shapes import Shape, rewritten

READ_ONLY = ("id", "organizationId", "archived")


class Role(Shape):
    """Customer or vendor. `number` is assigned by Lexware; send it back to keep it."""

    number: int | None = None


class Roles(Shape):
    """What the contact is to the client; at least one. A role left out of an update is removed."""

    customer: Role | None = None
    vendor: Role | None = None


class ContactPerson(Shape):
    """A person at a company. The primary one is shown on documents."""

    salutation: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    primary: bool | None = None
    email_address: str | None = None
    phone_number: str | None = None


class Company(Shape):
    """A company. `tax_number` is the Steuernummer, `vat_registration_id` the USt-IdNr."""

    name: str
    tax_number: str | None = None
    vat_registration_id: str | None = None
    allow_tax_free_invoices: bool | None = None
    contact_persons: tuple[ContactPerson, ...] = ()


class Person(Shape):
    """A private person."""

    salutation: str | None = None
    first_name: str | None = None
    last_name: str | None = None


class Address(Shape):
    """A postal address; `country_code` as in the list of countries."""

    supplement: str | None = None
    street: str | None = None
    zip: str | None = None
    city: str | None = None
    country_code: str | None = None


class Addresses(Shape):
    """Addresses by kind."""

    billing: tuple[Address, ...] = ()
    shipping: tuple[Address, ...] = ()


class Emails(Shape):
    """E-mail addresses by kind."""

    business: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


class Phones(Shape):
    """Phone numbers by kind."""

    business: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    mobile: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    fax: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


class XRechnung(Shape):
    """What e-invoices to authorities need. `buyer_reference` is the Leitweg-ID; needs the vendor number."""

    buyer_reference: str | None = None
    vendor_number_at_customer: str | None = None


class ContactBody(Shape):
    """What reading and writing have in common: exactly one of company and person."""

    version: int
    roles: Roles
    company: Company | None = None
    person: Person | None = None
    addresses: Addresses = Addresses()
    x_rechnung: XRechnung | None = None
    email_addresses: Emails = Emails()
    phone_numbers: Phones = Phones()
    note: str | None = None

    @property
    def name(self) -> str:
        """The name to show: the company's, or first and last name."""
        if self.company:
            return self.company.name
        if self.person:
            return f"{self.person.first_name or ''} {self.person.last_name or ''}".strip()
        return ""


class Contact(ContactBody):
    """A contact as read."""

    id: UUID
    organization_id: UUID | None = None
    archived: bool


class ContactDraft(ContactBody):
    """
    A contact to write: `version` 0 to create, the one last read to update.

    An update replaces everything, so take over what was read, unknown members included, without the members that
    only `Contact` has. A contact with two entries in any list cannot be updated at all (behaviour.md, chapter 7).
    """

    version: int = 0

    @classmethod
    def of(cls, contact: Contact) -> Self:
        """Return a draft that changes nothing: everything that was read, unknown members included."""
        return rewritten(cls, contact, read_only=READ_ONLY)
