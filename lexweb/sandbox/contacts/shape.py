"""
A written contact's body, brought into shape: known members, right types, nothing empty.

The API leaves empty members out of its answers and treats empty text as absent. Read-only and unknown members
are ignored (behaviour.md, chapter 5). What has the wrong type altogether is a malformed request, 400 (our
choice).
"""

from collections.abc import Callable
from typing import Any

from lexweb.sandbox.web import Json

Shaper = Callable[[Any, str], Any]


class Malformed(ValueError):
    """A member has the wrong JSON type; ``source`` says which one."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.source = source


def _text(value: Any, source: str) -> str | None:
    if isinstance(value, dict | list | bool):
        raise Malformed(source)
    text = "" if value is None else str(value)
    try:
        text.encode()
    except UnicodeEncodeError as half:  # "\\ud800" alone is valid JSON and no text
        raise Malformed(source) from half
    return text if text.strip() else None


def _flag(value: Any, source: str) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise Malformed(source)
    return value


def _integer(value: Any, source: str) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise Malformed(source)
    return value


def _list(item: Shaper) -> Shaper:
    def shape(value: Any, source: str) -> list[Any] | None:
        if value is not None and not isinstance(value, list):
            raise Malformed(source)
        items = [item(each, f"{source}[{index}]") for index, each in enumerate(value or [])]
        return [each for each in items if each is not None] or None

    return shape


def _object(members: dict[str, Shaper], *, keep_empty: bool = False) -> Shaper:
    def shape(value: Any, source: str) -> Json | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            raise Malformed(source)
        shaped = {name: each(value.get(name), f"{source}.{name}".lstrip(".")) for name, each in members.items()}
        kept = {name: each for name, each in shaped.items() if each is not None}
        return kept if kept or keep_empty else None

    return shape


_PERSON: dict[str, Shaper] = {"salutation": _text, "firstName": _text, "lastName": _text}
_CONTACT_PERSON = _PERSON | {"primary": _flag, "emailAddress": _text, "phoneNumber": _text}
_COMPANY: dict[str, Shaper] = {
    "name": _text,
    "taxNumber": _text,
    "vatRegistrationId": _text,
    "allowTaxFreeInvoices": _flag,
    "contactPersons": _list(_object(_CONTACT_PERSON, keep_empty=True)),
}
_ADDRESS = _object(dict.fromkeys(("supplement", "street", "zip", "city", "countryCode"), _text), keep_empty=True)
EMAIL_KINDS = ("business", "office", "private", "other")
PHONE_KINDS = ("business", "office", "mobile", "private", "fax", "other")
_ROLE = _object({}, keep_empty=True)
_CONTACT = _object(
    {
        "version": _integer,
        "roles": _object({"customer": _ROLE, "vendor": _ROLE}),
        "company": _object(_COMPANY, keep_empty=True),
        "person": _object(_PERSON, keep_empty=True),
        "addresses": _object(dict.fromkeys(("billing", "shipping"), _list(_ADDRESS))),
        "xRechnung": _object(dict.fromkeys(("buyerReference", "vendorNumberAtCustomer"), _text)),
        "emailAddresses": _object(dict.fromkeys(EMAIL_KINDS, _list(_text))),
        "phoneNumbers": _object(dict.fromkeys(PHONE_KINDS, _list(_text))),
        "note": _text,
    },
    keep_empty=True,
)


def shaped(body: Any) -> Json:
    """
    The writable part of a body; may still break every rule of ``rules``.

    :raises Malformed: a member, or the body itself, has the wrong JSON type
    """
    contact = _CONTACT(body, "")
    if not isinstance(contact, dict):
        raise Malformed("")
    return contact
