"""What is wrong with a written record: the words for it."""

from collections.abc import Iterator
from typing import Any

from lexweb.sandbox.amounts import decimal
from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.web import Json

LARGEST = 1_000_000_000  # of an amount or a quantity (our choice)


def missing(field: str) -> Detail:
    """A mandatory member is not there."""
    return Detail("NOTNULL", field, "darf nicht leer sein")


def wrong(field: str, message: str, violation: str = "INVALID") -> Detail:
    """A member has a value it cannot have."""
    return Detail(violation, field, message)


def blank(values: Json, name: str, field: str) -> Iterator[Detail]:
    """The finding for a mandatory text: absent, or only white space."""
    if name not in values:
        yield missing(field)
    elif not values[name].strip():
        yield Detail("NOTEMPTY", field, "darf nicht leer sein")


def long(values: Json, name: str, longest: int, field: str) -> Iterator[Detail]:
    """The finding for a text that is too long."""
    if len(values.get(name, "")) > longest:
        yield Detail("SIZE", field, f"Größe muss zwischen 0 und {longest} sein")


def one_of(value: str, known: tuple[str, ...], field: str) -> Iterator[Detail]:
    """The finding for a word outside of a vocabulary."""
    if value not in known:
        yield wrong(field, f"muss einer der Werte {', '.join(known)} sein")


def amount(value: Any, places: int, field: str, least: int | None = None, most: int = LARGEST) -> Iterator[Detail]:
    """Findings for a number: too small, too large, or with too many decimals."""
    if least is not None and value < least:
        yield Detail("MIN", field, f"muss größer-gleich {least} sein")
    elif abs(value) > most:
        yield Detail("MAX", field, f"muss kleiner-gleich {most} sein")
    elif -int(decimal(value).normalize().as_tuple().exponent) > places:
        yield Detail("DIGITS", field, f"höchstens {places} Nachkommastellen")
