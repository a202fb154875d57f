"""Choosing the contact of a voucher: suppliers for purchases, customers for sales, the others after them."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from lexweb.clients.models import Connection
from lexweb.contacts import search
from lexweb.contacts.models import Contact
from lexweb.vouchers.form import copying
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import categories, fields, wording

SHOWN = 20
LINES = 3  # of an earlier voucher, to recognize it by


class ContactSelect(forms.Select):
    """A select of the contact chosen and those found; with a script it searches by itself."""

    def __init__(self) -> None:
        super().__init__({"data-picker": True})


@dataclass(frozen=True)
class Earlier:
    """An earlier voucher of the contact, with its first lines in words."""

    voucher: Voucher
    lines: list[str]


def role(*, purchase: bool) -> str:
    """Return the role that fits: vendor or customer."""
    return "vendor" if purchase else "customer"


def find(connection: Connection, text: str, *, purchase: bool) -> list[Contact]:
    """Return the contacts that fit what was typed; those with the role that fits come first."""
    found = Contact.objects.filter(connection=connection, archived__in=[False])
    for needle in search.needles(text):
        found = found.filter(search__contains=needle)
    fitting = Q(**{f"is_{role(purchase=purchase)}": True})
    rows = list(_ordered(found.filter(fitting))[:SHOWN])
    return rows + list(_ordered(found.exclude(fitting))[: SHOWN - len(rows)])


def choices(
    connection: Connection, chosen: str, text: str, *, purchase: bool, name: str = ""
) -> list[tuple[str, str]]:  # fmt: skip
    """
    Return what a select offers: the contact that is chosen, and those that were looked for without a script.

    :param name: of the one that is chosen, if it is known
    """
    offered = [("", _("No contact"))]
    if chosen:
        offered.append((chosen, name or wording.contact(connection, chosen)))
    found = find(connection, text, purchase=purchase) if text else []
    return offered + [(str(each.lexware_id), each.listed_as) for each in found if str(each.lexware_id) != chosen]


def note(contact: Contact) -> str:
    """Return what tells contacts of the same name apart: number, place, role."""
    return " · ".join(_parts(contact))


def _ordered(found: QuerySet[Contact]) -> QuerySet[Contact]:
    return found.only("lexware_id", "listed_as", "city", "is_vendor", "is_customer", "number").order_by(
        F("sort_name"), F("id")
    )


def _parts(contact: Contact) -> Iterator[str]:
    if contact.number:
        yield str(contact.number)
    if contact.city:
        yield contact.city
    if not contact.is_vendor and contact.is_customer:
        yield _("Customer")
    elif contact.is_vendor and not contact.is_customer:
        yield _("Vendor")


def earlier(connection: Connection, contact_id: str) -> list[Earlier]:
    """Return earlier vouchers of a contact, the newest first; none for what is no id."""
    try:
        found = copying.earlier(connection, UUID(contact_id))
    except ValueError:
        return []
    known = categories.every(connection) if found else {}
    return [Earlier(each, _lines(each, known)) for each in found]


def _lines(voucher: Voucher, known: dict[str, categories.Category]) -> list[str]:
    return [wording.line(line, known) for line in fields.read(voucher.detail.raw)["lines"][:LINES]]
