"""What the state of a contact allows."""

from typing import Any

from django.utils.translation import gettext_noop as _

from lexweb.contacts.models import Contact

LISTS = {  # place in the JSON → what people call it
    ("company", "contactPersons"): _("contact persons"),
    ("addresses", "billing"): _("billing addresses"),
    ("addresses", "shipping"): _("shipping addresses"),
    ("emailAddresses", "business"): _("business e-mails"),
    ("emailAddresses", "office"): _("office e-mails"),
    ("emailAddresses", "private"): _("private e-mails"),
    ("emailAddresses", "other"): _("other e-mails"),
    ("phoneNumbers", "business"): _("business phone numbers"),
    ("phoneNumbers", "office"): _("office phone numbers"),
    ("phoneNumbers", "mobile"): _("mobile phone numbers"),
    ("phoneNumbers", "private"): _("private phone numbers"),
    ("phoneNumbers", "fax"): _("fax numbers"),
    ("phoneNumbers", "other"): _("other phone numbers"),
}


class Locked(Exception):
    """Lexware Office does not let the API update this contact; `lists` are untranslated names of the long lists."""

    def __init__(self, lists: list[str]) -> None:
        super().__init__(", ".join(lists))
        self.lists = lists


def long_lists(contact: Contact) -> list[str]:
    """
    Return the lists with more than one entry, as untranslated message ids.

    One such list locks the whole contact for the API (behaviour.md, chapter 7).
    """
    return locks(contact.raw)


def locks(raw: dict[str, Any]) -> list[str]:
    """Return the same for the JSON of a contact."""
    return [label for (part, name), label in LISTS.items() if len((raw.get(part) or {}).get(name) or ()) > 1]


def editable(contact: Contact) -> bool:
    """Say whether the API could update the contact."""
    return not long_lists(contact)


def check_editable(contact: Contact) -> None:
    """Raise `Locked` if the API could not update the contact."""
    if lists := long_lists(contact):
        raise Locked(lists)
