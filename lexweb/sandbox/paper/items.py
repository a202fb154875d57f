"""The table of line items. Rows may be longer than a page, the head is repeated on every page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lexweb.sandbox.amounts import decimal
from lexweb.sandbox.paper import flow
from lexweb.sandbox.paper.canvas import GREY, INK, Color, width
from lexweb.sandbox.paper.german import money, number, percent
from lexweb.sandbox.paper.letter import LEFT, RIGHT, Letter
from lexweb.sandbox.web import Json

SIZE, SMALL, SMALLEST = 9.0, 8.0, 5.5
GAP = 3.0


@dataclass(frozen=True)
class Column:
    """A column of fixed width (millimetres), aligned to its right edge; ``cell`` makes the text of an item."""

    head: str
    width: float
    cell: Callable[[Json], str]


@dataclass(frozen=True)
class Table:
    """The columns after the name, and how wide that one is."""

    columns: tuple[Column, ...]
    name_left: float
    name_width: float


def write(letter: Letter, items: Iterable[Json], *, prices: bool, taxed: bool) -> None:
    """
    Write all items.

    :param prices: whether amounts are shown (delivery notes have none)
    :param taxed: whether the tax rates are shown
    """
    items = list(items)
    table = _table(_columns(items, prices=prices, taxed=taxed))
    letter.room(20)
    _head(letter, table)
    letter.on_break = lambda: _head(letter, table)
    position = 0
    for item in items:
        position += item["type"] != "text"
        _row(letter, table, item, "" if item["type"] == "text" else str(position))
        for place, choice in enumerate(item.get("subItems") or [], 1):
            _row(letter, table, choice, f"{position}.{place}")
    letter.on_break = None
    letter.y += 2


def _columns(items: list[Json], *, prices: bool, taxed: bool) -> Iterable[Column]:
    yield Column("Menge", 16, lambda item: number(decimal(item.get("quantity", 1)), 4, fewest=0))
    yield Column("Einheit", 17, _unit)
    if not prices:
        return
    yield Column("Einzelpreis", 23, _price)
    if any(item.get("discountPercentage") for item in items):
        yield Column("Rabatt", 14, _discount)
    if taxed:
        yield Column("USt", 12, lambda item: percent(decimal(item.get("unitPrice", {}).get("taxRatePercentage"))))
    yield Column("Betrag", 25, _amount)


def _table(columns: Iterable[Column]) -> Table:
    columns = tuple(columns)
    left = LEFT + 9
    return Table(columns, left, RIGHT - left - sum(column.width for column in columns) - GAP)


def _unit(item: Json) -> str:
    """As much of the unit as fits in the smallest letters."""
    return "".join(text for text, _ in flow.rows(item.get("unitName") or "", 15.5, SMALLEST)[0])


def _price(item: Json) -> str:
    unit_price = item.get("unitPrice", {})
    gross = item.get("gross") and unit_price.get("grossAmount") is not None
    return money(decimal(unit_price.get("grossAmount" if gross else "netAmount")), 4)


def _discount(item: Json) -> str:
    given = decimal(item.get("discountPercentage"))
    return percent(given) if given else ""


def _amount(item: Json) -> str:
    amount = money(decimal(item.get("lineItemAmount")))
    return f"({amount})" if item.get("alternative") or item.get("optional") else amount


def _head(letter: Letter, table: Table) -> None:
    letter.set_fill_color(242, 244, 246)
    letter.rect(LEFT, letter.y - 4.5, RIGHT - LEFT, 7, style="F")
    letter.put(LEFT + 1, letter.y, "Pos.", size=SMALL, style="B", color=letter.accent)
    letter.put(table.name_left, letter.y, "Bezeichnung", size=SMALL, style="B", color=letter.accent)
    x = table.name_left + table.name_width + GAP
    for column in table.columns:
        x += column.width
        letter.put(x - 1, letter.y, column.head, size=SMALL, style="B", color=letter.accent, right=True)
    letter.y += 7.5


def _row(letter: Letter, table: Table, item: Json, position: str) -> None:
    space = RIGHT - table.name_left if item["type"] == "text" else table.name_width
    name = flow.rows(_name(item), space, SIZE, "B")
    more = flow.rows(item["description"], space, SMALL) if item.get("description") else []
    letter.room(len(name) * flow.height(SIZE) + min(len(more), 2) * flow.height(SMALL) + 3)
    letter.put(LEFT + 1, letter.y, position, size=SIZE, color=GREY)
    first = letter.y
    _lines(letter, table, name, SIZE, INK)  # before the numbers: programs read in this order
    if item["type"] != "text":
        _cells(letter, table, item, first)
    _lines(letter, table, more, SMALL, GREY)
    letter.rule(LEFT, letter.y - 1.6, RIGHT)
    letter.y += 3


def _lines(letter: Letter, table: Table, lines: Iterable[flow.Row], size: float, color: Color) -> None:
    for line in lines:
        letter.room(flow.height(size))
        flow.put(letter, table.name_left, letter.y, line, size=size, color=color)
        letter.y += flow.height(size)


def _name(item: Json) -> str:
    name = (item.get("name") or "").replace("\n", " ")
    if item.get("alternative"):
        return f"Alternative: {name}"
    return f"Optional: {name}" if item.get("optional") else name


def _cells(letter: Letter, table: Table, item: Json, y: float) -> None:
    x = table.name_left + table.name_width + GAP
    for column in table.columns:
        x += column.width
        text = column.cell(item)
        size = SIZE
        while size > SMALLEST and width(text, size) > column.width - 1.5:
            size -= 0.5  # long units and large sums
        letter.put(x - 1, y, text, size=size, right=True)
