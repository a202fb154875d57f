"""What the state of a contact allows."""

from django.utils.translation import gettext_noop as N_

from lexweb.contacts.models import Contact

LISTS = {  # place in the JSON → what people call it
    ("company", "contactPersons"): N_("contact persons"),
    ("addresses", "billing"): N_("billing addresses"),
    ("addresses", "shipping"): N_("shipping addresses"),
    ("emailAddresses", "business"): N_("business e-mails"),
    ("emailAddresses", "office"): N_("office e-mails"),
    ("emailAddresses", "private"): N_("private e-mails"),
    ("emailAddresses", "other"): N_("other e-mails"),
    ("phoneNumbers", "business"): N_("business phone numbers"),
    ("phoneNumbers", "office"): N_("office phone numbers"),
    ("phoneNumbers", "mobile"): N_("mobile phone numbers"),
    ("phoneNumbers", "private"): N_("private phone numbers"),
    ("phoneNumbers", "fax"): N_("fax numbers"),
    ("phoneNumbers", "other"): N_("other phone numbers"),
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
    return [label for (part, name), label in LISTS.items() if len((contact.raw.get(part) or {}).get(name) or ()) > 1]


def editable(contact: Contact) -> bool:
    """Say whether the API could update the contact."""
    return not long_lists(contact)


def check_editable(contact: Contact) -> None:
    """Raise `Locked` if the API could not update the contact."""
    if lists := long_lists(contact):
        raise Locked(lists)
