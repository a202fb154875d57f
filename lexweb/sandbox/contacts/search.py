"""Filters of the contact list (behaviour.md, chapters 3 and 7)."""

import html
import re
from collections.abc import Callable, Iterator

from lexweb.sandbox.contacts.book import display_name
from lexweb.sandbox.web import Json

Test = Callable[[Json], bool]
BARE = re.compile(r"[<>]|&(?!(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);)", re.IGNORECASE)
TOKEN = re.compile(r"\\(?P<escaped>.)|(?P<wild>[_%])|(?P<plain>.)", re.DOTALL)
SHORTEST, LONGEST = 3, 128


class BadFilter(ValueError):
    """A filter the API answers with 400; the text is the message."""


def tests(params: dict[str, str]) -> list[Test]:
    """
    One test for each known filter among the parameters; all of them have to hold.

    :raises BadFilter: a value the API refuses
    """
    makers: dict[str, Callable[[str], Test]] = {
        "name": lambda text: _contains(text, lambda contact: iter([display_name(contact)])),
        "email": lambda text: _contains(text, _emails),
        "number": _has_number,
        "customer": lambda text: _has_role("customer", text),
        "vendor": lambda text: _has_role("vendor", text),
    }
    return [make(params[name]) for name, make in makers.items() if name in params]


def pattern(text: str) -> re.Pattern[str] | None:
    """
    The search string as a regular expression: part of the value, ``_`` one character, ``%`` any number of
    them, backslash escapes. None if a bare ``&``, ``<`` or ``>`` keeps it from ever matching.
    """
    if BARE.search(text):
        return None
    segments = [""]
    for token in TOKEN.finditer(html.unescape(text)):
        if token["wild"] == "%":
            segments.append("")
        else:
            segments[-1] += "." if token["wild"] else re.escape(token["escaped"] or token["plain"])
    # Atomic groups take the first fit of each segment and never look back: "%a%a%a%a" stays cheap.
    expression = segments[0] + "".join(f"(?>.*?{segment})" for segment in segments[1:])
    return re.compile(expression, re.IGNORECASE | re.DOTALL)


def _contains(text: str, values: Callable[[Json], Iterator[str]]) -> Test:
    if not SHORTEST <= len(text) <= LONGEST:
        raise BadFilter(f"size must be between {SHORTEST} and {LONGEST}")
    wanted = pattern(text)
    return lambda contact: wanted is not None and any(wanted.search(value) for value in values(contact))


def _emails(contact: Json) -> Iterator[str]:
    for addresses in contact.get("emailAddresses", {}).values():
        yield from addresses
    for person in contact.get("company", {}).get("contactPersons", []):
        yield person.get("emailAddress", "")


def _has_number(text: str) -> Test:
    if not re.fullmatch(r"[+-]?\d{1,18}", text):
        raise BadFilter("parameter 'number' is invalid")
    number = int(text)
    return lambda contact: any(role.get("number") == number for role in contact["roles"].values())


def _has_role(role: str, text: str) -> Test:
    if text.lower() not in {"true", "false"}:
        raise BadFilter(f"parameter '{role}' is invalid")
    wanted = text.lower() == "true"
    return lambda contact: (role in contact["roles"]) is wanted
