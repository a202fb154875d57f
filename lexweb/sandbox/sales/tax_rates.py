"""Which tax rates hold on a day and in a country (behaviour.md, chapter 8)."""

from datetime import date

SINCE_2007, BEFORE = frozenset((0, 7, 19)), frozenset((0, 7, 16))
LOWERED = frozenset((0, 5, 16))
LOWERED_FROM, LOWERED_TO = date(2020, 7, 1), date(2020, 12, 31)
UNTAXED = (
    "vatfree",
    "intraCommunitySupply",
    "constructionService13b",
    "externalService13b",
    "thirdPartyCountryService",
    "thirdPartyCountryDelivery",
    "photovoltaicEquipment",
)
TYPES = ("net", "gross", *UNTAXED)
# These need a contact with the role customer, because its tax ids are printed.
FOR_CONTACTS = tuple(each for each in UNTAXED if each not in ("vatfree", "photovoltaicEquipment"))
SUB_TYPES = ("distanceSales", "electronicServices")

# Rates in the other member states, those of 2026 and those they replaced since 2024.
ABROAD = {
    "AT": (0, 10, 13, 20),
    "BE": (0, 6, 12, 21),
    "BG": (0, 9, 20),
    "CY": (0, 3, 5, 9, 19),
    "CZ": (0, 12, 21),
    "DK": (0, 25),
    "EE": (0, 9, 13, 22, 24),
    "ES": (0, 4, 10, 21),
    "FI": (0, 10, 13.5, 14, 24, 25.5),
    "FR": (0, 2.1, 5.5, 10, 20),
    "GR": (0, 6, 13, 24),
    "HR": (0, 5, 13, 25),
    "HU": (0, 5, 18, 27),
    "IE": (0, 4.8, 9, 13.5, 23),
    "IT": (0, 4, 5, 10, 22),
    "LT": (0, 5, 9, 12, 21),
    "LU": (0, 3, 8, 14, 17),
    "LV": (0, 5, 12, 21),
    "MT": (0, 5, 7, 12, 18),
    "NL": (0, 9, 21),
    "PL": (0, 5, 8, 23),
    "PT": (0, 6, 13, 23),
    "RO": (0, 5, 9, 11, 19, 21),
    "SE": (0, 6, 12, 25),
    "SI": (0, 5, 9.5, 22),
    "SK": (0, 5, 10, 19, 20, 23),
}


def german(on: date) -> frozenset[int]:
    """The rates that held in Germany on a day."""
    if LOWERED_FROM <= on <= LOWERED_TO:
        return LOWERED
    return SINCE_2007 if on >= date(2007, 1, 1) else BEFORE


def destination(country: str) -> frozenset[float] | None:
    """The rates of another member state; None for Germany and third countries."""
    rates = ABROAD.get(country)
    return frozenset(rates) if rates else None
