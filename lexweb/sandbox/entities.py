"""Search strings of contacts, voucher list and vouchers (behaviour.md, chapter 3)."""

import html
import re

BARE = re.compile(r"[<>]|&(?!(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);)", re.IGNORECASE)


def plain(text: str) -> str | None:
    """What a search string stands for: ``&amp;`` is ``&``. None if a bare ``&``, ``<`` or ``>`` spoils it."""
    return None if BARE.search(text) else html.unescape(text)
