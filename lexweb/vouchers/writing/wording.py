"""The values of a voucher's form in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _

from lexweb.clients.models import Connection
from lexweb.contacts.models import Contact
from lexweb.ui.typed_fields import day_text
from lexweb.vouchers.kinds import kind_text
from lexweb.vouchers.writing import fields
from lexweb.vouchers.writing.categories import Category


def kinds() -> list[tuple[str, str]]:
    """Return the kinds that can be written, those of daily work first."""
    order = ("purchaseinvoice", "salesinvoice", "purchasecreditnote", "salescreditnote")
    return [(kind, kind_text(kind)) for kind in order]


def tax_types() -> list[tuple[str, str]]:
    """Return how amounts can be meant."""
    return [("gross", _("Gross")), ("net", _("Net")), ("vatfree", _("Free of VAT"))]


def value(connection: Connection, name: str, given: Any, known: Mapping[str, Category]) -> str:
    """Return a value in words; "" if there is nothing special to say about it."""
    if name == "type":
        return kind_text(str(given)) if given else ""
    if name == "tax_type":
        return dict(tax_types()).get(str(given), "")
    if name == "contact_id":
        return contact(connection, given) if given else ""
    if name == "lines":
        return "; ".join(line(each, known) for each in given or ())
    if fields.BY_NAME[name].kind == "day" and given:
        return _day(given)
    return ""


def contact(connection: Connection, contact_id: Any) -> str:
    """Return the name of a contact; the id if we do not know it."""
    try:
        found = Contact.objects.filter(connection=connection, lexware_id=UUID(str(contact_id))).first()
    except ValueError:
        found = None
    return found.name if found else str(contact_id)


def line(values: Mapping[str, str], known: Mapping[str, Category]) -> str:
    """Return a line in one: 119,00 · 19 % · office supplies."""
    category = values.get("category_id") or ""
    name = known[category].name if category in known else category
    rate = f"{_number(values['tax_rate'])} %" if values.get("tax_rate") else ""
    return " · ".join(part for part in (_number(values.get("amount") or ""), rate, name) if part)


def _number(text: str) -> str:
    try:
        return str(formats.number_format(text, use_l10n=True, force_grouping=True)) if text else ""
    except (TypeError, ValueError):
        return text


def _day(given: Any) -> str:
    try:
        return day_text(given if isinstance(given, date) else date.fromisoformat(str(given)))
    except ValueError:
        return str(given)
