"""What the API refuses in a written voucher (behaviour.md, chapter 12; schemas VoucherCreate and VoucherUpdate)."""

import uuid
from collections.abc import Iterator
from typing import Any

from lexweb.sandbox import categories
from lexweb.sandbox.amounts import decimal
from lexweb.sandbox.bodies import Issue
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.vouchers import days, kinds, rates, sums
from lexweb.sandbox.vouchers.shape import DAYS
from lexweb.sandbox.web import Json

BOOKED = ("voucherNumber", "voucherDate", "totalGrossAmount", "totalTaxAmount", "voucherItems")
ITEM = ("amount", "taxAmount", "taxRatePercent", "categoryId")


def issues(draft: Json, organization: Organization, *, unchecked: bool) -> list[Issue]:
    """Everything that is wrong with a shaped body; status, version and files are not looked at."""
    return [
        *_head(draft, unchecked),
        *_days(draft),
        *_amounts(draft, ("totalGrossAmount", "totalTaxAmount"), ""),
        *_contact(draft, organization),
        *_items(draft, organization),
        *_split(draft),
        *sums.issues(draft),
    ]


def canonical_id(text: str) -> str | None:
    """An id in the one spelling that records have; None if it is none."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return None


def _head(draft: Json, unchecked: bool) -> Iterator[Issue]:
    for name, known in (("type", kinds.EVERY), ("taxType", kinds.TAX_TYPES)):
        if name not in draft:
            yield Issue("missing_entity", name)
        elif draft[name] not in known:
            yield Issue("invalid_value", name)
    if unchecked:
        if draft.get("taxType") == "net":  # the reference excludes the two together
            yield Issue("invalid_value", "taxType")
        return
    yield from (Issue("missing_entity", name) for name in BOOKED if name not in draft)


def _days(draft: Json) -> Iterator[Issue]:
    for name in DAYS:
        if name in draft and not _is_day(draft[name]):
            yield Issue("invalid_value", name)
    if "shippingDate" in draft and draft.get("type") in kinds.PURCHASES:
        yield Issue("invalid_value", "shippingDate")


def _is_day(text: str) -> bool:
    try:
        days.parsed(text)
    except ValueError:
        return False
    return True


def _contact(draft: Json, organization: Organization) -> Iterator[Issue]:
    """
    Either the collective contact or a stored one. Its role is not looked at: the reference asks for customers
    even for purchases, which looks like a mistake.
    """
    if draft.get("useCollectiveContact"):
        return
    if "contactId" not in draft:
        yield Issue("missing_entity", "contactId")
    elif organization.contacts.get(canonical_id(draft["contactId"]) or "") is None:
        yield Issue("invalid_value", "contactId")


def _items(draft: Json, organization: Organization) -> Iterator[Issue]:
    for index, item in enumerate(draft.get("voucherItems", [])):
        source = f"voucherItems[{index}]."
        yield from (Issue("missing_entity", source + name) for name in ITEM if name not in item)
        yield from _amounts(item, ("amount", "taxAmount"), source)
        if "categoryId" in item:
            yield from _category(draft, item, organization, source)


def _category(draft: Json, item: Json, organization: Organization, source: str) -> Iterator[Issue]:
    category = categories.by_id().get(canonical_id(item["categoryId"]) or "")
    if category is None or (draft.get("type") in kinds.EVERY and category["type"] != kinds.side(draft["type"])):
        yield Issue("invalid_value", f"{source}categoryId")
        return
    if not rates.usable(category["id"], organization):
        yield Issue("invalid_value", f"{source}categoryId")
    if "taxRatePercent" in item and not _has_rate(draft, item["taxRatePercent"], category["id"]):
        yield Issue("invalid_value", f"{source}taxRatePercent")
    if category["contactRequired"] and draft.get("useCollectiveContact"):
        yield Issue("missing_entity", "contactId")


def _has_rate(draft: Json, rate: Any, category_id: str) -> bool:
    if draft.get("taxType") == "vatfree":
        return decimal(rate) == 0
    return decimal(rate) in rates.allowed(category_id)


def _split(draft: Json) -> Iterator[Issue]:
    """Mixed tax rates are only for categories that allow it."""
    items = [item for item in draft.get("voucherItems", []) if set(ITEM) <= set(item)]
    if len({decimal(item["taxRatePercent"]) for item in items}) < 2:
        return
    for index, item in enumerate(draft["voucherItems"]):
        category = categories.by_id().get(canonical_id(item.get("categoryId", "")) or "")
        if category and not category["splitAllowed"]:
            yield Issue("invalid_value", f"voucherItems[{index}].categoryId")


def _amounts(holder: Json, names: tuple[str, ...], source: str) -> Iterator[Issue]:
    for name in names:
        if name in holder and not sums.is_exact(holder[name]):
            yield Issue("invalid_value", source + name)
    if holder.get("totalGrossAmount", 0) < 0:  # what is paid back is a credit note
        yield Issue("invalid_value", "totalGrossAmount")
