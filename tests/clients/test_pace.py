"""The slots of an account, shared by threads and processes."""

import itertools
import time

import pytest
from django.conf import LazySettings

from lexweb.clients import pace
from lexweb.clients.models import Pace
from lexweb.clients.pace import Slots
from tests.clients.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SPACING = 0.1
TOLERANCE = 0.07  # a busy machine lets a waiter oversleep; its successor is not late for that


@pytest.fixture(autouse=True)
def _spacing(settings: LazySettings) -> None:
    settings.LEXWARE_SPACING = SPACING


def go(account: str, times: int, *, background: bool = False) -> list[float]:
    """Wait for that many slots; return the moments at which each request would have gone out."""
    slots, moments = Slots(account, background=background), []
    for _ in range(times):
        slots.wait()
        moments.append(time.monotonic())
    return moments


def gaps(moments: list[float]) -> list[float]:
    return [later - earlier for earlier, later in itertools.pairwise(sorted(moments))]


def test_the_first_request_goes_at_once() -> None:
    assert pace.reserve("a") <= 0


def test_each_reservation_is_one_slot_later(settings: LazySettings) -> None:
    settings.LEXWARE_SPACING = 0.505

    waits = [pace.reserve("a") for _ in range(4)]

    assert waits == pytest.approx([0, 0.505, 1.01, 1.515], abs=0.2)
    assert gaps(waits) == pytest.approx([0.505] * 3, abs=0.2)


def test_threads_share_the_slots_of_an_account() -> None:
    moments = at_once(lambda _: go("a", 4), workers=3)

    everything = [moment for each in moments for moment in each]
    assert len(everything) == 12
    # Single gaps say nothing on a busy machine, where a waiter oversleeps and its successor does not.
    assert max(everything) - min(everything) > 11 * SPACING - TOLERANCE


def test_accounts_do_not_wait_for_each_other() -> None:
    started = time.monotonic()

    at_once(lambda number: go(f"account {number}", 3), workers=4)

    assert time.monotonic() - started < 3 * 4 * SPACING + 0.5


def test_syncs_delay_a_person_by_one_slot_at_most(settings: LazySettings) -> None:
    settings.LEXWARE_SPACING = 0.25
    waits: list[float] = []

    def work(number: int) -> None:
        if number < 4:
            go("a", 4, background=True)  # four syncs that take every slot they can get
            return
        time.sleep(0.3)
        for _ in range(3):
            started = time.monotonic()
            Slots("a").wait()
            waits.append(time.monotonic() - started)
            time.sleep(0.4)

    assert at_once(work, workers=5) == [None] * 5
    assert len(waits) == 3
    assert max(waits) < 0.25 + 0.4  # one slot, not four, and what a busy machine adds


def test_background_work_takes_no_slot_that_it_has_to_wait_for() -> None:
    assert pace.take_if_free("a") == 0
    before = Pace.objects.get().next_at

    wait = pace.take_if_free("a")

    assert 0 < wait <= SPACING
    assert Pace.objects.get().next_at == before


def test_being_told_to_slow_down_holds_everybody_back() -> None:
    go("a", 1)

    Slots("a").penalize(0.4)

    assert pace.take_if_free("a") == pytest.approx(0.4, abs=0.1)
    assert pace.reserve("a") == pytest.approx(0.4, abs=0.1)
    assert pace.reserve("b") <= 0


def test_a_penalty_never_shortens_the_wait() -> None:
    Slots("a").penalize(5)

    Slots("a").penalize(0.1)

    assert pace.reserve("a") == pytest.approx(5, abs=0.2)


def test_a_penalty_counts_for_an_account_never_asked_before() -> None:
    Slots("new").penalize(2)

    assert pace.reserve("new") == pytest.approx(2, abs=0.2)


def test_idle_time_is_not_saved_up() -> None:
    go("a", 1)
    time.sleep(4 * SPACING)

    moments = go("a", 3)

    assert max(moments) - min(moments) > (len(moments) - 1) * SPACING - TOLERANCE
