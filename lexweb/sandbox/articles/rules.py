"""What the API refuses in a written article (behaviour.md, chapter 6; schema ArticleCreate)."""

from collections.abc import Iterator

from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.findings import amount, missing, one_of, wrong
from lexweb.sandbox.shaping import integer, members, number, text
from lexweb.sandbox.shelf import Shelf
from lexweb.sandbox.web import Json

TYPES, LEADING, RATES = ("PRODUCT", "SERVICE"), ("NET", "GROSS"), (0, 7, 19)
GTIN_LENGTHS = (8, 12, 13, 14)
TEXTS = ("title", "description", "type", "articleNumber", "gtin", "note", "unitName")
PRICE = members({"netPrice": number, "grossPrice": number, "leadingPrice": text, "taxRate": number}, keep_empty=True)
SHAPE = members(dict.fromkeys(TEXTS, text) | {"price": PRICE, "version": integer}, keep_empty=True)


def findings(draft: Json, shelf: Shelf, own_id: str | None = None) -> Iterator[Detail]:
    """
    Everything that is wrong with a shaped body; versions are not looked at.

    :param own_id: of the article that is replaced, which may keep its number
    """
    yield from (missing(name) for name in ("title", "type", "unitName", "price") if name not in draft)
    if "type" in draft:
        yield from one_of(draft["type"], TYPES, "type")
    if "gtin" in draft and not valid_gtin(draft["gtin"]):
        yield wrong("gtin", "ist keine gültige GTIN", "VALIDGTIN")
    if taken(draft, shelf, own_id):
        # The service calls it by its inner name.
        yield wrong("materialNumber", "ist schon vergeben", "MATERIAL_NUMBER_ALREADY_EXISTS")
    if "price" in draft:
        yield from _price(draft["price"])


def valid_gtin(gtin: str) -> bool:
    """GTIN-8, -12, -13 or -14 whose last digit is right."""
    if not (gtin.isascii() and gtin.isdigit() and len(gtin) in GTIN_LENGTHS):
        return False
    *body, check = map(int, gtin)
    total = sum(digit * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return (10 - total % 10) % 10 == check


def taken(draft: Json, shelf: Shelf, own_id: str | None) -> bool:
    """Has another article this number?"""
    wanted = draft.get("articleNumber")
    return wanted is not None and any(
        record.document["articleNumber"] == wanted and record.id != own_id for record in shelf
    )


def _price(price: Json) -> Iterator[Detail]:
    if "leadingPrice" in price:
        yield from one_of(price["leadingPrice"], LEADING, "price.leadingPrice")
        leading = "grossPrice" if price["leadingPrice"] == "GROSS" else "netPrice"
        yield from (
            amount(price[leading], 4, f"price.{leading}", 0) if leading in price else (missing(f"price.{leading}"),)
        )
    else:
        yield missing("price.leadingPrice")
    if "taxRate" not in price:
        yield missing("price.taxRate")
    elif price["taxRate"] not in RATES:
        yield wrong("price.taxRate", "muss 0, 7 oder 19 sein")
