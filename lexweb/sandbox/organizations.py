"""The accounts on the stand-in Lexware Office."""

import uuid
from dataclasses import dataclass
from typing import Any

from lexweb.sandbox.contacts.book import Book


@dataclass(kw_only=True)
class Organization:
    """One company's account: who may log in, what it booked, its API key and its contacts."""

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
    key_enabled: bool = True

    @property
    def key_connection_id(self) -> str:
        """The connectionId of the API key; the same for as long as the key exists."""
        return str(uuid.uuid5(uuid.UUID(self.id), self.api_key))

    def dumped(self) -> dict[str, Any]:
        """What can change, as JSON values."""
        return {"keyEnabled": self.key_enabled, "contacts": self.contacts.dumped()}

    def load(self, dumped: dict[str, Any]) -> None:
        """Take over what ``dumped`` returned."""
        self.key_enabled = dumped["keyEnabled"]
        self.contacts.load(dumped["contacts"])
