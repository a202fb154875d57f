"""Filters of the contact list (behaviour.md, chapters 3 and 7)."""

import re
from collections.abc import Callable

from lexweb.sandbox import entities, paging
from lexweb.sandbox.contacts.book import Record
from lexweb.sandbox.flags import flag

Test = Callable[[Record], bool]
TOKEN = re.compile(r"\\(?P<escaped>.)|(?P<wild>[_%])|(?P<plain>.)", re.DOTALL)
TEXTS = {"name", "email"}
SHORTEST, LONGEST = 3, 128
LARGEST_SIZE = 500  # the reference says 250; live, contacts took 500 and refused 1000
SORT = paging.sorted_by("name", ignore_case=True)


class BadFilter(ValueError):
    """A filter the API answers with 400; the text is the message."""


def tests(params: dict[str, str]) -> list[Test]:
    """
    One test for each known filter among the parameters; all of them have to hold.

    Without a value a filter is none, except for texts, which are too short then (our choice).

    :raises BadFilter: a value the API refuses
    """
    makers: dict[str, Callable[[str], Test]] = {
        "name": lambda text: _contains(text, lambda record: (record.name,)),
        "email": lambda text: _contains(text, lambda record: record.emails),
        "number": _has_number,
        "customer": lambda text: _has_role("customer", text),
        "vendor": lambda text: _has_role("vendor", text),
    }
    return [make(params[name]) for name, make in makers.items() if params.get(name) or name in params.keys() & TEXTS]


def pattern(text: str) -> re.Pattern[str] | None:
    """
    The search string as a regular expression: part of the value, ``_`` one character, ``%`` any number of
    them, backslash escapes. None if a bare ``&``, ``<`` or ``>`` keeps it from ever matching.
    """
    plain = entities.plain(text)
    if plain is None:
        return None
    segments = [""]
    for token in TOKEN.finditer(plain):
        if token["wild"] == "%":
            segments.append("")
        else:
            segments[-1] += "." if token["wild"] else re.escape(token["escaped"] or token["plain"])
    while len(segments) > 1 and not segments[0]:
        segments.pop(0)  # a leading % says nothing in a search for a part
    # Atomic groups take the first fit of each segment and never look back: "%a%a%a%a" stays cheap.
    expression = segments[0] + "".join(f"(?>.*?{segment})" for segment in segments[1:])
    return re.compile(expression, re.IGNORECASE | re.DOTALL)


def _contains(text: str, values: Callable[[Record], tuple[str, ...]]) -> Test:
    if not SHORTEST <= len(text) <= LONGEST:
        raise BadFilter(f"size must be between {SHORTEST} and {LONGEST}")
    wanted = pattern(text)
    if wanted is None:
        return lambda record: False
    return lambda record: any(map(wanted.search, values(record)))


def _has_number(text: str) -> Test:
    if not re.fullmatch(r"[+-]?\d{1,18}", text):
        raise BadFilter("parameter 'number' is invalid")
    number = int(text)
    return lambda record: any(role["number"] == number for role in record.contact["roles"].values())


def _has_role(role: str, text: str) -> Test:
    wanted = flag(text)
    if wanted is None:
        raise BadFilter(f"parameter '{role}' is invalid")
    return lambda record: (role in record.contact["roles"]) is wanted
