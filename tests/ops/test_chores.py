"""Periodic work: once in each period, however many workers, whatever their clocks say."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lexweb.sync import chores
from lexweb.sync.models import Chore
from tests.clients.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)
NOON = datetime(2026, 3, 2, 12, 0, 0, 50_000, tzinfo=UTC)


def test_many_workers_at_the_same_moment_and_one_of_them_does_it() -> None:
    assert at_once(lambda _: chores.once("sweep", MINUTE), workers=6).count(True) == 1
    assert Chore.objects.get().due_at.second == 0

    Chore.objects.update(due_at=NOON - timedelta(days=400))
    assert at_once(lambda _: chores.once("sweep", MINUTE), workers=6).count(True) == 1


def test_two_workers_with_clocks_five_seconds_apart_do_each_minute_once() -> None:
    """Both wake at the full minute of their own clock, with some jitter, for half an hour."""
    asked: list[tuple[datetime, datetime]] = []  # real moment, what the clock of that worker says
    for minute in range(30):
        jitter = timedelta(milliseconds=(minute * 37) % 90 - 45)
        asked.append((NOON + minute * MINUTE + jitter, NOON + minute * MINUTE + jitter))
        late = NOON + minute * MINUTE - jitter
        asked.append((late + timedelta(seconds=5), late))
    done = []
    for _real, clock in sorted(asked):
        with time_machine.travel(clock, tick=False):
            if chores.once("sweep", MINUTE):
                done.append(clock.replace(second=0, microsecond=0))

    assert len(done) == 30
    assert len(set(done)) == 30


def test_a_worker_that_comes_late_does_not_move_the_periods() -> None:
    with time_machine.travel(NOON + timedelta(seconds=47), tick=False):
        assert chores.once("sweep", MINUTE)
    with time_machine.travel(NOON + timedelta(seconds=59), tick=False):
        assert not chores.once("sweep", MINUTE)
    with time_machine.travel(NOON + timedelta(seconds=60), tick=False):
        assert chores.once("sweep", MINUTE)


def test_chores_do_not_wait_for_each_other() -> None:
    with time_machine.travel(NOON, tick=False):  # no minute ends in between
        assert [chores.once(name, MINUTE) for name in ("sweep", "dust", "sweep")] == [True, True, False]


def test_the_end_is_noted() -> None:
    chores.once("sweep", MINUTE)

    chores.done("sweep")

    assert Chore.objects.get().done_at
