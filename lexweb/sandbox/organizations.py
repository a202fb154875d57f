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
    e_invoices: bool = True  # the setting that lets XRechnung files be uploaded
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

    def opened(self, kind: str) -> Shelf | None:
        """The records of a kind if anybody has asked for them already; does not wake the seed."""
        return self._shelves.get(kind)

    def dumped(self) -> dict[str, Any]:
        """What can change, as JSON values."""
        shelves = {kind: shelf.dumped() for kind, shelf in self._shelves.items()}
        settings = {
            "keyEnabled": self.key_enabled,
            "eInvoices": self.e_invoices,
            "businessFeatures": self.business_features,
        }
        return {**settings, "contacts": self.contacts.dumped(), "shelves": shelves}

    def load(self, dumped: dict[str, Any]) -> None:
        """Take over what ``dumped`` returned."""
        self.key_enabled = dumped["keyEnabled"]
        self.e_invoices = dumped.get("eInvoices", True)
        self.business_features = dumped.get("businessFeatures", self.business_features)
        self.contacts.load(dumped["contacts"])
        for kind, kept in dumped.get("shelves", {}).items():
            self.shelf(kind).load(kept)
