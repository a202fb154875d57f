"""
Customers and vendors (docs: "Contacts Endpoint"; behaviour.md, chapters 5 and 7).

Contacts can be created and changed, but neither archived nor deleted through the API.
"""

from collections.abc import Iterator
from typing import TypedDict, Unpack
from uuid import UUID

from lexweb.lexware import lookup, paging, paths, search
from lexweb.lexware.api import contact_lookup
from lexweb.lexware.api.contact_shapes import (
    Address,
    Addresses,
    Company,
    Contact,
    ContactDraft,
    ContactPerson,
    Emails,
    Person,
    Phones,
    Role,
    Roles,
    XRechnung,
)
from lexweb.lexware.paging import Page
from lexweb.lexware.session import Session
from lexweb.lexware.shapes import ActionResult

__all__ = [
    "Address",
    "Addresses",
    "Company",
    "Contact",
    "ContactDraft",
    "ContactPerson",
    "ContactsEndpoint",
    "Emails",
    "Person",
    "Phones",
    "Role",
    "Roles",
    "XRechnung",
]

PATH = "/v1/contacts"


class Filters(TypedDict, total=False):
    """
    What a list of contacts is narrowed down by; None is no filter.

    :ivar name: literal part of the name, 3 characters or more
    :ivar email: literal part of any e-mail address, those of contact persons included
    :ivar number_is: customer or vendor number
    :ivar customer: True has the role, False lacks it
    """

    name: str | None
    email: str | None
    number_is: int | None
    customer: bool | None
    vendor: bool | None


class ContactsEndpoint:
    """Calls about contacts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self, number: int = 0, size: int = paging.LARGEST, **filters: Unpack[Filters]) -> Page[Contact]:
        """
        Read one page, sorted by name. Filters are joined with AND.

        :raises ValueError: a text is too short or too long, or the page is impossible; nothing was sent
        """
        return self._session.get(PATH, Page[Contact], paging.query(number, size) | _narrowed(filters))

    def pages(
        self, *, start: int = 0, size: int = paging.LARGEST, **filters: Unpack[Filters]
    ) -> Iterator[Page[Contact]]:
        """Read page after page, each when asked for. `Page.capped` tells when Lexware hides the rest."""
        return paging.walk(lambda number: self.page(number, size, **filters), start=start)

    def get(self, contact_id: UUID) -> Contact:
        """Read one contact."""
        return self._session.get(paths.record(PATH, contact_id), Contact)

    def create(self, draft: ContactDraft) -> ActionResult:
        """
        Create a contact.

        :raises Rejected: Lexware Office refuses the values; `issues` says which
        :raises Uncertain: it may exist now; ask `find(error.sent)` before trying again
        """
        return self._session.post(PATH, draft, look="contacts.find(draft) returns it if it was created")

    def update(self, contact_id: UUID, draft: ContactDraft) -> ActionResult:
        """
        Replace a contact; what the draft does not hold is emptied.

        :raises Conflict: someone saved it first (`draft.version` is not the newest)
        :raises Rejected: Lexware Office refuses the values, or the contact has two entries in some list
        :raises Uncertain: it may be saved; `get` it and compare
        """
        path = paths.record(PATH, contact_id)
        return self._session.put(path, draft, look="contacts.get(id): a higher version means it was saved")

    def find(self, draft: ContactDraft) -> list[Contact]:
        """
        Look whether an uncertain create happened: return the contacts that hold everything the draft holds.

        Looks a second time after two seconds, as new contacts take a moment to show up. An empty list is
        strong evidence, not proof: after a 504 the work may still go on behind the gateway.

        :raises Unavailable: it cannot be found out: none is among the first 1,000 that come into question, and
            there are more, or some cannot be read
        """
        return lookup.patiently(self._session, lambda: self._matches(draft), path=PATH)

    def _matches(self, draft: ContactDraft) -> tuple[list[Contact], str]:
        """Return the matches, and why there may be more."""
        name, email = contact_lookup.terms(draft)
        return lookup.among(self.pages(name=name, email=email), lambda each: contact_lookup.holds(each, draft))


def _narrowed(filters: Filters) -> dict[str, str]:
    texts = {name: filters.get(name) for name in ("name", "email")}
    roles = {name: filters.get(name) for name in ("customer", "vendor")}
    query = {name: search.literal(str(text)) for name, text in texts.items() if text is not None}
    query |= {name: search.flag(bool(on)) for name, on in roles.items() if on is not None}
    number = filters.get("number_is")
    return query if number is None else query | {"number": str(number)}
