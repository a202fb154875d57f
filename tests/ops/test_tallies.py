"""Counters in memory, written now and then, by many threads and processes, and never in anybody's way."""

import pytest
from django.db import connection as database
from django.db import transaction

from lexweb.clients import tallies
from lexweb.clients.models import Tally
from tests.clients import processes
from tests.clients.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    tallies._counts.clear()
    monkeypatch.setattr(tallies, "EVERY", 3600.0)


def counted() -> dict[tuple[str, str], int]:
    return {(name, label): count for name, label, count in Tally.objects.values_list("name", "label", "count")}


def test_counts_are_added_to_what_others_have_written() -> None:
    Tally.objects.create(name="request", label="GET 200", count=40)
    for label in ("GET 200", "GET 200", "POST 429"):
        tallies.note("request", label)

    assert counted() == {("request", "GET 200"): 40}  # nothing is written at each note
    tallies.flush()

    assert counted() == {("request", "GET 200"): 42, ("request", "POST 429"): 1}
    tallies.flush()
    assert counted()["request", "GET 200"] == 42


def test_they_are_written_at_the_next_note_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "EVERY", -1.0)

    tallies.note("request", "GET 200")

    assert counted() == {("request", "GET 200"): 1}


def test_threads_and_processes_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "EVERY", 0.01)
    code = "from lexweb.clients import tallies\nfor n in range(50): tallies.note('request', f'GET {n % 3}')"
    others = [processes.start(code) for _ in range(2)]

    done = at_once(lambda number: [tallies.note("request", f"GET {n % 3}") for n in range(200)], workers=6)
    for other in others:
        processes.output(other)  # each writes when it exits
    tallies.flush()

    assert not [problem for problem in done if isinstance(problem, Exception)]
    assert sum(counted().values()) == 6 * 200 + 2 * 50


def test_nothing_is_written_inside_somebody_elses_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "EVERY", -1.0)

    with transaction.atomic():
        tallies.note("request", "GET 200")
        transaction.set_rollback(True)
    assert counted() == {}
    tallies.note("request", "GET 200")

    assert counted() == {("request", "GET 200"): 2}


def test_a_database_that_fails_costs_neither_the_caller_nor_the_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "EVERY", -1.0)
    monkeypatch.setattr(tallies, "UPSERT", "nonsense {rows}")

    tallies.note("request", "GET 200")

    monkeypatch.undo()
    tallies.flush()
    assert counted() == {("request", "GET 200"): 1}
    assert database.is_usable()
