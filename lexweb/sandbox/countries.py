"""The list of countries: ISO 3166-1 and a few tax regions (behaviour.md, chapter 3)."""

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "countries.csv"


@cache
def every() -> tuple[dict[str, str], ...]:
    """All countries as the API shows them, by code."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, delimiter=";"))


@cache
def codes() -> frozenset[str]:
    """All valid country codes."""
    return frozenset(country["countryCode"] for country in every())
