"""Is this contact the one we sent? For the time after an uncertain create."""

from lexweb.lexware import lookup, search
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
    return lookup.within(sent, there)
