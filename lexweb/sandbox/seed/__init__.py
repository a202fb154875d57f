"""
The demo data: fifteen invented German businesses, their contacts and their books.

    companies ─► organizations    contacts ─► who they deal with    books ─► what they sold and bought, until today

The same at every start for the same day: ids are uuid5, the rest comes from random numbers with the organization as
seed. Books are written when somebody first asks for them, once in a process.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache, partial

from lexweb.sandbox import shelf
from lexweb.sandbox.contacts.book import Book, Record
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.seed import companies, contacts, copies
from lexweb.sandbox.seed.library import Library


def organizations(today: date, *, more: int = 0) -> list[Organization]:
    """
    Fresh organizations. They share the records, which is safe: records are replaced, never changed.

    :param more: how many copies of them there are besides
    """
    every = (*companies.ALL, *copies.companies(more))
    return [
        companies.organization(company, Book(_its_contacts(company)), today, partial(_records, company, today))
        for company in every
    ]


def warm(today: date) -> None:
    """Write all books now, so that nobody has to wait for them. Takes some seconds."""
    for company in companies.ALL:
        _library.books(company, today)


def _records(company: companies.Company, today: date, kind: str) -> Mapping[str, shelf.Record]:
    return copies.books(company, _library.books(copies.original(company), today).get(kind, {}))


def _its_contacts(company: companies.Company) -> tuple[Record, ...]:
    return copies.contacts(company, _contacts(copies.original(company)))


@cache
def _contacts(company: companies.Company) -> tuple[Record, ...]:
    return contacts.records(company.id, company.slug, company.contacts)


_library = Library(_contacts)
