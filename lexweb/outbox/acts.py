"""
What can be put into the outbox. Contexts above register their acts; the outbox knows when to send, not what.

An act must bear to be sent again after a `look` that said "surely not", and a look at any time.
"""

from collections.abc import Callable
from typing import Any, Literal, Protocol

from lexweb.clients.gateway import Office
from lexweb.firm.roles import Permission
from lexweb.outbox.models import Item

Keep = Callable[[], None]
"""Puts what Lexware Office said into the mirror and the history; called in the transaction that ends the item."""

Note = Callable[[Any], None]
"""Notes the JSON that is about to go out. Raises if the item is somebody else's by now: then nothing may be sent."""


class Act(Protocol):
    """One kind of write."""

    permission: Permission

    def describe(self, wish: Any) -> str:
        """Return what is to be done, for people."""

    def explain(self, code: str, source: str) -> str:
        """Return a complaint of the API as a sentence."""

    def send(self, office: Office, item: Item, note: Note) -> Keep:
        """
        Carry the wish out.

        :raises Refused: it cannot be carried out, and will not if it is sent again as it is
        :raises LexwareError: as it comes; only an uncertain one may have been carried out
        """

    def look(self, office: Office, item: Item) -> Keep | Literal[False] | None:
        """Find out whether `item.sent` was carried out: how to keep it; False if surely not; None if nobody knows."""


class Refused(Exception):
    """It was surely not carried out; `reason` is a code of `presenting.REASONS`, `issues` are [source, code]."""

    def __init__(self, reason: str, issues: list[list[str]] | None = None, *, keep: Keep = lambda: None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.issues = issues or []
        self.keep = keep


_ACTS: dict[str, Act] = {}


def register(name: str, act: Act) -> None:
    """Make the act known; called when Django starts."""
    _ACTS[name] = act


def get(name: str) -> Act:
    """Return the act with this name."""
    return _ACTS[name]
