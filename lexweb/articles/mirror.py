"""From the API's JSON to rows of articles."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lexweb.articles.models import Article
from lexweb.clients import mirroring
from lexweb.clients.mirroring import Payload, Row, Stored, Table
from lexweb.clients.models import Connection


def store_page(connection: Connection, payloads: Iterable[Payload], *, asked_at: datetime) -> Stored:
    """Store articles that Lexware Office has just shown; see `mirroring.store`."""
    return mirroring.store(TABLE, connection, payloads, asked_at=asked_at)


def forget(connection: Connection, lexware_id: UUID) -> bool:
    """Remove an article that Lexware Office no longer knows; say whether it was there."""
    return bool(Article.objects.filter(connection=connection, lexware_id=lexware_id).delete()[0])


def _row(payload: Payload, _before: Row | None) -> Row:
    return {
        "version": payload["version"],
        "title": (payload.get("title") or "")[:250],
        "number": (payload.get("articleNumber") or "")[:60],
        "kind": (payload.get("type") or "")[:10],
        "archived": bool(payload.get("archived")),
        "raw": payload,
    }


TABLE = Table(Article, _row, stamp="version")
