"""One log line and one count for each request to Lexware Office, to its API or to its authorization server."""

import structlog

from lexweb.clients import tallies
from lexweb.lexware._http import Exchange

log = structlog.get_logger(__name__)


def note(exchange: Exchange) -> None:
    """Note a request to the API; request, connection and client of the line are bound by whoever asks."""
    _tell("lexware.exchange", exchange)
    tallies.note(tallies.REQUEST, _label(exchange))


def note_token(exchange: Exchange) -> None:
    """Note a request to the authorization server."""
    _tell("tokens.exchange", exchange)
    tallies.note(tallies.TOKEN_REQUEST, _label(exchange))


def _tell(event: str, exchange: Exchange) -> None:
    log.info(
        event,
        method=exchange.method,
        path=exchange.path_template,
        status=exchange.status,
        ms=round(exchange.seconds * 1000),
        attempt=exchange.attempt,
    )


def _label(exchange: Exchange) -> str:
    return f"{exchange.method} {exchange.status or 'none'}"
