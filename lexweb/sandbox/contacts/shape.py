"""A written contact's body, brought into shape."""

from typing import Any

from lexweb.sandbox import shaping
from lexweb.sandbox.shaping import Malformed, Shaper, flag, integer, items, members, text
from lexweb.sandbox.web import Json

__all__ = ["EMAIL_KINDS", "PHONE_KINDS", "Malformed", "shaped"]

_PERSON: dict[str, Shaper] = {"salutation": text, "firstName": text, "lastName": text}
_CONTACT_PERSON = _PERSON | {"primary": flag, "emailAddress": text, "phoneNumber": text}
_COMPANY: dict[str, Shaper] = {
    "name": text,
    "taxNumber": text,
    "vatRegistrationId": text,
    "allowTaxFreeInvoices": flag,
    "contactPersons": items(members(_CONTACT_PERSON, keep_empty=True)),
}
_ADDRESS = members(dict.fromkeys(("supplement", "street", "zip", "city", "countryCode"), text), keep_empty=True)
EMAIL_KINDS = ("business", "office", "private", "other")
PHONE_KINDS = ("business", "office", "mobile", "private", "fax", "other")
_ROLE = members({}, keep_empty=True)
_CONTACT = members(
    {
        "version": integer,
        "roles": members({"customer": _ROLE, "vendor": _ROLE}),
        "company": members(_COMPANY, keep_empty=True),
        "person": members(_PERSON, keep_empty=True),
        "addresses": members(dict.fromkeys(("billing", "shipping"), items(_ADDRESS))),
        "xRechnung": members(dict.fromkeys(("buyerReference", "vendorNumberAtCustomer"), text)),
        "emailAddresses": members(dict.fromkeys(EMAIL_KINDS, items(text))),
        "phoneNumbers": members(dict.fromkeys(PHONE_KINDS, items(text))),
        "note": text,
    },
    keep_empty=True,
)


def shaped(body: Any) -> Json:
    """
    The writable part of a body; may still break every rule of ``rules``.

    :raises Malformed: a member, or the body itself, has the wrong JSON type
    """
    return shaping.body(_CONTACT, body)
