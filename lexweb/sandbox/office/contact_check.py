"""What people may not type into a contact: the API's rules, except for its limits (behaviour.md, chapter 7)."""

from lexweb.sandbox.bodies import Issue
from lexweb.sandbox.contacts import rules, shape, writing
from lexweb.sandbox.office.mistakes import Mistake
from lexweb.sandbox.web import Json

NAMES = {
    "roles": "Kunde oder Lieferant",
    "company.name": "Name",
    "person.lastName": "Nachname",
    "note": "Notiz",
}
GROUPS = {"emailAddresses": "E-Mail-Adresse", "phoneNumbers": "Telefonnummer", "addresses": "Adresse"}


def check(before: Json, after: Json) -> None:
    """
    Look at what a change adds, except for several entries in a list, which people may have.

    :raises Mistake: in sentences
    """
    known = {*rules.issues(shape.shaped(before)), *rules.crowded(after)} if before else set()
    if wrong := [issue for issue in rules.issues(shape.shaped(after)) if issue not in known]:
        raise Mistake(" ".join(dict.fromkeys(map(_sentence, wrong))))


def patched(contact: Json, patch: Json) -> Json:
    """
    What becomes of the contact.

    :raises Mistake: something in it would be wrong
    """
    after: Json = writing.merge(contact, patch)
    check(contact, after)
    return after


def _sentence(issue: Issue) -> str:
    source = issue.source or ""
    group = source.partition(".")[0].partition("[")[0]
    name = NAMES.get(source) or GROUPS.get(group) or source
    return f"{name} fehlt." if issue.key == "missing_entity" else f"{name} ist nicht gültig."
