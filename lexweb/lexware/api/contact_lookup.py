"""
Is this contact the one we sent? For the time after an uncertain create.

Lexware may trim, reformat or leave out empty values, so texts are compared by their letters and digits only,
and every value that was sent has to be there; what Lexware added (id, version, numbers) does not matter.
Being too strict here would end in a duplicate.
"""

from typing import Any

from lexweb.lexware import search
from lexweb.lexware.api.contact_shapes import Contact, ContactDraft


def terms(draft: ContactDraft) -> tuple[str | None, str | None]:
    """
    Return the name and e-mail filters that narrow the search down; one of them at most is set.

    One is enough, and the comparison does the rest. Persons are searched by last name: in which order the
    filter sees first and last name is not documented.
    """
    name = draft.person.last_name if draft.person and not draft.company else draft.name
    by_name = search.prefix(name or "")
    if by_name:
        return by_name, None
    emails = [address for kind in draft.email_addresses.payload().values() for address in kind]
    return None, next(filter(None, map(search.prefix, emails)), None)


def holds(contact: Contact, draft: ContactDraft) -> bool:
    """Tell whether the contact holds everything the draft holds, roles included."""
    sent, there = draft.payload(), contact.payload()
    if not set(sent.pop("roles", {})) <= set(there.get("roles", {})):
        return False
    sent.pop("version", None)
    return _within(sent, there)


def _within(sent: Any, there: Any) -> bool:
    if isinstance(sent, dict):
        others = there if isinstance(there, dict) else {}
        return all(_within(value, others.get(name)) for name, value in sent.items())
    if isinstance(sent, list):
        entries = there if isinstance(there, list) else []
        return all(any(_within(value, entry) for entry in entries) for value in sent)
    if isinstance(sent, str):
        return _letters(sent) == (_letters(there) if isinstance(there, str) else "")
    return sent == there or not (sent or there)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
