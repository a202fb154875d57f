"""Keeps the books that have been written."""

import threading
from collections.abc import Callable
from datetime import date

from lexweb.sandbox.contacts.book import Record
from lexweb.sandbox.seed import books
from lexweb.sandbox.seed.companies import ALL, Company

KEPT = 2  # days of each organization: tests look at another one than their sandbox's


class Library:
    """
    Books by organization and day, written once, when somebody first asks.

    One lock for each organization: who asks for a small one does not wait until the big one is written.
    """

    def __init__(self, contacts: Callable[[Company], tuple[Record, ...]]) -> None:
        self._contacts = contacts
        self._locks = {company: threading.Lock() for company in ALL}
        self._kept: dict[Company, dict[date, books.Books]] = {company: {} for company in ALL}

    def books(self, company: Company, today: date) -> books.Books:
        """The books of an organization that end on this day."""
        with self._locks[company]:
            kept = self._kept[company]
            if today not in kept:
                while len(kept) >= KEPT:
                    del kept[next(iter(kept))]
                kept[today] = books.write(company, self._contacts(company), today)
            return kept[today]
