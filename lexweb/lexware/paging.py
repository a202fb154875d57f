"""
Pages of records (docs: "Paging of Resources"; behaviour.md, chapter 3).

Pages count from 0 and hold at most 250 entries; a query never shows more than 10,000 entries.
"""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from lexweb.lexware.shapes import Shape

T = TypeVar("T")

LARGEST = 250
WINDOW = 10_000


class Page(Shape, Generic[T]):
    """One page. `sort` may be missing and is kept among the unknown members."""

    content: tuple[T, ...]
    number: int
    size: int
    total_pages: int
    total_elements: int
    first: bool
    last: bool

    @property
    def capped(self) -> bool:
        """Tell whether the query may hold more than Lexware shows: narrow it down."""
        return self.total_elements >= WINDOW


def query(number: int, size: int) -> dict[str, str]:
    """
    Return the query parameters of a page.

    :raises ValueError: number below 0, or size outside of 1 to 250
    """
    if number < 0:
        raise ValueError("pages count from 0")
    if not 1 <= size <= LARGEST:
        raise ValueError(f"a page holds 1 to {LARGEST} entries")
    return {"page": str(number), "size": str(size)}


def walk(fetch: Callable[[int], Page[T]], *, start: int) -> Iterator[Page[T]]:
    """Yield page after page from `start`; each is asked for only when the one before has been used."""
    number = start
    while True:
        page = fetch(number)
        yield page
        number += 1
        if page.last or not page.content or number >= page.total_pages:
            return
