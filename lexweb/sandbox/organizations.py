"""The accounts on the stand-in Lexware Office."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lexweb.sandbox.contacts.book import Book
from lexweb.sandbox.shelf import Record, Shelf


@dataclass(kw_only=True)
class Organization:
    """One company's account: who may log in, what it booked, its API key, its contacts and all else."""

    id: str
    company_name: str
    trade: str
    api_key: str
    email: str
    password: str
    user_name: str
    user_id: str
    created: str
    tax_type: str
    small_business: bool
    business_features: list[str]
    distance_sales_principle: str | None
    contacts: Book
    today: date
    records: Callable[[str], Mapping[str, Record]]
    key_enabled: bool = True
    _shelves: dict[str, Shelf] = field(default_factory=dict)

    @property
    def key_connection_id(self) -> str:
        """The connectionId of the API key; the same for as long as the key exists."""
        return str(uuid.uuid5(uuid.UUID(self.id), self.api_key))

    def shelf(self, kind: str) -> Shelf:
        """
        All records of a kind, seeded when first asked for.

        Kinds are named as the API's addresses name them: "invoices", "vouchers", "files" …
        """
        if kind not in self._shelves:
            self._shelves[kind] = Shelf(self.records(kind))
        return self._shelves[kind]

    def dumped(self) -> dict[str, Any]:
        """What can change, as JSON values."""
        shelves = {kind: shelf.dumped() for kind, shelf in self._shelves.items()}
        return {"keyEnabled": self.key_enabled, "contacts": self.contacts.dumped(), "shelves": shelves}

    def load(self, dumped: dict[str, Any]) -> None:
        """Take over what ``dumped`` returned."""
        self.key_enabled = dumped["keyEnabled"]
        self.contacts.load(dumped["contacts"])
        for kind, kept in dumped["shelves"].items():
            self.shelf(kind).load(kept)
