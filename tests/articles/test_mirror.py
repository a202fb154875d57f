"""Articles in the mirror."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from lexweb.articles import mirror
from lexweb.articles.models import Article
from lexweb.clients import gateway
from lexweb.clients.mirroring import Stored
from lexweb.clients.models import Connection
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection(cast: Cast, lexware: RunningSandbox) -> Connection:
    """The joinery."""
    return casting.connect(cast.client, lexware, by=cast.klaus)


def test_articles_are_kept_as_they_are_shown(connection: Connection) -> None:
    with gateway.open_office(connection, background=True) as office:
        shown = office.articles.page().payloads()

    assert mirror.store_page(connection, shown, asked_at=timezone.now()) == Stored(len(shown), new=len(shown))
    assert mirror.store_page(connection, shown, asked_at=timezone.now()) == Stored(len(shown))

    stored = {str(article.lexware_id): article for article in Article.objects.all()}
    assert {number: article.raw for number, article in stored.items()} == {record["id"]: record for record in shown}
    one = shown[0]
    article = stored[one["id"]]
    assert (article.title, article.kind, article.version) == (one["title"], one["type"], one["version"])
    assert shown


def test_odd_articles_and_older_answers(connection: Connection) -> None:
    now = timezone.now()
    odd = {"id": str(UUID(int=7)), "version": 3, "title": "x" * 400, "neu": [None, {"a\0": 1}]}
    mirror.store_page(connection, [odd], asked_at=now)

    mirror.store_page(connection, [odd | {"version": 2, "title": "alt"}], asked_at=now + timedelta(1))
    mirror.store_page(connection, [odd | {"title": "alt"}], asked_at=now - timedelta(1))

    article = Article.objects.get()
    assert (article.title, article.number, article.raw["neu"]) == ("x" * 250, "", [None, {"a": 1}])
    assert mirror.forget(connection, article.lexware_id)
    assert not mirror.forget(connection, article.lexware_id)
