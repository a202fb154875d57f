"""
Which records of a list a person has chosen for a change of many: single ones, or all of a search.

It travels through the page as a signed text that spells out what was chosen and how many they were, never as "what
the list shows now": a list that changed meanwhile must not change what is done.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

from django.core import signing
from django.http import QueryDict

SALT = "lexweb.outbox.selection"
MAX_AGE = 24 * 60 * 60  # seconds

Query = TypeVar("Query")
"""What a list is filtered by: a dataclass of plain values."""


def uuid(text: str) -> str:
    """Return an id of Lexware Office as it is written, or "" if it is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def number(text: str) -> str:
    """Return a key of ours as it is written, or "" if it is none."""
    return text if text.isascii() and text.isdecimal() and len(text) < 19 else ""


class Void(Exception):
    """Nothing was chosen; or the text is not ours, too old, or was made for another list."""


@dataclass(frozen=True)
class Selection(Generic[Query]):
    """Either `query`, with how many it found, or the records with these ids."""

    query: Query | None = None
    count: int = 0
    ids: list[str] = field(default_factory=list)

    @classmethod
    def of_ids(cls, ids: list[str], kind: Callable[[str], str] = uuid) -> Self:
        """Return a selection of single records; what is no id of this kind is left out."""
        found = list(dict.fromkeys(each for text in ids if (each := kind(text))))
        return cls(ids=found, count=len(found))

    def signed(self, scope: list[Any]) -> str:
        """
        Return the selection as a text for the page.

        :param scope: the list it was made in, as plain values: whose, and of what
        """
        query: Any = self.query
        kept = {"query": None if query is None else asdict(query), "count": self.count, "ids": self.ids}
        return signing.dumps(kept | {"for": scope}, salt=SALT, compress=True)


def read(text: str, scope: list[Any], query: Callable[..., Query]) -> Selection[Query]:
    """
    Return the selection from its text.

    :raises Void: it cannot be used
    """
    try:
        stored = signing.loads(text, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        raise Void from None
    if stored.pop("for") != scope:
        raise Void
    chosen = stored.pop("query")
    return Selection(query=None if chosen is None else query(**chosen), **stored)


def posted(
    data: QueryDict, scope: list[Any], query: Callable[..., Query], kind: Callable[[str], str] = uuid
) -> Selection[Query]:
    """
    Return what was chosen in a list (its boxes, or all of it), or what a page of ours has carried on.

    :raises Void: nothing was, or nothing that can be used
    """
    if text := data.get("all") or data.get("chosen"):
        return read(text, scope, query)
    selection: Selection[Query] = Selection.of_ids(data.getlist("id"), kind)
    if not selection.ids:
        raise Void
    return selection
