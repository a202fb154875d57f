"""Changing many contacts: what would happen to each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lexweb.clients.models import Connection
from lexweb.contacts import acts, fields, policies
from lexweb.contacts.models import Contact
from lexweb.contacts.wishes import TooLong, Wish
from lexweb.outbox.plans import Plan
from lexweb.outbox.services import Wanted

REASONS: dict[str, Promise] = {
    "same": _("already as wished"),
    "locked": _("locked: one of its lists has more than one entry, so only Lexware Office itself can change it"),
    "archived": _("archived"),
    "too_long": _("the note would become longer than 1,000 characters"),
}


@dataclass(frozen=True)
class Preview:
    """One contact that will be changed: the texts of the field before and after."""

    contact: Contact
    before: str
    after: str


def plan(connection: Connection, chosen: QuerySet[Contact], wish: Wish) -> Plan[Preview]:
    """Return what the wish would change."""
    made: Plan[Preview] = Plan(acts.CHANGE, wish.stored)
    rows: Iterable[Contact] = chosen.only("lexware_id", "listed_as", "archived", "raw").iterator(chunk_size=500)
    for contact in rows:
        made.found += 1
        _add(made, connection, contact, wish)
    return made


def _add(plan: Plan[Preview], connection: Connection, contact: Contact, wish: Wish) -> None:
    before = fields.read(contact.raw)
    if reason := _reason(contact, before, wish):
        plan.leave_out(reason, REASONS[reason], contact.listed_as)
        return
    values = before | wish.values(before)
    preview = Preview(contact, _text(wish, before), _text(wish, values))
    plan.add(connection, Wanted(contact.target, contact.listed_as), preview)


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
