"""The control plane for accounts: what there is, what is booked, keys and grants."""

from typing import Any

from lexweb.sandbox.control_answers import bad, body, organization
from lexweb.sandbox.state import State
from lexweb.sandbox.web import Answer, Call, as_json

FEATURES = ("INVOICING", "INVOICING_PRO", "BOOKKEEPING")


class ControlAccounts:
    """Handlers over one state. Each holds the lock while it works."""

    def __init__(self, state: State) -> None:
        self._state = state

    def organizations(self, call: Call, /) -> Answer:
        """GET /_sandbox/organizations: accounts with everything needed to log in or call."""
        return as_json(listed(self._state))

    def revoke(self, call: Call, /, organization_id: str) -> Answer:
        """POST: end all OAuth connections of an organization, as its user could; says how many."""
        with self._state.lock:
            ours = [each for each in self._state.grants.living() if each.organization_id == organization_id]
            for connection in ours:
                self._state.grants.end(connection.id)
            self._state.changed()
        return as_json({"revoked": len(ours)})

    def features(self, call: Call, /, organization_id: str) -> Answer:
        """POST ``{"businessFeatures": […]}``: change what is booked; upgrades and downgrades happen (chapter 14)."""
        wanted = body(call).get("businessFeatures")
        if not isinstance(wanted, list) or not all(each in FEATURES for each in wanted):
            raise bad(f"businessFeatures must be a list of {', '.join(FEATURES)}")
        with self._state.lock:
            found = organization(self._state, organization_id)
            found.business_features = [each for each in FEATURES if each in wanted]
            self._state.changed()
            return as_json({"businessFeatures": found.business_features})

    def key(self, call: Call, /, organization_id: str) -> Answer:
        """POST ``{"enabled": false}``: delete the API key, and its subscriptions with it; true makes it anew."""
        wanted = body(call).get("enabled")
        if not isinstance(wanted, bool):
            raise bad("enabled must be true or false")
        with self._state.lock:
            found = organization(self._state, organization_id)
            if wanted:
                found.key_enabled = True
            else:
                self._state.disable_key(found)
            self._state.changed()
            return as_json({"enabled": found.key_enabled})


def listed(state: State) -> list[dict[str, Any]]:
    """All organizations with key, login and number of contacts, in the order of the seed."""
    with state.lock:
        return [
            {
                "organizationId": each.id,
                "companyName": each.company_name,
                "trade": each.trade,
                "apiKey": each.api_key,
                "email": each.email,
                "password": each.password,
                "userName": each.user_name,
                "taxType": each.tax_type,
                "smallBusiness": each.small_business,
                "businessFeatures": each.business_features,
                "contacts": len(each.contacts),
            }
            for each in state.organizations.values()
        ]
