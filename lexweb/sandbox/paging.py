"""Pages of a list (behaviour.md, chapter 3)."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from lexweb.sandbox.web import Json

DEFAULT_SIZE = 25
LARGEST_SIZE = 250
WINDOW = 10_000


class BadPage(ValueError):
    """A page the API answers with 400; the text is the message."""


def wanted(params: dict[str, str], *, smallest: int = 1, largest: int = LARGEST_SIZE) -> tuple[int, int]:
    """
    Number and size of the page that was asked for.

    :raises BadPage: no numbers, or outside of what the API allows
    """
    number, size = _number(params, "page", 0), _number(params, "size", DEFAULT_SIZE)
    if number < 0:
        raise BadPage("Page index must not be less than zero")
    if size > largest:
        raise BadPage(f"parameter 'size' must be equal or lower than {largest}")  # seen live
    if size < smallest:
        raise BadPage(f"parameter 'size' must be equal or greater than {smallest}")
    if (number + 1) * size > WINDOW:
        raise BadPage("Maximum search window size exceeded")
    return number, size


def sorted_by(name: str, *, ascending: bool = True, ignore_case: bool = False) -> list[Json]:
    """The member ``sort`` of a page: one property, and in which direction."""
    direction = "ASC" if ascending else "DESC"
    return [
        {
            "property": name,
            "direction": direction,
            "ignoreCase": ignore_case,
            "nullHandling": "NATIVE",
            "ascending": ascending,
        }
    ]


def page(found: Sequence[Any], number: int, size: int, sort: list[Json] | None = None) -> Json:
    """The page with its envelope. Entries beyond the window are neither counted nor shown."""
    return {"content": list(_shown(found, number, size)), **_envelope(len(found), number, size, sort)}


def encoded(found: Sequence[Any], number: int, size: int, sort: list[Json] | None = None) -> bytes:
    """The page as JSON, of entries whose ``encoded`` is their JSON already; 250 of them take 0.1 ms that way."""
    envelope = json.dumps(_envelope(len(found), number, size, sort), separators=(",", ":")).encode()
    content: Iterable[bytes] = (entry.encoded for entry in _shown(found, number, size))
    return b'{"content":[' + b",".join(content) + b"]," + envelope[1:]


def _shown(found: Sequence[Any], number: int, size: int) -> Sequence[Any]:
    return found[number * size : (number + 1) * size]


def _envelope(found: int, number: int, size: int, sort: list[Json] | None) -> Json:
    total = min(found, WINDOW)
    pages = -(-total // size)
    envelope: Json = {
        "first": number == 0,
        "last": number >= pages - 1,
        "totalPages": pages,
        "totalElements": total,
        "numberOfElements": max(0, min(size, total - number * size)),
        "size": size,
        "number": number,
    }
    return envelope | ({"sort": sort} if sort else {})


def _number(params: dict[str, str], name: str, otherwise: int) -> int:
    text = params.get(name) or str(otherwise)
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise BadPage(f"parameter '{name}' is invalid")
    return int(text)
