"""The states of a connection and how it moves between them."""

import structlog
from django.db import transaction
from django.utils import timezone

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients.models import Connection

log = structlog.get_logger(__name__)


def mark_lost(connection: Connection, reason: str) -> None:
    """
    Mark the connection "reconnect", with the date and a key of `models.REASONS`.

    Happens once, however many workers notice; a connection that was bound anew meanwhile is left alone.
    """
    with transaction.atomic():
        changed = Connection.objects.filter(
            pk=connection.pk, state=Connection.State.CONNECTED, token_version=connection.token_version
        ).update(
            state=Connection.State.RECONNECT, state_since=timezone.now(), state_reason=reason, refresh_owner="",
            refresh_until=None,
        )  # fmt: skip
        if changed:
            activity.record(Kind.LOST, client=connection.client, by=None, company=connection.company_name)
    if changed:
        log.warning("connection.lost", connection=connection.pk, reason=reason)
