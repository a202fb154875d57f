"""IBAN and BIC."""

import re
from collections.abc import Iterator

from lexweb.sandbox.bodies import Detail
from lexweb.sandbox.findings import wrong
from lexweb.sandbox.web import Json

IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", re.ASCII)
GERMAN = 22  # characters of a German IBAN


def is_iban(text: str) -> bool:
    """Is it an IBAN with the right check digits (ISO 7064 MOD 97-10)? Blanks between the groups are allowed."""
    bare = compact(text)
    if not IBAN.fullmatch(bare) or (bare.startswith("DE") and len(bare) != GERMAN):
        return False
    return int("".join(str(int(character, 36)) for character in bare[4:] + bare[:4])) % 97 == 1


def compact(iban: str) -> str:
    """An IBAN as it is stored and compared: upper case, no blanks."""
    return re.sub(r"\s", "", iban).upper()


def findings(values: Json) -> Iterator[Detail]:
    """What is wrong with the members iban and bic, where they are given."""
    if "iban" in values and not is_iban(values["iban"]):
        yield wrong("iban", "IBAN ist ungültig")
    if "bic" in values and not BIC.fullmatch(values["bic"].strip().upper()):
        yield wrong("bic", "BIC ist ungültig")


def stored(values: Json) -> Json:
    """The values with iban and bic in their one form."""
    changes = {name: compact(values[name]) for name in ("iban", "bic") if values.get(name)}
    return values | changes
