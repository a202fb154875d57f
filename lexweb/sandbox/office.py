"""Pages for people: the web application of Lexware Office, reduced to what provokes conflicts in a demo."""

from typing import Any

from lexweb.sandbox.contacts import writing
from lexweb.sandbox.contacts.book import Record
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, App, Call, Json, Refused, as_page, redirect

PAGE = 50


class Office:
    """Handlers over one state."""

    def __init__(self, state: State) -> None:
        self._state = state

    def start(self, call: Call, /) -> Answer:
        """GET /: all organizations."""
        with self._state.lock:
            return as_page("organizations", organizations=list(self._state.organizations.values()))

    def contacts(self, call: Call, /, organization_id: str) -> Answer:
        """GET /o/{organization}: its contacts, ``q`` searches names, 50 on a page."""
        with self._state.lock:
            organization = self._organization(organization_id)
            wanted, number = call.params.get("q", ""), call.params.get("page", "0")
            page = int(number) if number.isdecimal() and len(number) < 9 else 0
            found = [r for r in organization.contacts.ordered() if wanted.casefold() in r.name.casefold()]
            rows = [(r.contact, r.name) for r in found[page * PAGE : (page + 1) * PAGE]]
            more = len(found) > (page + 1) * PAGE
            return as_page(
                "contacts",
                organization=organization,
                rows=rows,
                q=wanted,
                page=page,
                total=len(found),
                more=more,
            )

    def contact(self, call: Call, /, organization_id: str, contact_id: str) -> Answer:
        """GET the form of one contact, or POST what the client changes in it."""
        with self._state.lock:
            organization = self._organization(organization_id)
            record = organization.contacts.get(contact_id)
            if record is None:
                raise Refused(_missing())
            if call.method == "POST":
                self._save(organization, record, call.form)
                return redirect(f"{call.path}?saved=1")
            fields = _fields(record.contact)
            return as_page(
                "contact",
                organization=organization,
                contact=record.contact,
                fields=fields,
                name=record.name,
                saved="saved" in call.params,
            )

    def permalink(self, call: Call, /, contact_id: str) -> Answer:
        """GET /permalink/contacts/view/{id}, a deep link (behaviour.md, chapter 14)."""
        with self._state.lock:
            organization = self._state.organization_of_contact(contact_id)
        if organization is None:
            return _missing()
        return redirect(f"/o/{organization.id}/contacts/{contact_id}", status=302)

    def _organization(self, organization_id: str) -> Organization:
        organization = self._state.organizations.get(organization_id)
        if organization is None:
            raise Refused(_missing())
        return organization

    def _save(self, organization: Organization, record: Record, form: dict[str, str]) -> None:
        action = form.get("action", "save")
        if action in {"archive", "restore"}:
            changes: Json = {"archived": action == "archive"}
        elif action == "second_email":
            changes = _second_email(record.contact)
        else:
            changes = _changes(record.contact, form)
        writing.edit(organization.contacts, record, changes, now=self._state.clock.stamp())
        self._state.changed()


def mount(app: App, state: State) -> None:
    """Add the pages."""
    office = Office(state)
    app.route("GET", "/", office.start)
    app.route("GET", "/o/<organization_id>", office.contacts)
    app.route("GET POST", "/o/<organization_id>/contacts/<contact_id>", office.contact)
    app.route("GET", "/permalink/contacts/view/<contact_id>", office.permalink)


def _fields(contact: Json) -> dict[str, str]:
    """What the form shows; lists by their first entry."""
    return {
        "name": contact["company"]["name"] if "company" in contact else contact["person"]["lastName"],
        "email": _first(contact, "emailAddresses")[1] or "",
        "phone": _first(contact, "phoneNumbers")[1] or "",
        "city": ((contact.get("addresses", {}).get("billing") or [{}])[0]).get("city", ""),
        "note": contact.get("note", ""),
    }


def _changes(contact: Json, form: dict[str, str]) -> Json:
    """The merge patch for a form; only what differs, so that lists with more entries survive."""
    before = _fields(contact)
    typed = {name: form.get(name, value).replace("\r\n", "\n").strip() for name, value in before.items()}
    changes: Json = {}
    if typed["name"] and typed["name"] != before["name"]:
        part, member = ("company", "name") if "company" in contact else ("person", "lastName")
        changes[part] = {member: typed["name"]}
    if typed["note"] != before["note"]:
        changes["note"] = typed["note"] or None
    for field, group in (("email", "emailAddresses"), ("phone", "phoneNumbers")):
        if typed[field] != before[field]:
            changes[group] = _with_first(contact, group, typed[field])
    if typed["city"] != before["city"]:
        addresses = contact.get("addresses", {}).get("billing") or [{"countryCode": "DE"}]
        changes["addresses"] = {"billing": [addresses[0] | {"city": typed["city"]}, *addresses[1:]]}
    return changes


def _first(contact: Json, group: str) -> tuple[str, str | None]:
    """Kind and value of the first entry among e-mails or phone numbers."""
    kinds: dict[str, Any] = contact.get(group, {})
    return next(((kind, entries[0]) for kind, entries in kinds.items() if entries), ("business", None))


def _with_first(contact: Json, group: str, value: str) -> Json | None:
    kind, _ = _first(contact, group)
    entries = ([value] if value else []) + contact.get(group, {}).get(kind, [])[1:]
    others = any(other != kind for other in contact.get(group, {}))
    return {kind: entries or None} if entries or others else None


def _second_email(contact: Json) -> Json:
    kind, first = _first(contact, "emailAddresses")
    entries = contact.get("emailAddresses", {}).get(kind, [])
    domain = (first or "@kunde.example").partition("@")[2]
    extra = [f"zweite-adresse@{domain}"] if first else [f"erste-adresse@{domain}", f"zweite-adresse@{domain}"]
    return {"emailAddresses": {kind: [*entries, *extra]}}


def _missing() -> Answer:
    return as_page("error", 404, title="Nicht gefunden", message="Diesen Eintrag gibt es hier nicht.")
