"""What all tables of the mirror share."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.articles.models import Article
from lexweb.clients import mirroring
from lexweb.clients.mirroring import Stored
from lexweb.clients.models import Client, Connection
from lexweb.firm.models import Firm
from tests.clients.threads import at_once

HERE, THERE = UUID(int=1), UUID(int=2)


@pytest.fixture
def connection() -> Connection:
    """A connection to an organization, without any Lexware Office behind it."""
    client = Client.objects.create(firm=Firm.objects.create(name="Nord"), name="Brandt", number="1")
    return Connection.objects.create(
        client=client, kind="api_key", state="connected", organization_id=HERE, company_name="Brandt"
    )  # fmt: skip


def _row(payload: dict[str, Any], _before: object) -> dict[str, Any]:
    return {"version": payload["version"], "title": payload["title"], "number": "", "kind": "SERVICE",
            "archived": False, "raw": payload}  # fmt: skip


TABLE = mirroring.Table(Article, _row, stamp="version")


def _records(count: int, **members: Any) -> list[dict[str, Any]]:
    return [{"id": str(UUID(int=n)), "version": 1, "title": f"Nr. {n}"} | members for n in range(count)]


@pytest.mark.django_db
def test_new_unchanged_and_changed_are_told_apart(connection: Connection) -> None:
    now = timezone.now()
    assert mirroring.store(TABLE, connection, _records(3), asked_at=now) == Stored(3, new=3)
    assert mirroring.store(TABLE, connection, _records(3), asked_at=now) == Stored(3)
    mixed = [*_records(4)[1:3], *_records(1, title="neu"), _records(4)[3]]

    assert mirroring.store(TABLE, connection, mixed, asked_at=now) == Stored(4, new=1, changed=1)

    titles = dict(Article.objects.values_list("lexware_id", "title"))
    assert titles == {UUID(int=0): "neu", **{UUID(int=n): f"Nr. {n}" for n in (1, 2, 3)}}
    assert Stored(1, 2, 3) + Stored(10, 20, 30) == Stored(11, 22, 33)


@pytest.mark.django_db
def test_the_order_of_members_is_no_change(connection: Connection) -> None:
    record = _records(1)[0]
    mirroring.store(TABLE, connection, [record], asked_at=timezone.now())

    turned = dict(reversed(record.items()))

    assert mirroring.store(TABLE, connection, [turned], asked_at=timezone.now()) == Stored(1)


@pytest.mark.django_db
def test_another_form_stores_all_anew(connection: Connection) -> None:
    mirroring.store(TABLE, connection, _records(2), asked_at=timezone.now())
    form = mirroring.Table(Article, lambda p, b: _row(p, b) | {"title": "anders"}, stamp="version", form=2)

    assert mirroring.store(form, connection, _records(2), asked_at=timezone.now()) == Stored(2, changed=2)
    assert {article.title for article in Article.objects.all()} == {"anders"}


@pytest.mark.django_db
def test_every_value_comes_back_as_django_would_have_written_it(connection: Connection) -> None:
    now = timezone.now()
    raw: dict[str, Any] = {"ü": ['"', "\\", "\u2028", None, True, 1.5, {}], "lang": "x" * 5000}
    mirroring.store(TABLE, connection, _records(1, title="Ö '; DROP", **raw), asked_at=now)
    stored = Article.objects.get()
    stored.pk = None
    stored.lexware_id = UUID(int=9)
    stored.save()  # by Django

    names = [field.attname for field in Article._meta.concrete_fields if field.name not in {"id", "lexware_id"}]
    ours, its = (Article.objects.filter(lexware_id=UUID(int=n)).values_list(*names).get() for n in (0, 9))
    assert ours == its
    with database.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM articles_article ORDER BY lexware_id")  # noqa: S608
        first, second = cursor.fetchall()
    assert first == second or database.vendor == "sqlite"  # there, JSON is written without blanks
    assert Article.objects.filter(lexware_id=UUID(int=0), seen_at=now, raw__lang="x" * 5000).exists()


@pytest.mark.django_db
def test_a_page_costs_few_statements(connection: Connection) -> None:
    for _ in range(2):
        with CaptureQueriesContext(database) as queries:
            mirroring.store(TABLE, connection, _records(250), asked_at=timezone.now())
        statements = [q["sql"] for q in queries.captured_queries if "SAVEPOINT" not in q["sql"]]
        assert len(statements) <= 3 or database.vendor == "sqlite"  # there, executemany is told row by row
        assert len([sql for sql in statements if not sql.startswith("INSERT")]) <= 3


@pytest.mark.django_db(transaction=True)
def test_two_threads_that_store_the_same_page_make_each_row_once(connection: Connection) -> None:
    now = timezone.now()

    def store(number: int) -> Stored:
        page = _records(50, title=f"von {number}")
        return mirroring.store(TABLE, connection, page, asked_at=now + timedelta(seconds=number))

    results = at_once(store, workers=4)

    assert all(isinstance(result, Stored) for result in results), results
    assert sum(result.new for result in results if isinstance(result, Stored)) == 50
    assert set(Article.objects.values_list("title", flat=True)) == {"von 3"}
    assert Article.objects.count() == 50


@pytest.mark.django_db
def test_the_profile_is_stored_and_another_organizations_is_not(connection: Connection) -> None:
    profile = {"organizationId": str(HERE), "companyName": "Neu\0 GmbH", "businessFeatures": ["INVOICING"]}

    assert mirroring.store_profile(connection, profile) == Stored(1, changed=1)
    assert mirroring.store_profile(connection, profile) == Stored(1)
    assert mirroring.store_profile(connection, profile | {"organizationId": str(THERE)}) == Stored()

    row = Connection.objects.get()
    assert (row.company_name, row.profile["businessFeatures"]) == ("Neu GmbH", ["INVOICING"])


def test_nul_is_found_where_json_writes_it() -> None:
    assert mirroring.NUL in json.dumps({"a": "\0"})
