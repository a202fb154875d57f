"""Building drafts, from nothing and from what was read."""

from typing import TypeVar

from lexweb.lexware.api.contacts import Contact, ContactDraft, Role, Roles
from lexweb.lexware.shapes import Shape

S = TypeVar("S", bound=Shape)

CUSTOMER = Roles(customer=Role())
BOTH = Roles(customer=Role(), vendor=Role())


def changed(shape: S, **members: object) -> S:
    """Return a copy with some members replaced, by their Python names; unknown members stay."""
    kept = {name: value for name, value in shape if name in shape.model_fields_set}
    return type(shape).model_validate({**kept, **members})


def from_contact(contact: Contact) -> ContactDraft:
    """Take over everything that can be written, unknown members included."""
    read_only = {"id", "organizationId", "archived"}
    return ContactDraft.model_validate({k: v for k, v in contact.payload().items() if k not in read_only})
