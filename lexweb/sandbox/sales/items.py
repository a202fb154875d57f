"""What line items have to be like (behaviour.md, chapter 8)."""

from collections.abc import Iterator

from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.findings import amount, blank, long, missing, one_of, wrong
from lexweb.sandbox.sales import tax_rates
from lexweb.sandbox.sales.draft import Draft
from lexweb.sandbox.web import Json

MOST, NAME, DESCRIPTION = 300, 255, 2_000
ARTICLES, TYPES = ("service", "material"), ("service", "material", "custom", "text")


def findings(draft: Draft) -> Iterator[Detail]:
    """What is wrong with the line items."""
    items = draft.body.get("lineItems")
    if items is None:
        return
    if not items:
        yield wrong("lineItems", "darf nicht leer sein", "NOTEMPTY")
    if len(items) > MOST:
        yield wrong("lineItems", f"Größe muss zwischen 0 und {MOST} sein", "SIZE")
        return
    for index, item in enumerate(items):
        source = f"lineItems[{index}]"
        yield from _item(draft, item, source)
        yield from _choice(draft, item, source)


def _item(draft: Draft, item: Json, source: str) -> Iterator[Detail]:
    yield from blank(item, "name", f"{source}.name")
    yield from long(item, "name", NAME, f"{source}.name")
    yield from long(item, "description", DESCRIPTION, f"{source}.description")
    kind = item.get("type")
    if kind is None:
        yield missing(f"{source}.type")
    elif kind == "text":
        if "unitPrice" in item:
            yield wrong(f"{source}.unitPrice", "Textpositionen haben keinen Preis")
    else:
        yield from one_of(kind, TYPES, f"{source}.type")
        yield from _article(draft, item, source)
        yield from _priced(draft, item, source)


def _article(draft: Draft, item: Json, source: str) -> Iterator[Detail]:
    if item["type"] not in ARTICLES:
        return
    if "id" not in item:
        yield missing(f"{source}.id")
    elif draft.organization.shelf("articles").get(item["id"].lower()) is None:
        yield wrong(f"{source}.id", "Artikel nicht gefunden")


def _priced(draft: Draft, item: Json, source: str) -> Iterator[Detail]:
    yield from blank(item, "unitName", f"{source}.unitName")
    if "quantity" in item:
        yield from amount(item["quantity"], 4, f"{source}.quantity")
    else:
        yield missing(f"{source}.quantity")
    if "discountPercentage" in item:
        yield from amount(item["discountPercentage"], 2, f"{source}.discountPercentage", 0, 100)
    if "unitPrice" in item:
        yield from _price(draft, item["unitPrice"], f"{source}.unitPrice")
    elif draft.kind.summed:  # on delivery notes prices are optional
        yield missing(f"{source}.unitPrice")


def _price(draft: Draft, price: Json, source: str) -> Iterator[Detail]:
    leading = "grossAmount" if draft.tax_type == "gross" else "netAmount"
    if leading in price:
        yield from amount(price[leading], 4, f"{source}.{leading}")
    else:
        yield missing(f"{source}.{leading}")
    if "currency" in price:
        yield from one_of(price["currency"], ("EUR",), f"{source}.currency")
    else:
        yield missing(f"{source}.currency")
    if "taxRatePercentage" in price:
        yield from _rate(draft, price["taxRatePercentage"], f"{source}.taxRatePercentage")
    else:
        yield missing(f"{source}.taxRatePercentage")


def _rate(draft: Draft, rate: float, source: str) -> Iterator[Detail]:
    known = _rates(draft)
    if known is not None and rate not in known:
        yield wrong(source, "Steuersatz ist nicht gültig")


def _rates(draft: Draft) -> frozenset[float] | None:
    """The rates this document may have; None if its dates are unusable, which has a finding of its own."""
    if draft.tax_type in tax_rates.UNTAXED:
        return frozenset((0,))
    if draft.body.get("taxConditions", {}).get("taxSubType"):
        abroad = tax_rates.destination(draft.address.get("countryCode", ""))
        if draft.organization.distance_sales_principle == "DESTINATION" and abroad:
            return abroad
    return tax_rates.german(draft.tax_day) if draft.tax_day else None


def _choice(draft: Draft, item: Json, source: str) -> Iterator[Detail]:
    """Optional positions are on the top level, alternatives below the position they could replace."""
    if item.get("alternative"):
        yield wrong(f"{source}.alternative", "nur innerhalb von subItems möglich")
    for index, sub in enumerate(item.get("subItems", [])):
        yield from _item(draft, sub, f"{source}.subItems[{index}]")
        if not sub.get("alternative"):
            yield wrong(f"{source}.subItems[{index}].alternative", "muss true sein")
        if sub.get("optional"):
            yield wrong(f"{source}.subItems[{index}].optional", "ist in subItems nicht möglich")
