"""What stands in a sales document: line items, before they are priced."""

from lexweb.sandbox.seed.books.catalog import Ware
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.seed.books.taxing import Tax
from lexweb.sandbox.web import Json

BY_HALVES = {"Stunde", "lfm", "m²", "Tag", "m³", "kg", "Liter"}
BY_DOZENS = {"m", "Flasche", "Person", "km", "Bild", "Kartusche"}
NOTES = (
    ("Hinweis", "Die Stundenzettel liegen bei."),
    ("Lieferung", "Abholung nach telefonischer Absprache."),
    ("Gewährleistung", "Es gelten unsere Allgemeinen Geschäftsbedingungen."),
    ("Bauabschnitt", "Erdgeschoss & Dachgeschoss, „Haus Lindenhof“"),
)
DETAILS = (
    "laut Absprache vor Ort",
    "gemäß Ihrer Bestellung",
    "einschließlich Kleinmaterial",
    "Ausführung wie bemustert",
)
EXPENSIVE = 200_000  # cents: of such things one is enough


def items(ledger: Ledger, wares: list[Ware], tax: Tax, count: int) -> list[Json]:
    """``count`` line items, now and then a note or a description among them."""
    random = ledger.random
    found = [item(ledger, wares[int(len(wares) * random.random())], tax) for _ in range(count)]
    if random.random() < 0.12:
        name, description = random.choice(NOTES)
        found.append({"type": "text", "name": name, "description": description})
    return found


def item(ledger: Ledger, ware: Ware, tax: Tax) -> Json:
    """One line item of something that is sold."""
    random, good = ledger.random, ware.good
    line: Json = {"id": ware.article_id} if ware.article_id else {}
    line["type"] = ("service" if good.service else "material") if ware.article_id else "custom"
    line["name"] = ware.name
    if random.random() < 0.15:
        line["description"] = random.choice(DETAILS)
    line["quantity"] = _quantity(ledger, ware)
    line["unitName"] = good.unit
    line["unitPrice"] = price(ledger.company.tax_type, ware.cents, good.rate, tax)
    line["discountPercentage"] = random.choice((3, 5, 10)) if random.random() < 0.07 else 0
    return line


def with_choices(items: list[Json]) -> list[Json]:
    """The same items with choices for a quotation: the first one cheaper as well, the last one optional."""
    first, *others = ({**each, "alternative": False, "optional": False} for each in items)
    if "unitPrice" not in first or not others or "unitPrice" not in others[-1]:
        return items
    cheaper = {**first, "type": "custom", "name": f"{first['name']} (einfache Ausführung)", "alternative": True}
    cheaper.pop("id", None)
    others[-1]["optional"] = True
    return [first | {"subItems": [_reduced(cheaper)]}, *others]


def worth(items: list[Json]) -> float:
    """About what they cost, in euros, without discounts."""
    prices = [(each["unitPrice"], each["quantity"]) for each in items if "unitPrice" in each]
    total: float = sum(price.get("grossAmount", price.get("netAmount", 0)) * quantity for price, quantity in prices)
    return total


def _reduced(item: Json) -> Json:
    name = "grossAmount" if "grossAmount" in item["unitPrice"] else "netAmount"
    return item | {"unitPrice": item["unitPrice"] | {name: round(item["unitPrice"][name] * 0.8, 2)}}


def price(quoted: str, cents: int, rate: int, tax: Tax) -> Json:
    """
    The price of one unit, gross for gross documents and else net.

    :param quoted: the tax type in which the organization quotes its prices
    :param cents: the price as it is quoted
    :param rate: the German tax rate
    """
    gross = tax.type == "gross"
    if gross and quoted == "net":
        cents = _rounded(cents * (100 + rate), 100)
    elif not gross and quoted == "gross":
        cents = _rounded(cents * 100, 100 + rate)
    name = "grossAmount" if gross else "netAmount"
    return {"currency": "EUR", name: cents / 100, "taxRatePercentage": tax.rate(rate)}


def _quantity(ledger: Ledger, ware: Ware) -> float:
    chance, unit = ledger.random.random() ** 2, ware.good.unit
    if unit in ("Pauschale", "Paket", "Satz", "Set") or ware.cents > EXPENSIVE:
        return 1
    if unit in BY_HALVES:
        halves = 1 + int(chance * 30)
        return halves // 2 if halves % 2 == 0 else halves / 2
    return 1 + int(chance * (60 if unit in BY_DOZENS else 9))


def _rounded(top: int, bottom: int) -> int:
    return (2 * top + bottom) // (2 * bottom)
