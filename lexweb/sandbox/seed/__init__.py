"""
The demo data: fifteen invented German businesses and their contacts.

The same at every start: ids are uuid5, the rest comes from random numbers with the organization as seed.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache, partial

from lexweb.sandbox import shelf
from lexweb.sandbox.contacts.book import Book, Record
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.seed import companies, contacts


def organizations(today: date) -> list[Organization]:
    """Fresh organizations. They share the records, which is safe: records are replaced, never changed."""
    return [
        companies.organization(company, Book(_contacts(company)), today, partial(_records, company, today))
        for company in companies.ALL
    ]


def _records(company: companies.Company, today: date, kind: str) -> Mapping[str, shelf.Record]:
    return {}


@cache
def _contacts(company: companies.Company) -> tuple[Record, ...]:
    return contacts.records(company.id, company.slug, company.contacts)
