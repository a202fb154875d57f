"""How the tables of the trades are read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wares:
    """An organization's two tables, as text."""

    goods: str
    costs: str


@dataclass(frozen=True)
class Good:
    """Something sold; ``cents`` for one unit, ``rate`` in percent, ``service`` or material."""

    name: str
    unit: str
    cents: int
    rate: int
    service: bool


@dataclass(frozen=True)
class Cost:
    """
    Something bought: ``cents`` net for one unit, at most ``most`` of them.

    ``category`` is group and name of a posting category. ``shop`` says who sells it over the counter; without one it
    comes from a vendor of the contact book.
    """

    name: str
    unit: str
    cents: int
    rate: int
    most: int
    category: tuple[str, str]
    shop: str


def goods(table: str) -> tuple[Good, ...]:
    """Lines of ``name | unit | price | rate``; the unit has a star if it is a service."""
    return tuple(_good(*row) for row in _rows(table))


def costs(table: str) -> tuple[Cost, ...]:
    """Lines of ``name | unit | price | rate | most | group > category | shop``."""
    return tuple(_cost(*row) for row in _rows(table))


def _rows(table: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()]


def _good(name: str, unit: str, price: str, rate: str) -> Good:
    return Good(name, unit.rstrip("*"), _cents(price), int(rate), unit.endswith("*"))


def _cost(name: str, unit: str, price: str, rate: str, most: str, category: str, shop: str) -> Cost:
    group, title = category.split(" > ")
    return Cost(name, unit, _cents(price), int(rate), int(most), (group, title), shop)


def _cents(price: str) -> int:
    euros, cents = price.split(".")
    return int(euros) * 100 + int(cents)
