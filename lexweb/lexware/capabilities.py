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
        if scope := self._missing_scope(need):
            return scope
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
        kinds = {need.tier: errors.OutsideTier, need.feature: errors.PlanRequired}
        kind = kinds.get(lacking, errors.Forbidden)
        raise kind(f"needs {lacking}", method=method, path=path, need=need)

    def _missing_scope(self, need: needs.Need) -> str:
        if self.scopes is None:
            return ""
        if need.any_scope and self.scopes.isdisjoint(need.any_scope):
            return need.any_scope[0]
        return next((scope for scope in need.scopes if scope not in self.scopes), "")


def of(credentials: Credentials, profile: Profile) -> Capabilities:
    """Put together what the token tells and what the profile tells."""
    return Capabilities(credentials.partner, credentials.scopes, frozenset(profile.business_features))
