"""My calls, and the history of the client: who, when, what; never bodies, queries or names."""

import io
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection as database
from django.utils import timezone

from lexweb.activity.models import Entry
from lexweb.activity.presenters import present
from lexweb.console import keeping, tasks
from lexweb.console.models import Call
from tests.clients.test_logs import log  # noqa: F401 — the fixture
from tests.conftest import SignIn
from tests.console.bench import NEW, Bench

pytestmark = pytest.mark.django_db
SECRETS = ("Zwirnfaden", "Geheimname", "geheimer-kopf", "Meierhuber")


def test_each_call_stands_in_the_history_of_the_client_once(bench: Bench) -> None:
    before = Entry.objects.count()
    bench.sandbox.fault("timeout_after", path="/v1/contacts", method="POST", seconds=0.01)
    bench.send("GET", "/v1/contacts/0c0c0c0c-0c0c-4c0c-8c0c-0c0c0c0c0c0c")
    bench.send("POST", "/v1/contacts", body=NEW)

    entries = Entry.objects.order_by("pk")[before:]

    assert [present(entry).text for entry in entries] == [
        "Paula called Lexware Office by hand: GET /v1/contacts/{id} (404).",
        "Paula called Lexware Office by hand: POST /v1/contacts (not certain whether it was carried out).",
    ]
    assert (
        "by hand: GET /v1/contacts/{id} (404)" in bench.browser.get(f"{bench.cast.client.url}history/").content.decode()
    )


def test_nothing_typed_reaches_log_history_or_the_database_in_the_clear(bench: Bench, log: io.StringIO) -> None:  # noqa: F811
    bench.send("GET", "/v1/contacts/Meierhuber", query="name=Geheimname", headers="X-Request-Id: geheimer-kopf")
    bench.send("POST", "/v1/contacts", body=NEW)
    bench.sandbox.fault("reset", path="/v1/contacts", method="POST")
    bench.send("POST", "/v1/contacts", body=NEW)
    bench.browser.get(f"{bench.last.url}?x=Geheimname")
    bench.post("GET", "//Meierhuber", query="Geheimname")

    text = log.getvalue()
    assert text.count("lexware.exchange") == 3
    for secret in (*SECRETS, bench.sandbox.organizations()[0]["apiKey"]):
        assert secret not in text
        assert secret not in str(list(Entry.objects.values()))
    with database.cursor() as cursor:
        cursor.execute("SELECT draft, answer, request_id, trouble FROM console_call")
        stored = str(cursor.fetchall())
    assert len(stored) > 1000
    assert not [secret for secret in SECRETS if secret in stored]


def test_my_calls_are_mine_alone(bench: Bench, sign_in: SignIn) -> None:
    bench.send("GET", "/v1/profile")
    call = bench.last
    other = sign_in(bench.cast.robert)

    assert bench.browser.get(f"{bench.url}calls/").content.decode().count("/v1/profile") >= 1
    assert "No calls yet" in other.get(f"{bench.url}calls/").content.decode()
    for page in (call.url, f"{call.url}answer/"):
        assert other.get(page).status_code == 404
        assert bench.browser.get(page.replace(bench.cast.client.slug, bench.cast.other.slug)).status_code == 404


@pytest.mark.off_contract
def test_again_fills_the_form_with_everything_that_was_sent(bench: Bench) -> None:
    bench.send("POST", "/v1/contacts", body=NEW, query="a=b", headers="X-Request-Id: 1")

    initial = bench.browser.get(bench.last.url).context["form"].initial

    assert {name: initial[name] for name in ("verb", "path", "query", "headers", "body")} == {
        "verb": "POST", "path": "/v1/contacts", "query": "a=b", "headers": "X-Request-Id: 1", "body": NEW,
    }  # fmt: skip


def test_the_newest_hundred_of_a_person_stay(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "NEWEST", 3)
    others = Call.objects.create(client=bench.cast.client, staff=bench.cast.klaus, method="GET", path="/v1/x", draft="")
    for number in range(5):
        bench.send("GET", "/v1/contacts", query=f"page={number}")

    kept = Call.objects.filter(staff=bench.cast.paula).order_by("pk")

    assert [keeping.draft_of(call).query["page"] for call in kept] == ["2", "3", "4"]  # type: ignore[union-attr]
    assert Call.objects.filter(pk=others.pk).exists()


def test_the_worker_forgets_answers_and_old_calls(bench: Bench) -> None:
    for _ in range(3):
        bench.send("GET", "/v1/profile")
    new, middle, old = Call.objects.order_by("-pk")
    Call.objects.filter(pk=middle.pk).update(at=timezone.now() - keeping.ANSWER_AGE - timedelta(seconds=1))
    Call.objects.filter(pk=old.pk).update(at=timezone.now() - keeping.AGE - timedelta(seconds=1))

    tasks.tidy_up.call_local()

    assert [bool(call.answer) for call in Call.objects.order_by("-pk")] == [True, False]
    assert new.pk > middle.pk


def test_a_new_key_seals_calls_anew_and_a_lost_one_leaves_the_call_readable(
    bench: Bench, settings: LazySettings
) -> None:
    bench.send("GET", "/v1/contacts", query="name=Geheimname")
    old, new = settings.TOKEN_KEYS, Fernet.generate_key().decode()
    settings.TOKEN_KEYS = [new, *old]
    call_command("reseal", stdout=io.StringIO())
    settings.TOKEN_KEYS = [new]
    page = bench.browser.get(bench.last.url)
    settings.TOKEN_KEYS = [Fernet.generate_key().decode()]
    lost = bench.browser.get(bench.last.url)

    assert page.context["form"].initial["query"] == "name=Geheimname"
    assert lost.status_code == 200
    assert lost.context["form"].initial["path"] == "/v1/contacts"
    assert "The answer is no longer kept" in lost.content.decode()


def test_the_history_asks_the_database_a_fixed_number_of_times(bench: Bench, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _ in range(12):
        Call.objects.create(client=bench.cast.client, staff=bench.cast.paula, method="GET", path="/v1/x", draft="x")
    for page in ("", "calls/"):
        with django_assert_max_num_queries(8):
            bench.browser.get(f"{bench.url}{page}")
