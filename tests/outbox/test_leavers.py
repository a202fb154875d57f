"""Who asked for a change may not be there any more when it is sent."""

from collections.abc import Callable

import pytest

from lexweb.clients.models import Assignment
from lexweb.contacts.wishes import Wish
from lexweb.firm.models import Staff
from lexweb.outbox import services
from lexweb.outbox.models import Batch
from tests.cast import Cast
from tests.contacts.desk import Desk
from tests.outbox.worker import Worker, only, put

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = Wish("set_note", "Neu")


def _leaves(staff: Staff) -> None:
    Staff.objects.filter(pk=staff.pk).update(is_active=False)


def _only_reads(staff: Staff) -> None:
    Staff.objects.filter(pk=staff.pk).update(role="auditor")


def _loses_the_client(staff: Staff) -> None:
    Assignment.objects.filter(staff=staff).delete()


def _is_deleted(staff: Staff) -> None:
    Batch.objects.filter(staff=staff).update(staff=None)  # what SET_NULL does


@pytest.mark.parametrize("event", [_leaves, _only_reads, _loses_the_client, _is_deleted])
def test_nothing_is_sent_for_who_may_not_do_it_any_more(
    desk: Desk, worker: Worker, cast: Cast, event: Callable[[Staff], None]
) -> None:
    contact = desk.add(note="alt")
    put(desk.connection, [contact], NOTE, by=cast.klaus)
    event(cast.klaus)

    worker.run()

    assert (only().state, only().reason) == ("refused", "not_allowed")
    assert desk.stored(contact.lexware_id)["note"] == "alt"


def test_a_colleague_sends_it_again_and_answers_for_it(desk: Desk, worker: Worker, cast: Cast) -> None:
    contact = desk.add(note="alt")
    put(desk.connection, [contact], NOTE, by=cast.klaus)
    _leaves(cast.klaus)
    worker.run()

    assert services.retry_refused([only().batch], by=cast.aylin) == 1
    worker.run()

    assert only().state == "done"
    assert desk.stored(contact.lexware_id)["note"] == "Neu"
    assert (only().batch.staff, only().batch.staff_name) == (cast.aylin, "Aylin")


def test_sent_again_for_somebody_who_still_may_it_stays_theirs(desk: Desk, worker: Worker, cast: Cast) -> None:
    batch = put(desk.connection, [desk.add(note="alt")], NOTE, by=cast.klaus)
    batch.items.update(state="refused", reason="busy", due_at=None)

    services.retry(only(), by=cast.aylin)

    assert only().batch.staff == cast.klaus
