"""The company itself, and how it is linked with us (partner docs: "Organization", "Partner Integrations")."""

from uuid import UUID

from lexweb.lexware.session import Session
from lexweb.lexware.shapes import Moment, Shape


class OrganizationAddress(Shape):
    """Where the company sits."""

    street: str | None = None
    zip: str | None = None
    city: str | None = None
    country_code: str | None = None


class Organization(Shape):
    """
    Master data of the connected company.

    `organization_type` is a German text, `organization_type_key` an open list (TRADER, LIMITED_COMPANY, …).
    """

    company_name: str | None = None
    branch_of_industry_name: str | None = None
    branch_of_industry_wz_code: str | None = None
    address: OrganizationAddress = OrganizationAddress()
    organization_type: str | None = None
    organization_type_key: str | None = None
    vat_identification_number: str | None = None
    tax_number: str | None = None
    website: str | None = None


class Integration(Shape):
    """State of the link; `status` is OAUTH_CONNECTED at first, other values are agreed with Lexware."""

    organization_id: UUID | None = None
    created_date: Moment | None = None
    updated_date: Moment | None = None
    version: int | None = None
    status: str


class IntegrationUpdate(Shape):
    """A new status."""

    status: str
    version: int


class OrganizationEndpoint:
    """Calls about the company."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self) -> Organization:
        """Read the master data."""
        return self._session.get("/v1/organization", Organization)


class IntegrationEndpoint:
    """Calls about the link; useful only where Lexware has built code for the partner."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self) -> Integration:
        """Read its state."""
        return self._session.get("/v1/partner-integrations", Integration)

    def update(self, draft: IntegrationUpdate) -> Integration:
        """
        Set the status.

        :raises Conflict: `version` is not the newest
        """
        look = "partner_integration.get(): a higher version means it was saved"
        return self._session.put("/v1/partner-integrations", draft, look=look, kind=Integration)
