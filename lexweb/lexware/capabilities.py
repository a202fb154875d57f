"""What a connection may do: its tier, its scopes, and what the client has booked with Lexware."""

from dataclasses import dataclass

from lexweb.lexware import errors, needs
from lexweb.lexware.api.profile import Profile
from lexweb.lexware.credentials import Credentials


@dataclass(frozen=True)
class Capabilities:
    """
    :ivar partner: connected by OAuth; an API key reaches the public API only
    :ivar scopes: as granted, None if nobody told (keys, and old token answers: oauth-and-partner.md, chapter 3)
    :ivar features: INVOICING, INVOICING_PRO, BOOKKEEPING as booked; can change over time
    """

    partner: bool
    scopes: frozenset[str] | None
    features: frozenset[str]

    @property
    def tier(self) -> str:
        """The API this connection reaches: partner or public."""
        return "partner" if self.partner else "public"

    def lacking(self, method: str, path: str) -> str:
        """
        Return what keeps this call from working, "" if nothing known does.

        :returns: "partner" (the tier), the missing scope, or the missing feature, in this order
        """
        need = needs.of(method, path)
        if need.partner and not self.partner:
            return need.tier
        if need.scope and self.scopes is not None and need.scope not in self.scopes:
            return need.scope
        return need.feature if need.feature and need.feature not in self.features else ""

    def check(self, method: str, path: str) -> None:
        """
        Refuse a call that cannot work.

        :raises OutsideTier: it belongs to the partner API
        :raises Forbidden: the scope was not granted
        :raises PlanRequired: the client has not booked it
        """
        lacking, need = self.lacking(method, path), needs.of(method, path)
        if not lacking:
            return
        kinds = {need.tier: errors.OutsideTier, need.scope: errors.Forbidden}
        kind = kinds.get(lacking, errors.PlanRequired)
        raise kind(f"needs {lacking}", method=method, path=path, need=need)


def of(credentials: Credentials, profile: Profile) -> Capabilities:
    """Put together what the token tells and what the profile tells."""
    return Capabilities(credentials.partner, credentials.scopes, frozenset(profile.business_features))
