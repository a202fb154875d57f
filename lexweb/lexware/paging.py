"""
Pages of records (docs: "Paging of Resources"; behaviour.md, chapter 3).

Pages count from 0 and hold at most 250 entries; a query never shows more than 10,000 entries.
"""

from collections.abc import Callable, Iterator
from typing import Any, Generic, Self, TypeVar

from pydantic import ModelWrapValidatorHandler, PrivateAttr, ValidationError, model_validator

from lexweb.lexware.shapes import Shape

T = TypeVar("T")

LARGEST = 250
WINDOW = 10_000


class Page(Shape, Generic[T]):
    """
    One page. `sort` may be missing and is kept among the unknown members.

    An entry that does not fit is left out of `content` and counted in `misfits`: one odd record must not stop a
    whole sync.
    """

    content: tuple[T, ...]
    number: int
    size: int
    total_pages: int
    total_elements: int
    first: bool
    last: bool
    _misfits: int = PrivateAttr(0)
    _given: list[dict[str, Any]] = PrivateAttr(default_factory=list)

    @property
    def misfits(self) -> int:
        """How many entries Lexware sent that do not fit; not part of the payload."""
        return self._misfits

    def payloads(self) -> list[dict[str, Any]]:
        """
        Return the `payload()` of all entries.

        Flat ones are what Lexware sent, without null: to write 250 anew takes longer than to store them.
        """
        if any(isinstance(entry, Shape) for entry in self.content[:1]):
            return [entry.payload() for entry in self.content]  # type: ignore[attr-defined]
        return [{name: part for name, part in entry.items() if part is not None} for entry in self._given]

    @property
    def capped(self) -> bool:
        """Tell whether the query may hold more than Lexware shows: narrow it down."""
        return self.total_elements >= WINDOW

    @property
    def final(self) -> bool:
        """Tell whether nothing comes after this page."""
        empty = not self.content and not self.misfits
        return self.last or empty or self.number + 1 >= self.total_pages

    @model_validator(mode="wrap")
    @classmethod
    def _without_misfits(cls, given: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        odd: set[int] = set()
        try:
            page = handler(given)
        except ValidationError as misfit:
            odd = _odd_entries(misfit)
            if not odd:
                raise
        # Outside of the `except`, so that a second error does not carry the first along.
        fitting = [entry for i, entry in enumerate(given["content"]) if i not in odd]
        if odd:
            page = handler({**given, "content": fitting})
        page._misfits, page._given = len(odd), fitting
        return page


def query(number: int, size: int, *, smallest: int = 1) -> dict[str, str]:
    """
    Return the query parameters of a page.

    :param smallest: page of the resource; articles refuse sizes below 25
    :raises ValueError: number below 0, or size outside of `smallest` to 250
    """
    if number < 0:
        raise ValueError("pages count from 0")
    if not smallest <= size <= LARGEST:
        raise ValueError(f"a page holds {smallest} to {LARGEST} entries")
    return {"page": str(number), "size": str(size)}


def walk(fetch: Callable[[int], Page[T]], *, start: int) -> Iterator[Page[T]]:
    """Yield page after page from `start`; each is asked for only when the one before has been used."""
    number = start
    while True:
        page = fetch(number)
        yield page
        number += 1
        if page.final or number >= page.total_pages:  # whatever number the page claims
            return


def _odd_entries(misfit: ValidationError) -> set[int]:
    """Return the indexes of the entries at fault, none if something else is at fault, too."""
    odd = set()
    for error in misfit.errors(include_input=False, include_context=False, include_url=False):
        place = error["loc"]
        if len(place) < 2 or place[0] != "content" or not isinstance(place[1], int):
            return set()
        odd.add(place[1])
    return odd
