"""
The demo data: fifteen invented German businesses and their contacts.

The same at every start: ids are uuid5, the rest comes from random numbers with the organization as seed.
"""

from functools import cache

from lexweb.sandbox.contacts.book import Book, Record
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.seed import companies, contacts


def organizations() -> list[Organization]:
    """Fresh organizations. They share the records, which is safe: records are replaced, never changed."""
    return [companies.organization(company, Book(_records(company))) for company in companies.ALL]


@cache
def _records(company: companies.Company) -> tuple[Record, ...]:
    return contacts.records(company.id, company.slug, company.contacts)
