"""The books of one organization, from the first entry to the last."""

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from lexweb.sandbox.contacts import book
from lexweb.sandbox.seed import companies
from lexweb.sandbox.seed.books import bank, catalog, incomes, oddities, purchases, sales, tills
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.shelf import Record

Books: TypeAlias = Mapping[str, Mapping[str, Record]]


def write(company: companies.Company, contacts: tuple[book.Record, ...], today: date) -> Books:
    """All records but contacts, by kind and id."""
    ledger = Ledger(company, contacts, today)
    sales.write(ledger, catalog.wares(ledger))
    if ledger.plan.vouchers:
        tills.write(ledger)
        room = ledger.plan.vouchers - oddities.COUNT
        purchases.write(ledger, room - incomes.write(ledger, room))
        oddities.write(ledger)
        bank.write(ledger)
    return ledger.shelves
