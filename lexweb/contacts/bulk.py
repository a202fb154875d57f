"""Changing many contacts: first what would happen to each, then into the outbox exactly that."""

import hashlib
from dataclasses import dataclass, field
from uuid import UUID

from django.core import signing
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lexweb.clients.models import Client, Connection
from lexweb.contacts import acts, fields, models, policies
from lexweb.contacts.models import Contact
from lexweb.contacts.selection import Selection
from lexweb.contacts.wishes import TooLong, Wish
from lexweb.firm.models import Staff
from lexweb.outbox import services as outbox
from lexweb.outbox.models import Batch

SHOWN = 50
NAMED = 10  # of those left out for one reason
SALT = "lexweb.contacts.bulk"
SECONDS_EACH = 1.1  # two requests: to change it, and to read it back

REASONS: dict[str, Promise] = {
    "same": _("already as wished"),
    "locked": _("locked: one of its lists has more than one entry, so only Lexware Office itself can change it"),
    "archived": _("archived"),
    "too_long": _("the note would become longer than 1,000 characters"),
}


class Changed(Exception):
    """What would be changed is not what the person has seen."""


@dataclass(frozen=True)
class Preview:
    """One contact that will be changed: the texts of the field before and after."""

    contact: Contact
    before: str
    after: str


@dataclass
class LeftOut:
    """Contacts that stay as they are, for one reason; the first ones by name."""

    words: Promise
    count: int = 0
    names: list[str] = field(default_factory=list)


@dataclass
class Plan:
    """What a wish means for what was chosen; `found` is how many contacts that is now."""

    wish: Wish
    found: int = 0
    previews: list[Preview] = field(default_factory=list)
    targets: list[tuple[UUID, str]] = field(default_factory=list)
    left_out: dict[str, LeftOut] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Return how many contacts will be changed."""
        return len(self.targets)

    @property
    def more(self) -> int:
        """Return how many of them are not shown."""
        return self.count - len(self.previews)

    @property
    def skipped(self) -> int:
        """Return how many stay as they are."""
        return self.found - self.count

    @property
    def minutes(self) -> int:
        """Return how long sending takes at least."""
        return round(self.count * SECONDS_EACH / 60)

    @property
    def stays(self) -> list[LeftOut]:
        """Return what is left out, the largest group first."""
        return sorted(self.left_out.values(), key=lambda group: -group.count)

    @property
    def digest(self) -> str:
        """Return a text that differs when anything else would be done."""
        seal = hashlib.sha256(repr(self.wish).encode())
        for contact_id, _name in sorted(self.targets):
            seal.update(contact_id.bytes)
        return seal.hexdigest()

    def signed(self, batch_id: UUID) -> str:
        """Return what the person agrees to with the button, and the number of the batch it makes."""
        return signing.dumps([str(batch_id), self.digest], salt=SALT)


def plan(connection: Connection, selection: Selection, wish: Wish) -> Plan:
    """Return what the wish would change."""
    made = Plan(wish)
    rows = selection.contacts(connection).only("lexware_id", "listed_as", "archived", "raw")
    for contact in rows.iterator(chunk_size=500):
        made.found += 1
        _add(made, contact)
    return made


def start(client: Client, plan: Plan, *, agreed: str, by: Staff) -> Batch:
    """
    Put the changes into the outbox, once however often the button is pressed.

    :param agreed: the text of `Plan.signed` that the person has seen
    :raises Changed: it does not belong to this plan
    """
    try:
        batch_id, digest = signing.loads(agreed, salt=SALT)
    except signing.BadSignature:
        raise Changed from None
    if digest != plan.digest:
        raise Changed
    wanted = (outbox.Wanted(models.target(contact_id), name) for contact_id, name in plan.targets)
    return outbox.put(client.connection, acts.CHANGE, wanted, wish=plan.wish.stored, by=by, batch_id=UUID(batch_id))


def _add(plan: Plan, contact: Contact) -> None:
    before = fields.read(contact.raw)
    reason = _reason(contact, before, plan.wish)
    if reason:
        left_out = plan.left_out.setdefault(reason, LeftOut(REASONS[reason]))
        left_out.count += 1
        if len(left_out.names) < NAMED:
            left_out.names.append(contact.listed_as)
        return
    plan.targets.append((contact.lexware_id, contact.listed_as))
    if len(plan.previews) < SHOWN:
        values = before | plan.wish.values(before)
        plan.previews.append(Preview(contact, _text(plan.wish, before), _text(plan.wish, values)))


def _reason(contact: Contact, before: fields.Values, wish: Wish) -> str:
    """Return why the contact stays as it is, or an empty string."""
    if contact.archived:
        return "archived"
    try:
        values = wish.values(before)
    except TooLong:
        return "too_long"
    if not any(fields.differing(before, values)):
        return "same"
    return "locked" if policies.locks(contact.raw) else ""


def _text(wish: Wish, values: fields.Values) -> str:
    if wish.change in fields.ROLES:
        return ", ".join(gettext(fields.BY_NAME[role].label) for role in fields.ROLES if values[role])
    return str(values["note"])
