"""Pages of a list (behaviour.md, chapter 3)."""

import re
from collections.abc import Sequence
from typing import Any

from lexweb.sandbox.web import Json

DEFAULT_SIZE = 25
LARGEST_SIZE = 500  # the reference says 250; live, contacts took 500 and refused 1000
WINDOW = 10_000
SORT = [{"property": "name", "direction": "ASC", "ignoreCase": True, "nullHandling": "NATIVE", "ascending": True}]


class BadPage(ValueError):
    """A page the API answers with 400; the text is the message."""


def wanted(params: dict[str, str]) -> tuple[int, int]:
    """
    Number and size of the page that was asked for.

    :raises BadPage: no numbers, or outside of what the API allows
    """
    number, size = _number(params, "page", 0), _number(params, "size", DEFAULT_SIZE)
    if number < 0:
        raise BadPage("Page index must not be less than zero")
    if not 1 <= size <= LARGEST_SIZE:
        raise BadPage(f"parameter 'size' must be between 1 and {LARGEST_SIZE}")
    if (number + 1) * size > WINDOW:
        raise BadPage("Maximum search window size exceeded")
    return number, size


def page(found: Sequence[Any], number: int, size: int) -> Json:
    """The page envelope. Entries beyond the window are neither counted nor shown."""
    total = min(len(found), WINDOW)
    content = list(found[number * size : (number + 1) * size])
    pages = -(-total // size)
    return {
        "content": content,
        "first": number == 0,
        "last": number >= pages - 1,
        "totalPages": pages,
        "totalElements": total,
        "numberOfElements": len(content),
        "size": size,
        "number": number,
        "sort": SORT,
    }


def _number(params: dict[str, str], name: str, otherwise: int) -> int:
    text = params.get(name, str(otherwise))
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise BadPage(f"parameter '{name}' is invalid")
    return int(text)
