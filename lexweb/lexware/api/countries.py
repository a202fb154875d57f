"""Countries and their tax class, unpaged (docs: "Countries Endpoint"; behaviour.md, chapter 3)."""

from pydantic import Field

from lexweb.lexware.session import Session
from lexweb.lexware.shapes import Shape


class Country(Shape):
    """
    A country. `country_code` is ISO alpha-2 or a tax region such as `ES_CN`.

    `tax_classification` is de, intraCommunity or thirdPartyCountry.
    """

    country_code: str
    country_name_de: str = Field(alias="countryNameDE")
    country_name_en: str = Field(alias="countryNameEN")
    tax_classification: str


class CountriesEndpoint:
    """Calls about countries."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self) -> list[Country]:
        """List all countries."""
        return self._session.get("/v1/countries", list[Country])
