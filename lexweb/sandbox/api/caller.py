"""Who is calling: an API key or an OAuth connection."""

from dataclasses import dataclass

from lexweb.sandbox.oauth import scopes
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.state import State


@dataclass(frozen=True)
class Caller:
    """The account a request acts for. ``grant_id`` is None for API keys, which hold all scopes of
    the Public API."""

    organization: Organization
    connection_id: str
    connected: float | None
    scopes: frozenset[str]
    grant_id: str | None

    def expire(self, state: State) -> None:
        """Let the access token die early. A key cannot: it is merely refused this once."""
        if self.grant_id:
            state.grants.expire(self.grant_id)

    def end(self, state: State) -> None:
        """End the connection; disable the key until the next reset."""
        if self.grant_id:
            state.grants.end(self.grant_id)
        else:
            state.disable_key(self.organization)


def identify(state: State, token: str | None) -> Caller | None:
    """Who holds this API key or access token, if it is valid."""
    if not token:
        return None
    if organization := state.organization_of_key(token):
        return Caller(organization, organization.key_connection_id, None, scopes.OF_KEYS, None)
    if connection := state.grants.of_access_token(token):
        organization = state.organizations[connection.organization_id]
        return Caller(organization, connection.id, connection.created, frozenset(connection.scopes), connection.id)
    return None
