"""A sales document somebody wants to have, before it is one."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lexweb.sandbox import dates
from lexweb.sandbox.contacts import book
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.sales.kinds import ALL, Kind
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json

PLACE = ("supplement", "street", "city", "zip", "countryCode")


@dataclass(frozen=True)
class Predecessor:
    """The document that is pursued."""

    kind: Kind
    record: Record


@dataclass(frozen=True)
class Draft:
    """A shaped ``body`` and everything its rules look at; it may still break all of them."""

    kind: Kind
    organization: Organization
    body: Json
    finalize: bool
    preceding: str | None = None  # the id of the document that is pursued, as sent

    @cached_property
    def predecessor(self) -> Predecessor | None:
        """The document that is pursued, of any kind; None also if there is none with this id."""
        wanted = (self.preceding or "").lower()
        for kind in ALL if wanted else ():
            if record := self.organization.shelf(kind.path).get(wanted):
                return Predecessor(kind, record)
        return None

    @property
    def tax_type(self) -> str:
        """Of the tax conditions; empty if there is none."""
        return str(self.body.get("taxConditions", {}).get("taxType", ""))

    @cached_property
    def contact(self) -> Json | None:
        """The contact in the address, if there is one with this id."""
        found = self.organization.contacts.get(self.body.get("address", {}).get("contactId", "").lower())
        return found.contact if found else None

    @cached_property
    def address(self) -> Json:
        """
        Where the document goes.

        The contact's name and address (billing first, for delivery notes shipping first); what the document says
        goes before, for this document only (behaviour.md, chapter 8).
        """
        given = self.body.get("address", {})
        if self.contact is None:
            return dict(given)
        place = {name: given[name] for name in PLACE if name in given}
        stored = self.stored_address or {}
        if place:
            place.setdefault("countryCode", stored.get("countryCode", "DE"))
        found = {"contactId": self.contact["id"], "name": given.get("name") or book.display_name(self.contact)}
        return found | (place or stored) | _contact_person(self.contact)

    @cached_property
    def stored_address(self) -> Json | None:
        """The contact's own address."""
        addresses = (self.contact or {}).get("addresses", {})
        kinds = ("shipping", "billing") if self.kind.path == "delivery-notes" else ("billing", "shipping")
        return next((addresses[kind][0] for kind in kinds if addresses.get(kind)), None)

    @cached_property
    def buyer_reference(self) -> str | None:
        """The Leitweg-ID of an XRechnung; None for everything else."""
        if self.kind.path != "invoices" or not self.x_rechnung_contact:
            return None
        own = self.body.get("xRechnung", {}).get("buyerReference")
        return (self.contact or {})["xRechnung"]["buyerReference"] if own is None else own or None

    @property
    def x_rechnung_contact(self) -> bool:
        """Has the contact a Leitweg-ID and a vendor number?"""
        return {"buyerReference", "vendorNumberAtCustomer"} <= set((self.contact or {}).get("xRechnung", {}))

    @cached_property
    def tax_day(self) -> date | None:
        """The day whose tax rates count; None if the dates are unusable."""
        shipping = self.body.get("shippingConditions", {})
        kind = shipping.get("shippingType", "none")
        member = "shippingEndDate" if kind.endswith("period") else "shippingDate"
        text = self.body.get("voucherDate") if kind == "none" else shipping.get(member)
        return dates.day(dates.german(text)) if text and dates.moment(text) else None


def _contact_person(contact: Json) -> Json:
    persons = contact.get("company", {}).get("contactPersons", [])
    found = next((person for person in persons if person.get("primary")), None)
    if found is None:
        return {}
    return {"contactPerson": f"{found.get('firstName', '')} {found['lastName']}".strip()}
