"""A list that breaks again and again takes its turn from no other."""

import pytest
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.sync import passes
from lexweb.sync.models import State
from tests.sync.office import Office, make_due, reading, run, state_of

pytestmark = pytest.mark.django_db
NAMES = ("contacts", "vouchers", "print-layouts", "changes")


def _run_often(connection: Connection, times: int) -> int:
    """Run again whenever the retry is due; return how many runs came to their end."""
    ended = 0
    for _ in range(times):
        State.objects.filter(connection=connection).update(due_at=timezone.now())
        ended += run(connection)
    return ended


@pytest.mark.parametrize("kind", ["500", "garbage", "timeout"])
@pytest.mark.off_contract
def test_what_comes_behind_it_is_read_all_the_same(
    connection: Connection, office: Office, impatient: None, kind: str
) -> None:
    make_due(connection, *NAMES)
    office.sandbox.fault(kind, path="/v1/print-layouts", count=None, seconds=0.02)

    _run_often(connection, passes.MOST_FAILURES + 1)

    assert reading(connection, "changes").finished_at is not None
    assert reading(connection, "print-layouts").finished_at is None
    assert state_of(connection).error, "it is tried again when nothing else is left, and the connection says so"


def test_it_takes_no_turn_from_what_is_less_urgent(connection: Connection, office: Office, impatient: None) -> None:
    make_due(connection, *NAMES)
    office.sandbox.fault("500", path="/v1/print-layouts", count=None)
    _run_often(connection, passes.MOST_FAILURES + 1)

    assert passes.next_step(state_of(connection)) is None
    assert passes.next_step(state_of(connection), nightly=True) is not None

    office.sandbox.clear_faults()
    assert _run_often(connection, 1) == 1
    assert reading(connection, "print-layouts").finished_at is not None
    assert reading(connection, "print-layouts").cursor == {}
    assert passes.next_step(state_of(connection), nightly=True) is None


def test_once_is_no_reason_to_let_others_go_first(connection: Connection, office: Office, impatient: None) -> None:
    make_due(connection, *NAMES)
    office.sandbox.fault("500", path="/v1/contacts")

    assert _run_often(connection, 1) == 0

    assert passes.next_step(state_of(connection)) is not None
    assert reading(connection, "vouchers").started_at is None
