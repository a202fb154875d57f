"""
Search texts in query strings (docs: "Search string encoding"; behaviour.md, chapters 3 and 7).

The filters `name` and `email` of contacts know wildcards (`_` one character, `%` any number) and want `&`,
`<`, `>` as HTML entities; URL-encoding comes on top, in httpx.
"""

import re

SHORTEST, LONGEST = 3, 128
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def literal(text: str) -> str:
    """
    Return the filter value that finds exactly this text as a part, upper or lower case.

    :raises ValueError: shorter than 3, or longer than 128 characters once escaped; the text is not shown
    """
    if len(text) < SHORTEST:
        raise ValueError(f"Lexware Office searches for {SHORTEST} characters or more")
    escaped = re.sub(r"[&<>]", lambda hit: _ENTITIES[hit[0]], re.sub(r"[\\_%]", r"\\\g<0>", text))
    if len(escaped) > LONGEST:
        raise ValueError(f"Lexware Office searches for {LONGEST} characters at most")
    return escaped


def prefix(text: str) -> str | None:
    """Return the start of a text in a length that can always be searched for, None if it is too short."""
    start = text.strip()[: LONGEST // len("&amp;")].strip()
    return start if len(start) >= SHORTEST else None


def flag(value: bool) -> str:
    """Return true or false as query strings write it."""
    return "true" if value else "false"
