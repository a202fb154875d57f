"""
The connected organization (docs: "Profile Endpoint"; behaviour.md, chapter 14; oauth-and-partner.md, chapter
4).

`organization_id` is the client's company, `connection_id` this one grant or key: one company can be connected
twice.
"""

from uuid import UUID

from lexweb.lexware.session import Session
from lexweb.lexware.shapes import Moment, Shape


class ProfileCreated(Shape):
    """Who set up the connection, and when."""

    user_id: UUID | None = None
    user_name: str | None = None
    user_email: str | None = None
    date: Moment | None = None


class Profile(Shape):
    """
    The organization behind a token.

    `tax_type` is net, gross or vatfree; `business_features` are what is booked.
    """

    organization_id: UUID
    connection_id: UUID
    company_name: str = ""
    created: ProfileCreated = ProfileCreated()
    business_features: tuple[str, ...] = ()
    tax_type: str | None = None
    distance_sales_principle: str | None = None
    small_business: bool | None = None


class Ping(Shape):
    """The lightest sign of life; partner API only."""

    user_email: str


class ProfileEndpoint:
    """Calls about the profile."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self) -> Profile:
        """Read the profile: the cheapest test of a key."""
        return self._session.get("/v1/profile", Profile)

    def ping(self) -> Ping:
        """Ask whether the token works (partner docs: "Ping")."""
        return self._session.get("/v1/ping", Ping)
