"""
Which contacts a person has chosen for a change of many: single ones, or all of a search.

It travels through the page as a signed text that spells out what was chosen and how many they were, never as "what
the list shows now": a list that changed meanwhile must not change what is done.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Self
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet

from lexweb.clients.models import Connection
from lexweb.contacts import selectors
from lexweb.contacts.models import Contact

SALT = "lexweb.contacts.selection"
MAX_AGE = 24 * 60 * 60  # seconds


class Void(Exception):
    """The text is not ours, too old, or was made for another client."""


@dataclass(frozen=True)
class Selection:
    """Either `query`, with how many it found, or the contacts with these ids of Lexware Office."""

    query: selectors.Query | None = None
    count: int = 0
    ids: list[str] = field(default_factory=list)

    @classmethod
    def of_ids(cls, ids: list[str]) -> Self:
        """Return a selection of single contacts; what is no id is left out."""
        found = list(dict.fromkeys(str(UUID(text)) for text in ids if _is_id(text)))
        return cls(ids=found, count=len(found))

    @classmethod
    def read(cls, text: str, connection: Connection) -> Self:
        """
        Return the selection from its text.

        :raises Void: it cannot be used
        """
        try:
            stored = signing.loads(text, salt=SALT, max_age=MAX_AGE)
        except signing.BadSignature:
            raise Void from None
        if stored.pop("for") != _whose(connection):
            raise Void
        query = stored.pop("query")
        return cls(query=selectors.Query(**query) if query else None, **stored)

    def signed(self, connection: Connection) -> str:
        """Return the selection as a text for the page."""
        return signing.dumps(asdict(self) | {"for": _whose(connection)}, salt=SALT, compress=True)

    def contacts(self, connection: Connection) -> QuerySet[Contact]:
        """Return what is chosen, as it is now."""
        if self.query is not None:
            return selectors.matching(connection, self.query)
        chosen = Contact.objects.filter(connection=connection, lexware_id__in=self.ids)
        return chosen.order_by("sort_name", "pk")


def _whose(connection: Connection) -> list[Any]:
    return [connection.pk, str(connection.organization_id)]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
