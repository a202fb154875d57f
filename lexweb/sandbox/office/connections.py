"""Who may use the API in the organization's name: OAuth connections and the API key."""

from lexweb.sandbox.oauth.grants import Connection
from lexweb.sandbox.office import figures, home
from lexweb.sandbox.office.mistakes import Mistake
from lexweb.sandbox.office.visit import Routes, Visit
from lexweb.sandbox.web import Answer, Json
from lexweb.sandbox.webhooks import subscriptions


def every(visit: Visit, /, mistake: str = "") -> Answer:
    """GET: all connections, and the key."""
    organization = visit.organization
    return visit.page(
        "connections",
        mistake=mistake,
        rows=[_row(visit, each) for each in home.connections(visit)],
        key_subscriptions=len(subscriptions.of_connection(organization, organization.key_connection_id)),
    )


def change(visit: Visit, /) -> Answer:
    """POST: revoke the connection ``connection``, or switch the key."""
    actions = {
        "revoke": lambda: _revoke(visit),
        "key_off": lambda: _switch_key(visit, enabled=False),
        "key_on": lambda: _switch_key(visit, enabled=True),
    }
    try:
        return visit.pressed(actions)
    except Mistake as mistake:
        return every(visit, str(mistake))


def _revoke(visit: Visit) -> str:
    wanted = visit.call.form.get("connection")
    if wanted not in [each.id for each in home.connections(visit)]:
        raise Mistake("Diese Verbindung gibt es nicht mehr.")
    visit.state.grants.end(wanted)
    return "revoked"


def _switch_key(visit: Visit, *, enabled: bool) -> str:
    if enabled:
        visit.organization.key_enabled = True
    else:
        visit.state.disable_key(visit.organization)
    visit.state.changed()
    return "key_on" if enabled else "key_off"


def _row(visit: Visit, connection: Connection) -> Json:
    return {
        "id": connection.id,
        "name": connection.name or "Ohne Namen",
        "since": figures.moment(connection.created),
        "scopes": len(connection.scopes),
        "subscriptions": len(subscriptions.of_connection(visit.organization, connection.id)),
    }


ROUTES: Routes = {"/connections": {"GET": every, "POST": change}}
