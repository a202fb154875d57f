"""Who looks after a voucher: given, told of, and taken back."""

from datetime import timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from lexweb.activity import presenters
from lexweb.activity import selectors as history
from lexweb.activity.models import Entry
from lexweb.clients.models import Assignment, Connection
from lexweb.vouchers import assigning
from lexweb.vouchers.models import Voucher
from tests.cast import Cast
from tests.sync import made_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection(cast: Cast) -> Connection:
    """A connected client of Klaus and Aylin."""
    return made_up.connected(cast.client)


def sentences(voucher: Voucher) -> list[str]:
    """What the history of a voucher tells, the newest first."""
    entries = history.of_target(voucher.connection.client_id, voucher.target)
    with translation.override("en"):
        return [presenters.present(entry).text for entry in entries]


def test_given_taken_and_told_of(cast: Cast, connection: Connection) -> None:
    voucher = made_up.voucher(connection, number="RE-7")

    first = assigning.assign([voucher], cast.aylin, cast.klaus)
    again = assigning.assign([voucher], cast.aylin, cast.klaus)
    voucher.refresh_from_db()
    assert (first.count, again.count, voucher.assignee) == (1, 0, cast.aylin)

    assigning.assign([voucher], None, cast.klaus)
    voucher.refresh_from_db()
    assert voucher.assignee is None
    with translation.override("en"):
        told = sentences(voucher)
    assert told == [
        "Klaus took the voucher “RE-7” from Aylin; it is assigned to nobody.",
        "Klaus assigned the voucher “RE-7” to Aylin.",
    ]


def test_nobody_gets_what_they_may_not_see(cast: Cast, connection: Connection) -> None:
    theirs, others = made_up.voucher(connection), made_up.voucher(made_up.connected(cast.other))

    for person in (cast.aylin, cast.robert, cast.fremd):  # another client; reads only; another firm
        with pytest.raises(assigning.MayNotSee):
            assigning.assign([theirs, others], person, cast.paula)

    assert set(Voucher.objects.values_list("assignee", flat=True)) == {None}
    assert Entry.objects.count() == 0


def test_people_to_choose_from_are_those_who_work_for_the_client(cast: Cast, connection: Connection) -> None:
    assert assigning.people(cast.klaus, [cast.client]) == [cast.klaus, cast.aylin, cast.paula]
    assert assigning.people(cast.paula, [cast.other]) == [cast.paula]
    cast.aylin.is_active = False
    cast.aylin.save()
    assert assigning.people(cast.klaus, [cast.client]) == [cast.klaus, cast.paula]


def test_taken_back_each_has_again_who_had_it_before(cast: Cast, connection: Connection) -> None:
    free, taken, since = (made_up.voucher(connection) for _ in range(3))
    assigning.assign([taken], cast.paula, cast.paula)
    done = assigning.assign([free, taken, since], cast.aylin, cast.klaus)
    assigning.assign([since], cast.klaus, cast.aylin)  # somebody has decided otherwise meanwhile

    assert assigning.undo(done.move, cast.aylin) == 0  # not hers to take back
    assert assigning.undo(done.move, cast.klaus) == 2
    assert assigning.undo(done.move, cast.klaus) == 0

    now = [Voucher.objects.get(pk=voucher.pk).assignee for voucher in (free, taken, since)]
    assert now == [None, cast.paula, cast.klaus]


def test_taking_back_ends_with_its_time_and_with_the_client(cast: Cast, connection: Connection) -> None:
    voucher = made_up.voucher(connection)
    done = assigning.assign([voucher], cast.aylin, cast.klaus)
    Assignment.objects.filter(staff=cast.klaus).delete()
    assert assigning.undo(done.move, cast.klaus) == 0

    Assignment.objects.create(staff=cast.klaus, client=cast.client)
    Entry.objects.update(at=timezone.now() - timedelta(hours=1))
    assert assigning.undo(done.move, cast.klaus) == 0


def test_many_take_few_queries(cast: Cast, connection: Connection) -> None:
    vouchers = [made_up.voucher(connection) for _ in range(60)]

    with CaptureQueriesContext(database) as queries:
        done = assigning.assign(Voucher.objects.select_related("connection"), cast.aylin, cast.klaus)

    assert done.count == len(vouchers) == Entry.objects.count()
    assert len(queries) <= 8, [query["sql"][:150] for query in queries]
