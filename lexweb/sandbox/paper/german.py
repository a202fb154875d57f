"""Numbers and dates as Germans write them, and texts in the characters our fonts have."""

import unicodedata
from datetime import date
from decimal import Decimal

# What Unicode does not decompose into a letter of cp1252 and a mark.
SPELLED = {
    "ı": "i",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ħ": "h",
    "Ħ": "H",
    "ĸ": "k",
    "ŋ": "n",
    "ŧ": "t",
    "Ŧ": "T",
    "ə": "e",
    "ẞ": "SS",
    "‐": "-",
    "‑": "-",
    "‒": "–",
    "―": "—",
    "−": "-",
    "→": "->",
    "≤": "<=",
    "≥": ">=",
    "✓": "x",
    "☑": "x",
    "\N{ZERO WIDTH SPACE}": "",
    "\N{NARROW NO-BREAK SPACE}": "\N{NO-BREAK SPACE}",
    "\t": " ",
}


def latin(text: str) -> str:
    """
    The text in characters of Windows-1252 and line breaks.

    The built-in fonts of PDF have no others, and a font of our own would weigh more than the sandbox. Letters
    lose their marks (ş → s), ``SPELLED`` knows what has none, the rest becomes a question mark.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each if each == "\n" or " " <= each <= "~" else _letter(each) for each in text)


def _letter(letter: str) -> str:
    if letter in SPELLED:
        return SPELLED[letter]
    if _in_font(letter):
        return letter
    if unicodedata.category(letter) in ("Cc", "Cf", "Mn", "Cs"):
        return ""
    plain = "".join(SPELLED.get(part, part) for part in unicodedata.normalize("NFKD", letter))
    return "".join(part for part in plain if _in_font(part)) or "?"


def _in_font(letter: str) -> bool:
    try:
        return letter.encode("cp1252") >= b" " and letter not in "\x7f\x81\x8d\x8f\x90\x9d"
    except UnicodeEncodeError:
        return False


def number(value: Decimal, places: int = 2, fewest: int | None = None) -> str:
    """``1.234,56``: at most ``places`` decimals, and as many zeros as keep ``fewest`` (default: all)."""
    text = f"{value:,.{places}f}"
    whole, _, decimals = text.partition(".")
    keep = places if fewest is None else fewest
    while len(decimals) > keep and decimals.endswith("0"):
        decimals = decimals[:-1]
    return whole.replace(",", ".") + ("," + decimals if decimals else "")


def money(value: Decimal, places: int = 2) -> str:
    """``1.234,56 €``; with ``places`` above 2 further decimals only where they matter."""
    return f"{number(value, places, fewest=2)} €"


def percent(value: Decimal) -> str:
    """``19 %``, ``5,5 %``."""
    return f"{number(value, 2, fewest=0)} %"


def day(value: date) -> str:
    """``20.11.2026``."""
    return f"{value:%d.%m.%Y}"
