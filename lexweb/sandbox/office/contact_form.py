"""Between a contact and the form that people fill in. Changes are JSON merge patches."""

from typing import Any

from lexweb.sandbox.contacts import shape
from lexweb.sandbox.office.mistakes import Mistake
from lexweb.sandbox.web import Json

Form = dict[str, str]
PLACE = ("street", "zip", "city")


def fields(contact: Json) -> Form:
    """What the form shows; lists by their first entry."""
    person = contact.get("person", {})
    return {
        "first_name": person.get("firstName", ""),
        "name": contact["company"]["name"] if "company" in contact else person["lastName"],
        "email": _first(contact, "emailAddresses")[1] or "",
        "phone": _first(contact, "phoneNumbers")[1] or "",
        "city": _billing(contact)[0].get("city", ""),
        "note": contact.get("note", ""),
    }


def changes(contact: Json, form: Form) -> Json:
    """The patch for a form: only what differs, so that lists with more entries survive. A name cannot be emptied."""
    before = {name: _plain(value) for name, value in fields(contact).items()}
    typed = {name: _plain(form.get(name, value)) for name, value in before.items()}
    new = {name: value for name, value in typed.items() if value != before[name]}
    patch: Json = _named(contact, new) | ({"note": new["note"] or None} if "note" in new else {})
    for field, group in (("email", "emailAddresses"), ("phone", "phoneNumbers")):
        if field in new:
            patch[group] = _with_first(contact, group, new[field])
    if "city" in new:
        first, *others = _billing(contact)
        patch["addresses"] = {"billing": [{"countryCode": "DE"} | first | {"city": new["city"]}, *others]}
    return patch


def another_email(contact: Json, form: Form) -> Json:
    """One more e-mail address, of the kind that is there. With two of them the API can change the contact no more."""
    email = form.get("email", "").strip()
    if not email:
        raise Mistake("Bitte eine E-Mail-Adresse eingeben.")
    kind, _ = _first(contact, "emailAddresses")
    return {"emailAddresses": {kind: [*contact.get("emailAddresses", {}).get(kind, []), email]}}


def another_address(contact: Json, form: Form) -> Json:
    """One more billing address. With two of them the API can change the contact no more."""
    if not (address := _address(form)):
        raise Mistake("Bitte eine Adresse eingeben.")
    return {"addresses": {"billing": [*contact.get("addresses", {}).get("billing", []), address]}}


def draft(form: Form) -> Json:
    """A new contact."""
    typed = {name: _plain(value) for name, value in form.items()}
    last = typed.get("name", "")
    person = {"firstName": typed.get("first_name", ""), "lastName": last}
    body: Json = {"person": person} if typed.get("kind") == "person" else {"company": {"name": last}}
    body["roles"] = {role: {} for role in ("customer", "vendor") if role in typed}
    body |= {
        "emailAddresses": {"business": [typed.get("email", "")]},
        "phoneNumbers": {"business": [typed.get("phone", "")]},
    }
    body["addresses"] = {"billing": [address] if (address := _address(typed)) else []}
    return shape.shaped(body)


def _named(contact: Json, new: Form) -> Json:
    if "company" in contact:
        return {"company": {"name": new["name"]}} if new.get("name") else {}
    person: Json = {"lastName": new["name"]} if new.get("name") else {}
    person |= {"firstName": new["first_name"] or None} if "first_name" in new else {}
    return {"person": person} if person else {}


def _address(form: Form) -> Json:
    place = {name: form[name].strip() for name in PLACE if form.get(name, "").strip()}
    return place | {"countryCode": "DE"} if place else {}


def _billing(contact: Json) -> list[Json]:
    return contact.get("addresses", {}).get("billing") or [{}]


def _first(contact: Json, group: str) -> tuple[str, str | None]:
    """Kind and value of the first entry among e-mails or phone numbers."""
    kinds: dict[str, Any] = contact.get(group, {})
    return next(((kind, entries[0]) for kind, entries in kinds.items() if entries), ("business", None))


def _with_first(contact: Json, group: str, value: str) -> Json | None:
    kind, _ = _first(contact, group)
    entries = ([value] if value else []) + contact.get(group, {}).get(kind, [])[1:]
    others = any(other != kind for other in contact.get(group, {}))
    return {kind: entries or None} if entries or others else None


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
