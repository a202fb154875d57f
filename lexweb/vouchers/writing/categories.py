"""The posting categories that a line can have, and how the choice is narrowed down."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lexweb.clients.models import Connection
from lexweb.contacts.search import fold
from lexweb.masterdata import selectors as masterdata
from lexweb.vouchers.models import Detail
from lexweb.vouchers.writing import fields

INCOME, OUTGO = "income", "outgo"
COUNTED = 200  # of the newest vouchers: what a client books changes over the years


@dataclass(frozen=True)
class Category:
    """
    One category.

    :ivar contact_required: not with the collective contact
    :ivar split_allowed: False: all lines of its voucher have the same tax rate
    :ivar used: how many lines of this client's newest vouchers have it
    """

    id: str
    name: str
    group: str
    side: str  # INCOME or OUTGO
    contact_required: bool
    split_allowed: bool
    used: int = 0


def side(kind: str) -> str:
    """Return which categories fit a kind of voucher: INCOME or OUTGO."""
    return OUTGO if kind in fields.PURCHASES else INCOME


def every(connection: Connection) -> dict[str, Category]:
    """Return all categories of an account by id (lower case), without counting how often they are used."""
    found = (_category(entry) for entry in masterdata.categories(connection))
    return {category.id: category for category in found}


def choices(connection: Connection, kind: str) -> list[Category]:
    """Return the categories that fit the kind: those used most by this client first, then by group and name."""
    used = _used(connection, kind)
    fitting = (replace(each, used=used[each.id]) for each in every(connection).values() if each.side == side(kind))
    return sorted(fitting, key=lambda each: (-each.used, fold(each.group), fold(each.name)))


def search(categories: Iterable[Category], text: str) -> list[Category]:
    """Return those in whose name or group every word of the text occurs, in the order given."""
    words = fold(text).split()
    return [each for each in categories if all(word in fold(f"{each.name} {each.group}") for word in words)]


def _category(entry: dict[str, object]) -> Category:
    return Category(
        id=str(entry["id"]).lower(),
        name=str(entry.get("name") or ""),
        group=str(entry.get("groupName") or ""),
        side=str(entry.get("type") or ""),
        contact_required=bool(entry.get("contactRequired")),
        split_allowed=bool(entry.get("splitAllowed")),
    )


def _used(connection: Connection, kind: str) -> Counter[str]:
    kinds = [each for each in fields.KINDS if side(each) == side(kind)]
    newest = Detail.objects.filter(voucher__connection=connection, voucher__kind__in=kinds, raw__isnull=False)
    items = newest.order_by("-voucher__listed_on", "-voucher_id").values_list("raw__voucherItems", flat=True)
    return Counter(str(item.get("categoryId", "")).lower() for found in items[:COUNTED] for item in found or ())
