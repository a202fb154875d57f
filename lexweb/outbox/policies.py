"""Who answers for what is sent."""

from lexweb.clients import selectors as clients
from lexweb.firm import roles
from lexweb.outbox import acts
from lexweb.outbox.models import Batch


def may_send(batch: Batch) -> bool:
    """Say whether whoever asked for it still may: people leave, change roles, or lose a client meanwhile."""
    staff = batch.staff
    if staff is None or not roles.may(staff, acts.get(batch.act).permission):
        return False
    return clients.visible(staff).filter(connection=batch.connection_id).exists()
