"""
Brings a written body into shape: known members, right types, nothing empty.

The API leaves empty members out of its answers and treats empty text as absent. Read-only and unknown members
are ignored (behaviour.md, chapter 5). What has the wrong type altogether is a malformed request, 400 (our
choice). Each shaper takes a value and its path, and returns None for what is absent.
"""

from collections.abc import Callable, Mapping
from typing import Any

from lexweb.sandbox.web import Json

Shaper = Callable[[Any, str], Any]
WORDS = {"true": True, "false": False}


class Malformed(ValueError):
    """A member has the wrong JSON type; ``source`` says which one."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.source = source


def text(value: Any, source: str) -> str | None:
    """Text that says something; numbers become text."""
    if isinstance(value, dict | list | bool):
        raise Malformed(source)
    found = "" if value is None else str(value)
    try:
        found.encode()
    except UnicodeEncodeError as half:  # "\\ud800" alone is valid JSON and no text
        raise Malformed(source) from half
    return found if found.strip() else None


def flag(value: Any, source: str) -> bool | None:
    """True or false; as text as well, like the framework of the API (our choice)."""
    if isinstance(value, str):
        value = WORDS.get(value.strip().lower(), value) if value.strip() else None
    if value is not None and not isinstance(value, bool):
        raise Malformed(source)
    return value


def integer(value: Any, source: str) -> int | None:
    """A whole number; as text or with zeros behind the point as well, like the framework of the API (our choice)."""
    value = number(value, source) if isinstance(value, str) else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise Malformed(source)
    return value


def number(value: Any, source: str) -> int | float | None:
    """An amount or rate; text that is a number is one as well, as some clients send it (our choice)."""
    if isinstance(value, str):
        try:
            value = float(value) if value.strip() else None
        except ValueError as wrong:
            raise Malformed(source) from wrong
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:  # NaN is not, either
        raise Malformed(source)
    return value


def items(item: Shaper) -> Shaper:
    """A list of what ``item`` shapes; None if nothing is in it."""

    def shape(value: Any, source: str) -> list[Any] | None:
        if value is not None and not isinstance(value, list):
            raise Malformed(source)
        found = [item(each, f"{source}[{index}]") for index, each in enumerate(value or [])]
        return [each for each in found if each is not None] or None

    return shape


def members(known: Mapping[str, Shaper], *, keep_empty: bool = False) -> Shaper:
    """An object with these members; None if nothing is in it, unless ``keep_empty``."""

    def shape(value: Any, source: str) -> Json | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            raise Malformed(source)
        shaped = {name: each(value.get(name), f"{source}.{name}".lstrip(".")) for name, each in known.items()}
        kept = {name: each for name, each in shaped.items() if each is not None}
        return kept if kept or keep_empty else None

    return shape


def body(shape: Shaper, value: Any) -> Json:
    """
    The writable part of a whole body; may still break every rule.

    :raises Malformed: a member, or the body itself, has the wrong JSON type
    """
    shaped = shape(value, "")
    if not isinstance(shaped, dict):
        raise Malformed("")
    return shaped
