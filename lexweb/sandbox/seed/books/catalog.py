"""The articles of an organization, and what is sold without being one."""

from dataclasses import dataclass
from itertools import islice

from lexweb.sandbox.seed import trades
from lexweb.sandbox.seed.books import days
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.seed.trades.tables import Good
from lexweb.sandbox.web import Json

SERIES = ("Alster", "Elbe", "Fleet", "Jade", "Weser", "Ems", "Förde", "Bille")
WIDTHS = ("15 mm", "18 mm", "22 mm", "28 mm", "35 mm", "42 mm", "54 mm", "64 mm")
TITLES = (
    "Der lange Sommer",
    "Am Ende der Allee",
    "Möwen über Büsum",
    "Brot & Salz",
    'Die Sache mit "Lotte"',
    "Straßen von gestern",
    "Kleine Fluchten",
    "Übermorgen vielleicht",
)
YEARS = ("Jahrgang 2022", "Jahrgang 2023", "Jahrgang 2024", "Jahrgang 2025")
MAKES = ("Original", "Erstausrüster", "Zubehörmarke")
DESCRIPTIONS = ("Preis je Einheit, solange der Vorrat reicht.", "Auf Wunsch mit Montage.", "Lieferzeit etwa fünf Tage.")


@dataclass(frozen=True, slots=True)
class Ware:
    """Something an organization sells; ``article_id`` if it is an article."""

    good: Good
    name: str
    cents: int
    article_id: str | None


def wares(ledger: Ledger) -> list[Ware]:
    """Everything that is sold; as many of it as planned are articles, which are kept in the ledger."""
    named = [(good, name) for good in trades.sold(ledger.company.slug) for name in _names(ledger.company.slug, good)]
    found = []
    for index, (good, name) in enumerate(named):
        cents = good.cents * (100 + 4 * (index % 5)) // 100 if name != good.name else good.cents
        article_id = ledger.id(f"article-{index}") if index < ledger.plan.articles else None
        found.append(Ware(good, name, cents, article_id))
    for index, ware in enumerate(islice(found, ledger.plan.articles)):
        _article(ledger, ware, index)
    return found


def _names(slug: str, good: Good) -> list[str]:
    """The variants of something."""
    if slug == "hanse-sanitaer":
        kinds = WIDTHS if good.unit == "m" or "fitting" in good.name else SERIES
        return [f"{good.name} {each}" if kinds is WIDTHS else f'{good.name}, Serie "{each}"' for each in kinds]
    if slug == "lesezeichen":
        return [f"{good.name}: {each}" for each in TITLES]
    if slug == "weingut-steigerhof" and good.unit == "Flasche":
        return [f"{good.name}, {each}" for each in YEARS]
    if slug == "autohaus-koenig" and not good.service and good.unit != "Liter":
        return [f"{good.name} ({each})" for each in MAKES]
    return [good.name]


def _article(ledger: Ledger, ware: Ware, index: int) -> None:
    random, changed = ledger.random, ledger.day()
    head = ledger.head(str(ware.article_id), days.after(ledger.first, index % 2), changed, random.randint(0, 6))
    ledger.put(
        "articles",
        head
        | {
            "title": ware.name,
            "description": random.choice(DESCRIPTIONS) if ledger.chance(0.4) else None,
            "type": "SERVICE" if ware.good.service else "PRODUCT",
            "articleNumber": f"{'L' if ware.good.service else 'A'}-{1000 + index * 10}",
            "gtin": None if ware.good.service or ledger.chance(0.4) else _gtin(index),
            "note": "Preis jährlich prüfen" if ledger.chance(0.15) else None,
            "unitName": ware.good.unit,
            "price": _price(ledger.company.tax_type, ware),
            "archived": ledger.chance(0.03),
        },
    )


def _price(tax_type: str, ware: Ware) -> Json:
    rate = 0 if tax_type == "vatfree" else ware.good.rate
    gross = tax_type == "gross"
    net = _rounded(ware.cents * 100, 100 + rate) if gross else ware.cents
    full = ware.cents if gross else _rounded(ware.cents * (100 + rate), 100)
    leading = "GROSS" if gross else "NET"
    return {"netPrice": net / 100, "grossPrice": full / 100, "leadingPrice": leading, "taxRate": rate}


def _rounded(top: int, bottom: int) -> int:
    return (2 * top + bottom) // (2 * bottom)


def _gtin(index: int) -> str:
    """Thirteen digits, from the range that shops use among themselves."""
    digits = f"20{4_000_000_000 + index * 7919:010d}"
    odd, even = (sum(map(int, digits[start::2])) for start in (0, 1))
    return f"{digits}{(10 - (odd + 3 * even) % 10) % 10}"
