"""
The pace of Lexware's authorization server: one for all accounts and all our processes.

Its limits are unpublished; blocks last seconds to minutes, and who does not slow down stays blocked (behaviour.md,
chapter 2). So requests go out one by one, people's first, and each refusal in a row doubles the time in which nobody
asks.
"""

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.db.models import F

from lexweb.clients import exchanges
from lexweb.clients.models import Tally
from lexweb.clients.pace import Slots
from lexweb.lexware import oauth
from lexweb.lexware._http import Exchange

log = structlog.get_logger(__name__)

ACCOUNT = "authorization-server"
IN_A_ROW = "token_refusals_in_a_row"  # a Tally, as all processes share the count; success sets it to zero
# Seconds until a slot; with the call itself still shorter than the lease on a refresh (`tokens.LEASE`).
PERSON_PATIENCE, WORKER_PATIENCE = 5.0, 10.0
LONGEST = 300.0  # seconds that everybody holds back


class Turns(Slots):
    """The slots of the authorization server."""

    def __init__(self, *, background: bool = False) -> None:
        patience = WORKER_PATIENCE if background else PERSON_PATIENCE
        super().__init__(ACCOUNT, background=background, patience=patience, spacing=settings.AUTHORIZATION_SPACING)

    def penalize(self, seconds: float) -> None:
        """Hold back every process: for as long as is asked for, and twice as long as the last time."""
        Tally.objects.update_or_create(
            name=IN_A_ROW, label="", defaults={"count": F("count") + 1}, create_defaults={"count": 1}
        )
        refused = Tally.objects.values_list("count", flat=True).get(name=IN_A_ROW, label="")
        super().penalize(max(seconds, min(self.spacing * 2.0 ** min(refused + 1, 20), LONGEST)))

    def hear(self, exchange: Exchange) -> None:
        """Note one request; any answer but a refusal ends the row. Never raises: the answer may hold new tokens."""
        exchanges.note_token(exchange)
        if exchange.status in {None, 429}:
            return
        try:
            Tally.objects.filter(name=IN_A_ROW, count__gt=0).update(count=0)
        except DatabaseError as error:
            log.warning("tokens.row_not_ended", kind=type(error).__name__)


def server(*, background: bool = False) -> oauth.AuthorizationServer:
    """
    Return the authorization server of the configured environment.

    :param background: lets people go first
    """
    turns = Turns(background=background)
    return oauth.AuthorizationServer(
        settings.LEXWARE_APP_URL,
        settings.LEXWARE_CLIENT_ID,
        settings.LEXWARE_CLIENT_SECRET,
        pace=turns,
        on_exchange=turns.hear,
    )
