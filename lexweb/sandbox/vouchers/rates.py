"""Tax rates a voucher item may have (behaviour.md, chapters 8 and 12)."""

from decimal import Decimal

from lexweb.sandbox import categories
from lexweb.sandbox.organizations import Organization

GERMAN = frozenset(map(Decimal, (0, 5, 7, 16, 19)))  # at any date
# Standard and reduced rates in the other countries of the EU. An item does not name its country.
_HALVES = ("2.1", "4.8", "5.5", "9.5", "13.5", "25.5")
EUROPEAN = frozenset(map(Decimal, (0, *range(3, 16), *range(17, 26), 27, *_HALVES)))


def allowed(category_id: str) -> frozenset[Decimal]:
    """The rates of a category: the customer's country's for distance sales by DESTINATION, else the German ones."""
    return EUROPEAN if categories.principle(category_id) == "DESTINATION" else GERMAN


def usable(category_id: str, organization: Organization) -> bool:
    """Distance sales need the principle the organization has chosen."""
    return categories.principle(category_id) in {None, organization.distance_sales_principle}
