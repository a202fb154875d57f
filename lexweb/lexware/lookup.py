"""
Did an uncertain create happen? What the `find` of every resource shares.

Lexware may trim, reformat or leave out empty values, so texts are compared by their letters and digits only,
and every value that was sent has to be there; what Lexware added (ids, numbers, sums) does not matter. Being too
strict here would end in a duplicate.
"""

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, TypeVar

from lexweb.lexware import errors
from lexweb.lexware.paging import Page
from lexweb.lexware.session import Session

T = TypeVar("T")

SKEW = timedelta(minutes=2)  # by which Lexware's clock may be behind ours
SETTLING = 2.0  # seconds until a new record shows up in searches at the latest (behaviour.md, chapter 2)

PAGES = 4  # that are looked through; more would take longer than anybody waits
TOO_MANY, UNREADABLE = "too many to look through", "some cannot be read"


def among(pages: Iterator[Page[T]], fits: Callable[[T], bool]) -> tuple[list[T], str]:
    """Return the entries of the first pages that fit, and why there may be more ("" if there cannot)."""
    seen = list(itertools.islice(pages, PAGES))
    found = [entry for page in seen for entry in page.content if fits(entry)]
    if not seen[-1].final:
        return found, TOO_MANY
    return found, UNREADABLE if any(page.misfits for page in seen) else ""


def patiently(session: Session, look: Callable[[], tuple[list[T], str]], *, path: str) -> list[T]:
    """
    Return what `look` finds; if that is nothing, let it look once more after two seconds.

    :param look: returns the matches, and why there may be more ("" if there cannot)
    :raises Unavailable: nothing is found, and there may be more
    """
    found, gap = look()
    if not found:
        session.sleep(SETTLING)
        found, gap = look()
    if gap and not found:
        raise errors.Unavailable(gap, method="GET", path=path)
    return found


def within(sent: Any, there: Any) -> bool:
    """Tell whether a JSON value holds everything that was sent; lists in any order."""
    if isinstance(sent, dict):
        others = there if isinstance(there, dict) else {}
        return all(within(value, others.get(name)) for name, value in sent.items())
    if isinstance(sent, list):
        entries = there if isinstance(there, list) else []
        return all(any(within(value, entry) for entry in entries) for value in sent)
    if isinstance(sent, str):
        return _letters(sent) == (_letters(there) if isinstance(there, str) else "")
    return bool(sent == there) or not (sent or there)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
