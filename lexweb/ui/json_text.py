"""
JSON as a page shows it: indented, every kind of value in its own colour.

The text is cut into tokens rather than parsed and written again: amounts keep their digits, members their order.
"""

import json
import re
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

SIGN = re.compile(r'"(?:[^"\\]|\\.)*"|[-+.\w]+|[{}\[\],:]', re.ASCII)
INDENT = "  "
KINDS = {"key": "j-key", "text": "j-text", "number": "j-number", "word": "j-word"}
WORDS = {"true", "false", "null"}
OPENING, CLOSING = "{[", "}]"


def is_json(text: str) -> bool:
    """Say whether the text is JSON."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def highlight(text: str, *, most: int | None = None) -> tuple[SafeString, bool]:
    """
    Return the JSON as HTML with spans of the classes in `KINDS`, and whether it is whole.

    :param text: valid JSON
    :param most: characters to show, after which it ends at a line
    """
    parts: list[str] = []
    shown = 0
    for part, length in _parts(text):
        shown += length
        if most is not None and shown > most:
            return mark_safe("".join(parts)), False  # noqa: S308 — every token is escaped
        parts.append(part)
    return mark_safe("".join(parts)), True  # noqa: S308


def _parts(text: str) -> Iterator[tuple[str, int]]:
    """Yield pieces of HTML, and how many characters of text each shows."""
    depth, signs = 0, SIGN.findall(text)
    for number, sign in enumerate(signs):
        after = signs[number + 1] if number + 1 < len(signs) else ""
        if sign in OPENING:
            depth += 1
            yield (sign, 1) if after and after in CLOSING else _line(sign, depth)
        elif sign in CLOSING:
            depth -= 1
            empty = number and signs[number - 1] in OPENING
            yield (sign, 1) if empty else _line("", depth, sign)
        elif sign == ",":
            yield _line(sign, depth)
        elif sign == ":":
            yield ": ", 2
        else:
            yield _value(sign, is_key=after == ":")


def _line(before: str, depth: int, after: str = "") -> tuple[str, int]:
    text = f"{before}\n{INDENT * depth}{after}"
    return text, len(text)


def _value(sign: str, *, is_key: bool) -> tuple[str, int]:
    if sign.startswith('"'):
        sign, kind = _readable(sign), "key" if is_key else "text"
    else:
        kind = "word" if sign in WORDS else "number"
    return f'<span class="{KINDS[kind]}">{escape(sign)}</span>', len(sign)


def _readable(sign: str) -> str:
    r"""Write umlauts instead of \u00fc; what cannot stand in a page stays escaped."""
    if "\\u" not in sign:
        return sign
    readable = json.dumps(json.loads(sign), ensure_ascii=False)
    return readable if readable.isprintable() else sign
