"""
The posting categories of bookkeeping vouchers (behaviour.md, chapter 12).

As many as a live account showed: 62 for income, 169 for outgo, 12 that ask for a contact. The ids that public
sources name are the real ones, the others are made up; so are most names and flags.
"""

import csv
import uuid
from functools import cache
from pathlib import Path

from lexweb.sandbox.web import Json

FILE = Path(__file__).parent / "data" / "posting_categories.csv"
NAMESPACE = uuid.UUID("3d0a3c63-8f0e-5c0e-9c2b-6f7f0a4c9d51")

# Distance sales to consumers in the EU, by the principle the organization has chosen.
DISTANCE_SALES = {
    "ORIGIN": frozenset({"7c112b66-0565-479c-bc18-5845e080880a", "d73b880f-c24a-41ea-a862-18d90e1c3d82"}),
    "DESTINATION": frozenset({"4ebd965a-7126-416c-9d8c-a5c9366ee473", "7ecea006-844c-4c98-a02d-aa3142640dd5"}),
}
REVERSE_CHARGE = ("§13b", "Innergemeinschaftlicher Erwerb")


@cache
def every() -> tuple[Json, ...]:
    """All categories as the API shows them."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(_category(row) for row in csv.DictReader(lines, delimiter=";"))


@cache
def by_id() -> dict[str, Json]:
    """All categories by their id."""
    return {category["id"]: category for category in every()}


def principle(category_id: str) -> str | None:
    """The distance sales principle a category belongs to, if it is one of those."""
    return next((name for name, ids in DISTANCE_SALES.items() if category_id in ids), None)


def is_reverse_charge(category: Json) -> bool:
    """Does the buyer owe the tax? Then items have a rate, but may have no tax."""
    return any(mark in category["name"] for mark in REVERSE_CHARGE)


def _category(row: dict[str, str]) -> Json:
    made_up = uuid.uuid5(NAMESPACE, f"{row['type']}/{row['groupName']}/{row['name']}")
    return {
        "id": row["id"] or str(made_up),
        "name": row["name"],
        "type": row["type"],
        "contactRequired": row["contactRequired"] == "true",
        "splitAllowed": row["splitAllowed"] == "true",
        "groupName": row["groupName"],
    }
