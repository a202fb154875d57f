"""The books of one organization while they are being written."""

import uuid
from datetime import date
from random import Random

from lexweb.sandbox.contacts import book
from lexweb.sandbox.sales import layouts, letterhead
from lexweb.sandbox.seed import companies
from lexweb.sandbox.seed.books import days, plans
from lexweb.sandbox.seed.books.parties import Parties, Party
from lexweb.sandbox.shelf import Record
from lexweb.sandbox.web import Json


class Ledger:
    """
    What was written so far, by kind and id, and whatever writing needs: contacts, plan, days, random numbers.

    ``organization`` has no records; it is there to be asked for letterhead, layouts, payment conditions.
    """

    def __init__(self, company: companies.Company, contacts: tuple[book.Record, ...], today: date) -> None:
        self.company, self.today = company, today
        self.plan = plans.PLANS[company.slug]
        self.random = Random(company.id)
        self.first = days.after(today, -days.SPAN)
        self.organization = companies.organization(company, book.Book(()), today, lambda kind: {})
        self.pro = "INVOICING_PRO" in company.features
        self.customers = Parties(contacts, "customer", self._sells_to)
        self.vendors = Parties(contacts, "vendor")
        self.seller = letterhead.seller(self.organization)
        self.layout = layouts.default(self.organization)
        self.shelves: dict[str, dict[str, Record]] = {}
        self._space = uuid.UUID(company.id)

    def _sells_to(self, party: Party) -> bool:
        """Abroad and to authorities with INVOICING_PRO only; an XRechnung needs net prices besides."""
        if party.buyer_reference:
            return self.pro and self.company.tax_type != "vatfree"
        return self.pro or party.country == "DE"

    def id(self, name: str) -> str:
        """The id of what has this name; the same at every start."""
        return str(uuid.uuid5(self._space, name))

    def put(self, kind: str, document: Json, hidden: Json | None = None) -> Record:
        """Keep a record."""
        record = Record(document, hidden or {})
        self.shelves.setdefault(kind, {})[document["id"]] = record
        return record

    def head(self, record_id: str, made: date, changed: date, version: int) -> Json:
        """The members that all documents begin with."""
        created = self.moment(made)
        updated = created if changed <= made else self.moment(changed)
        head: Json = {"id": record_id, "organizationId": self.company.id, "createdDate": created}
        return head | {"updatedDate": updated, "version": version}

    def moment(self, day: date) -> str:
        """Some moment of a day."""
        return days.moment(self.random, day, self.today)

    def chance(self, part: float) -> bool:
        """True in so many of 1 cases."""
        return self.random.random() < part

    def day(self) -> date:
        """Some working day of the 14 months."""
        return days.workday(days.some(self.random, days.after(self.first, 2), self.today))
