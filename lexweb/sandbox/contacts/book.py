"""The contacts of one organization."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any

from lexweb.sandbox.web import Json

FIRST_NUMBER = {"customer": 10_001, "vendor": 70_001}


@dataclass(frozen=True)
class Record:
    """A stored contact: ``contact`` as the API shows it, and the two moments it shows only after a write."""

    contact: Json
    created: str
    updated: str

    @cached_property
    def name(self) -> str:
        """What the filter by name looks at: the company's name, or first and last name of a person."""
        return display_name(self.contact)

    @cached_property
    def emails(self) -> tuple[str, ...]:
        """What the filter by e-mail looks at: all of the contact's and of its contact persons."""
        persons = self.contact.get("company", {}).get("contactPersons", [])
        own = chain.from_iterable(self.contact.get("emailAddresses", {}).values())
        return (*own, *(person["emailAddress"] for person in persons if "emailAddress" in person))

    def changed(self, contact: Json, now: str) -> "Record":
        """The next version of this record."""
        return replace(self, contact=contact | {"version": self.contact["version"] + 1}, updated=now)


class Book:
    """
    Records by id. They are replaced, never changed in place, so all books can share the seed's records.

    Customer and vendor numbers are given out in order and never twice.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = {record.contact["id"]: record for record in records}
        self._ordered: list[Record] | None = None
        self._next = {role: self._highest(role) + 1 for role in FIRST_NUMBER}

    def __len__(self) -> int:
        return len(self._records)

    def get(self, contact_id: str) -> Record | None:
        """The record with this id."""
        return self._records.get(contact_id)

    def put(self, record: Record) -> None:
        """Add a record or replace the one with its id."""
        self._records[record.contact["id"]] = record
        self._ordered = None

    def ordered(self) -> list[Record]:
        """All records by name, the one order there is."""
        if self._ordered is None:
            self._ordered = sorted(self._records.values(), key=lambda record: sort_key(record.contact))
        return self._ordered

    def new_number(self, role: str) -> int:
        """The next customer or vendor number."""
        number = self._next[role]
        self._next[role] += 1
        return number

    def dumped(self) -> dict[str, Any]:
        """All records and counters as JSON values."""
        records = [[record.contact, record.created, record.updated] for record in self._records.values()]
        return {"records": records, "next": dict(self._next)}

    def load(self, dumped: dict[str, Any]) -> None:
        """Take over what ``dumped`` returned."""
        self._records = {contact["id"]: Record(contact, *moments) for contact, *moments in dumped["records"]}
        self._next = dict(dumped["next"])
        self._ordered = None

    def _highest(self, role: str) -> int:
        numbers = (record.contact["roles"].get(role, {}).get("number", 0) for record in self._records.values())
        return max(numbers, default=0) or FIRST_NUMBER[role] - 1


def display_name(contact: Json) -> str:
    """The company's name, or first and last name of a person."""
    if "company" in contact:
        return str(contact["company"]["name"])
    person = contact["person"]
    return f"{person.get('firstName', '')} {person['lastName']}".strip()


def sort_key(contact: Json) -> tuple[str, str]:
    """Companies by name, persons by last name (our choice); equal names by id, so pages do not overlap."""
    person = contact.get("person")
    name = f"{person['lastName']} {person.get('firstName', '')}" if person else display_name(contact)
    return name.casefold(), contact["id"]
