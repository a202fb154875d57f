"""What the codes in electronic invoices mean, as far as reading needs it."""

import re
from decimal import Decimal

from lexweb.einvoice.model import Kind, Profile, Skonto

CREDIT_NOTES = {  # of UNTDID 1001
    "81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532",
}  # fmt: skip
KINDS = {"384": Kind.CORRECTION, "386": Kind.PREPAYMENT, "389": Kind.SELF_BILLED}
PROFILES = {  # the first that is in the name it gives itself
    "xrechnung": Profile.XRECHNUNG,
    "extended": Profile.EXTENDED,
    "minimum": Profile.MINIMUM,
    "basicwl": Profile.BASIC_WL,
    "basic": Profile.BASIC,
    "comfort": Profile.EN16931,
    "en16931": Profile.EN16931,
}
SKONTO = re.compile(
    r"#SKONTO#TAGE=(\d{1,4})#PROZENT=(\d{1,3}(?:\.\d{1,4})?)#(?:BASISBETRAG=(-?\d{1,12}(?:\.\d{1,4})?)#)?"
)


def profile(specification: str) -> Profile:
    """Return the profile from the name that the invoice gives it."""
    name = specification.casefold()
    return next((found for part, found in PROFILES.items() if part in name), Profile.OTHER)


def kind(type_code: str) -> Kind:
    """Return what it is."""
    return Kind.CREDIT_NOTE if type_code in CREDIT_NOTES else KINDS.get(type_code, Kind.INVOICE)


def skonto(terms: str) -> tuple[str, tuple[Skonto, ...]]:
    """Take what XRechnung writes into the terms for machines apart from what is for people."""
    found = tuple(
        Skonto(int(days), Decimal(percent), Decimal(base) if base else None)
        for days, percent, base in SKONTO.findall(terms)
    )
    return re.sub(r"\n{2,}", "\n", SKONTO.sub("", terms)).strip(), found
