"""Which tax a sale bears: by the organization, the customer's country, and what is sold (behaviour.md, chapter 8)."""

from dataclasses import dataclass

from lexweb.sandbox.paper import taxes
from lexweb.sandbox.sales import tax_rates
from lexweb.sandbox.seed.books.ledger import Ledger
from lexweb.sandbox.seed.books.parties import Party
from lexweb.sandbox.web import Json

ABROAD = {"AT": (20, 10), "FR": (20, 5.5), "NL": (21, 9), "PL": (23, 8), "IT": (22, 10), "DK": (25, 25)}
TREATMENT = "Umsatzsteuerfreie Leistungen gemäß § 4 Nr. 14 UStG."


@dataclass(frozen=True)
class Tax:
    """``conditions`` as documents show them; ``rates`` of another country: the full and the lower one."""

    conditions: Json
    rates: tuple[float, float] | None = None

    @property
    def type(self) -> str:
        """The taxType."""
        return str(self.conditions["taxType"])

    def rate(self, german: int) -> float:
        """The rate of something that has this one in Germany."""
        if self.type not in ("net", "gross"):
            return 0
        if self.rates and german:
            return self.rates[german == 7]
        return german


def of(ledger: Ledger, party: Party) -> Tax:
    """The tax on a sale to somebody."""
    company = ledger.company
    if company.tax_type == "vatfree":
        note = taxes.UNTAXED["vatfree"].sentence if company.small_business else TREATMENT
        return Tax({"taxType": "vatfree", "taxTypeNote": note})
    if party.country in tax_rates.ABROAD:
        return _in_the_union(ledger, party)
    if party.country != "DE":
        return _untaxed("thirdPartyCountryService" if ledger.plan.services else "thirdPartyCountryDelivery")
    if party.buyer_reference:
        return Tax({"taxType": "net"})  # an XRechnung cannot have gross prices
    if ledger.plan.construction and party.business and ledger.chance(0.15):
        return _untaxed("constructionService13b")
    if not party.business and ledger.chance(0.4):
        return Tax({"taxType": "gross"})
    return Tax({"taxType": company.tax_type})


def _in_the_union(ledger: Ledger, party: Party) -> Tax:
    if party.vat_id:
        return _untaxed("externalService13b" if ledger.plan.services else "intraCommunitySupply")
    principle = ledger.company.distance_sales
    if party.business or not principle:
        return Tax({"taxType": ledger.company.tax_type})
    conditions = {"taxType": "gross", "taxSubType": "electronicServices" if ledger.plan.services else "distanceSales"}
    return Tax(conditions, ABROAD.get(party.country) if principle == "DESTINATION" else None)


def _untaxed(tax_type: str) -> Tax:
    return Tax({"taxType": tax_type, "taxTypeNote": taxes.UNTAXED[tax_type].sentence})
