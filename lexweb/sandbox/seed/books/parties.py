"""Who documents are addressed to, and who receipts come from."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from lexweb.sandbox.contacts import book
from lexweb.sandbox.seed import words
from lexweb.sandbox.web import Json

FEW = 5  # contacts there are to choose from, even if they came later
SHOWN = ("supplement", "street", "city", "zip", "countryCode")


@dataclass(frozen=True, slots=True)
class Party:
    """A contact, as far as documents need it; ``address`` is the one that sales documents show."""

    contact_id: str
    name: str
    address: Json
    country: str
    business: bool
    vat_id: str | None
    buyer_reference: str | None
    since: str


class Parties:
    """The contacts with a role that pass a test, the oldest first: nobody gets documents before there is a contact."""

    def __init__(self, records: Sequence[book.Record], role: str, fits: Callable[[Party], bool] | None = None) -> None:
        found = sorted((_party(each) for each in records if role in each.contact["roles"]), key=lambda each: each.since)
        self._all = [each for each in found if fits is None or fits(each)]
        self._since = [each.since for each in self._all]

    def at(self, random: Random, day: date) -> Party:
        """Somebody who is known on this day; some are chosen more often."""
        known = bisect_right(self._since, f"{day}T24")
        known = max(known, min(FEW, len(self._all)))
        return self._all[int(known * random.random() ** 1.7)]

    def trading(self, random: Random, *trades: str) -> Party:
        """A party whose name tells one of the trades, else anybody at home."""
        fitting = [each for each in self._all if any(trade in each.name for trade in trades)]
        return random.choice(fitting or [each for each in self._all if each.country == "DE"])


def _party(record: book.Record) -> Party:
    contact = record.contact
    company, place = contact.get("company", {}), _place(contact)
    address = {"contactId": contact["id"], "name": record.name}
    address |= {name: place[name] for name in SHOWN if name in place}
    if person := next((each for each in company.get("contactPersons", ()) if each.get("primary")), None):
        names = (person.get("salutation"), person.get("firstName"), person["lastName"])
        address["contactPerson"] = " ".join(name for name in names if name)
    return Party(
        contact_id=contact["id"],
        name=record.name,
        address=address,
        country=place["countryCode"],
        business=bool(company),
        vat_id=company.get("vatRegistrationId"),
        buyer_reference=contact.get("xRechnung", {}).get("buyerReference"),
        since=record.created,
    )


def _place(contact: Json) -> Json:
    """The billing address; whoever has none in the contact gets one on the document."""
    if billing := contact.get("addresses", {}).get("billing"):
        found: Json = billing[0]
        return found
    random = Random(contact["id"])
    zip_code, city = random.choice(words.PLACES)
    street = f"{random.choice(words.STREETS)} {random.randint(1, 90)}"
    return {"street": street, "zip": zip_code, "city": city, "countryCode": "DE"}
