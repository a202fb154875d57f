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


def note_trouble(connection: Connection, code: str, path: str = "") -> None:
    """
    Write down what goes wrong, once: while it is the same, since when does not move.

    :param connection: as it was read last; nothing is written when it says so already
    :param path: what the plan does not include
    """
    if (connection.trouble, connection.trouble_path) == (code, path):
        return
    others = Connection.objects.filter(pk=connection.pk).exclude(trouble=code, trouble_path=path)
    if others.update(trouble=code, trouble_path=path, trouble_since=timezone.now()):
        log.info("connection.trouble_began", connection=connection.pk, code=code)


def clear_trouble(connection: Connection) -> None:
    """Take the trouble back that the connection shows; another one that came meanwhile stays."""
    same = Connection.objects.filter(
        pk=connection.pk, trouble=connection.trouble, trouble_since=connection.trouble_since
    )
    if same.update(trouble="", trouble_path="", trouble_since=None):
        log.info("connection.trouble_ended", connection=connection.pk, code=connection.trouble)
