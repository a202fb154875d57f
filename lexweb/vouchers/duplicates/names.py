"""Comparing the names of suppliers, which are written with and without their legal form."""

import functools
import re

from lexweb.contacts import search

LEGAL_FORMS = {
    "gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "gbr", "ug", "haftungsbeschrankt", "se", "eg", "ev", "ek", "co", "inc",
    "ltd", "llc", "sarl", "sa", "srl", "bv", "und", "and",
}  # fmt: skip
COLLECTIVE = frozenset({"sammelkunde", "sammellieferant", "collective customer", "collective vendor"})


@functools.lru_cache(4096)  # many documents share few suppliers
def fold(name: str) -> str:
    """Return the name in small letters without accents, signs and legal form; whole if nothing else is in it."""
    words = re.split(r"[^\w]+", re.sub(r"\be\. ?(?=[kv]\b)", "e", search.fold(name)))
    return " ".join(word for word in words if word and word not in LEGAL_FORMS) or search.fold(name).strip()


@functools.lru_cache(4096)
def is_collective(name: str) -> bool:
    """Say whether it names nobody, but the contact that collects all who have none of their own."""
    return search.fold(name).strip() in COLLECTIVE
