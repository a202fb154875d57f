"""
Ending a connection, and giving back what was granted over there and belongs to none.

A grant that cannot be revoked at once is kept as a `LooseGrant`, and the worker goes on trying.
"""

from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients import authorization, gateway, grants, selectors
from lexweb.clients.grants import Expired
from lexweb.clients.models import Client, Connection, Invitation, LooseGrant
from lexweb.firm.models import Staff
from lexweb.lexware import errors

log = structlog.get_logger(__name__)

RETRY_REVOKE = timedelta(minutes=5)
GIVE_UP_AFTER = 50  # attempts; over four hours, then the access token is dead anyway


def disconnect(client: Client, *, by: Staff) -> bool:
    """
    End the connection: secrets go at once, the mirror stays readable.

    :returns: True when Lexware Office has confirmed the end; False when the worker goes on trying
    """
    connection = client.connection
    with transaction.atomic():
        locked = Connection.objects.select_for_update().get(pk=connection.pk)
        if locked.state == Connection.State.DISCONNECTED:
            return True
        loose = grants.loosen(locked)
        locked.state, locked.state_since, locked.state_reason = Connection.State.DISCONNECTED, timezone.now(), ""
        locked.access_token = locked.refresh_token = locked.refresh_owner = ""
        locked.lexware_connection_id = None
        locked.token_version += 1
        locked.save()
        withdraw_links(locked)
        activity.record(Kind.DISCONNECTED, client=client, by=by, company=locked.company_name)
    client.connection = locked
    return loose is None or revoke(loose)


def revoke_due() -> int:
    """Revoke what nobody answered and what could not be revoked before; return how many are done. For the worker."""
    return sum(revoke(loose) for loose in list(selectors.loose_grants_due(timezone.now())[:20]))


def revoke(loose: LooseGrant) -> bool:
    """Revoke a loose grant and forget it; on failure keep it for the worker's next try. A key is just forgotten."""
    gateway.refuse_inside_transaction()
    if loose.kind == Connection.Kind.API_KEY:
        grants.drop(loose)
        return True
    if not grants.claim(loose, until=timezone.now() + RETRY_REVOKE):
        return False
    try:
        with authorization.server(background=True) as server:
            server.revoke(grants.unpack(loose).refresh_token)
    except Expired:
        log.error("connection.sealed_with_missing_key")
        return False
    except errors.LexwareError as error:
        log.warning("connection.revoke_failed", kind=type(error).__name__, attempts=loose.attempts)
        if loose.attempts < GIVE_UP_AFTER or isinstance(error, errors.RateLimited):
            return False
    LooseGrant.objects.filter(pk=loose.pk).delete()
    return True


def withdraw_links(connection: Connection) -> None:
    """Let no link outlive what it was made for."""
    unused = Invitation.objects.filter(connection=connection, used_at__isnull=True, withdrawn_at__isnull=True)
    unused.update(withdrawn_at=timezone.now())
