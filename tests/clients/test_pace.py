"""The slots of an account, shared by threads and processes."""

import itertools
import time

import pytest
from django.conf import LazySettings

from lexweb.clients import pace
from lexweb.clients.models import Pace
from lexweb.clients.pace import Slots
from tests.clients.threads import at_once
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
SPACING = 0.1
EARLY = 0.02  # between the clock of the slots and the one we look at
MINUTE = 60.0  # a slot so long that a machine which stands still for a while makes no difference


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
    settings.LEXWARE_SPACING = MINUTE
    waits, ends = [], []

    for _ in range(4):
        waits.append(pace.reserve("a"))
        ends.append(Pace.objects.get().next_at)

    assert waits == pytest.approx([0, MINUTE, 2 * MINUTE, 3 * MINUTE], abs=MINUTE / 2)
    assert gaps(ends) == pytest.approx([MINUTE] * 3, abs=0.01)


def test_threads_share_the_slots_of_an_account() -> None:
    started = time.monotonic()

    moments = at_once(lambda _: go("a", 4), workers=3)

    everything = sorted(moment for each in moments for moment in each)
    assert len(everything) == 12
    # Gaps say nothing on a busy machine, where a waiter oversleeps and its successor does not; nobody is early.
    assert all(moment - started > number * SPACING - EARLY for number, moment in enumerate(everything))


def test_accounts_do_not_wait_for_each_other(settings: LazySettings) -> None:
    settings.LEXWARE_SPACING = MINUTE

    waits = at_once(lambda number: [pace.reserve(f"account {number}") for _ in range(3)], workers=4)

    assert waits == [pytest.approx([0, MINUTE, 2 * MINUTE], abs=MINUTE / 2)] * 4


def test_syncs_delay_a_person_by_one_slot_at_most(settings: LazySettings) -> None:
    settings.LEXWARE_SPACING = 0.25
    ahead: list[float] = []

    def work(number: int) -> None:
        if number < 4:
            go("a", 4, background=True)  # four syncs that take every slot they can get
            return
        until(Pace.objects.exists)
        for _ in range(5):
            next_at = Pace.objects.get().next_at
            ahead.append(next_at - time.time())  # what a person would wait who came now, or a little more
            Slots("a").wait()

    assert at_once(work, workers=5) == [None] * 5
    assert len(ahead) == 5
    assert max(ahead) < 0.25 + EARLY  # one slot, not four


def test_background_work_takes_no_slot_that_it_has_to_wait_for(settings: LazySettings) -> None:
    settings.LEXWARE_SPACING = MINUTE
    assert pace.take_if_free("a") == 0
    before = Pace.objects.get().next_at

    wait = pace.take_if_free("a")

    assert 0 < wait <= MINUTE
    assert Pace.objects.get().next_at == before


def test_being_told_to_slow_down_holds_everybody_back() -> None:
    go("a", 1)

    Slots("a").penalize(MINUTE)

    assert pace.take_if_free("a") == pytest.approx(MINUTE, abs=MINUTE / 2)
    assert pace.reserve("a") == pytest.approx(MINUTE, abs=MINUTE / 2)
    assert pace.reserve("b") <= 0


def test_a_penalty_never_shortens_the_wait() -> None:
    Slots("a").penalize(MINUTE)

    Slots("a").penalize(0.1)

    assert pace.reserve("a") == pytest.approx(MINUTE, abs=MINUTE / 2)


def test_a_penalty_counts_for_an_account_never_asked_before() -> None:
    Slots("new").penalize(MINUTE)

    assert pace.reserve("new") == pytest.approx(MINUTE, abs=MINUTE / 2)


def test_idle_time_is_not_saved_up() -> None:
    go("a", 1)
    time.sleep(4 * SPACING)
    started = time.monotonic()

    moments = go("a", 3)

    assert max(moments) - started > (len(moments) - 1) * SPACING - pace.LATE - EARLY
