"""What a tax type means on paper and in an e-invoice."""

from dataclasses import dataclass
from decimal import Decimal

from lexweb.sandbox.web import Json


@dataclass(frozen=True)
class TaxType:
    """
    A tax type without (German) tax: the sentence the law wants, and how EN 16931 calls it.

    ``category`` is a code of UNTDID 5305, ``code`` one of the VATEX list or None.
    """

    sentence: str
    category: str
    code: str | None = None


UNTAXED = {
    "vatfree": TaxType("Gemäß § 19 UStG wird keine Umsatzsteuer berechnet.", "E"),
    "constructionService13b": TaxType(
        "Steuerschuldnerschaft des Leistungsempfängers: Bauleistung gemäß § 13b Abs. 2 Nr. 4 UStG.",
        "AE",
        "VATEX-EU-AE",
    ),
    "externalService13b": TaxType(
        "Steuerschuldnerschaft des Leistungsempfängers gemäß § 13b UStG (Reverse Charge).", "AE", "VATEX-EU-AE"
    ),
    "intraCommunitySupply": TaxType(
        "Steuerfreie innergemeinschaftliche Lieferung gemäß § 4 Nr. 1b i. V. m. § 6a UStG.", "K", "VATEX-EU-IC"
    ),
    "thirdPartyCountryService": TaxType(
        "Leistung im Drittland, in Deutschland nicht steuerbar (§ 3a Abs. 2 UStG).", "O", "VATEX-EU-O"
    ),
    "thirdPartyCountryDelivery": TaxType(
        "Steuerfreie Ausfuhrlieferung gemäß § 4 Nr. 1a i. V. m. § 6 UStG.", "G", "VATEX-EU-G"
    ),
    "photovoltaicEquipment": TaxType("Umsatzsteuersatz 0 % gemäß § 12 Abs. 3 UStG (Photovoltaikanlage).", "Z"),
}


def untaxed(document: Json) -> bool:
    """Whether the tax type leaves out the tax."""
    return document["taxConditions"]["taxType"] in UNTAXED


def sentence(document: Json) -> str | None:
    """The sentence for the tax type: the document's own, else the usual one; None for ordinary tax."""
    conditions = document["taxConditions"]
    usual = UNTAXED.get(conditions["taxType"])
    return (conditions.get("taxTypeNote") or usual.sentence) if usual else None


def category(document: Json, rate: Decimal) -> str:
    """The category of an item with this rate (UNTDID 5305)."""
    usual = UNTAXED.get(document["taxConditions"]["taxType"])
    if usual:
        return usual.category
    return "S" if rate else "Z"


def exemption(document: Json, of: str) -> tuple[str | None, str | None]:
    """Reason and VATEX code for a category; zero-rated goods (Z) must not have one."""
    usual = UNTAXED.get(document["taxConditions"]["taxType"])
    if not usual or of in ("S", "Z"):
        return None, None
    return sentence(document), usual.code
