"""An older database is put back: nothing is sent twice, everything is read anew, and burnt tokens are noticed."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.forms import model_to_dict
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.clients.troubles import Trouble
from lexweb.ops import restoring
from lexweb.outbox.models import Batch, Item
from lexweb.sandbox.server import RunningSandbox
from lexweb.sync import lease
from lexweb.sync.models import Pass, State, Worker
from tests import cast as casting
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_what_may_have_been_sent_after_the_backup_is_not_sent_again(cast: Cast, lexware: RunningSandbox) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.klaus)
    batch, now = Batch.objects.create(connection=connection, act="x", staff_name="Klaus"), timezone.now()
    made = {
        (state, sent is not None): Item.objects.create(
            batch=batch, number=number, connection=connection, label="x", state=state, sent=sent, due_at=due_at
        )
        for number, (state, sent, due_at) in enumerate(
            [("waiting", None, now), ("sending", None, now), ("sending", {"a": 1}, now), ("uncertain", {"a": 1}, now),
             ("done", {"a": 1}, None), ("refused", None, None)]
        )
    }  # fmt: skip

    assert restoring.settle().cancelled == 2

    states = {key: Item.objects.get(pk=item.pk).state for key, item in made.items()}
    assert states == {
        ("waiting", False): "cancelled", ("sending", False): "cancelled", ("sending", True): "sending",
        ("uncertain", True): "uncertain", ("done", True): "done", ("refused", False): "refused",
    }  # fmt: skip
    assert restoring.settle().cancelled == 0


def test_everything_is_due_and_leases_of_before_count_no_more(cast: Cast, lexware: RunningSandbox) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.klaus)
    later = timezone.now() + timedelta(hours=5)
    State.objects.update(due_at=later, lease_owner="dead", lease_until=later)
    Pass.objects.update_or_create(
        state=connection.sync,
        resource="contacts",
        defaults={"due_at": later, "started_at": later, "cursor": {"page": 4}},
    )

    call_command("after_restore")

    assert lease.take(connection.pk) is not None
    assert Pass.objects.get(resource="contacts").cursor == {}
    assert not Pass.objects.filter(due_at__gt=timezone.now()).exists()


def test_it_is_refused_while_a_worker_runs() -> None:
    Worker.objects.create(name="host:1:x")

    with pytest.raises(CommandError, match="host:1:x"):
        call_command("after_restore")

    assert Worker.objects.exists()


def test_a_connection_that_was_refreshed_after_the_backup_asks_for_a_person(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    connection = flow.connected(sign_in(cast.klaus), lexware, cast.client)
    backup = model_to_dict(connection, ["access_token", "refresh_token", "token_version"])
    flow.expire_in(connection, seconds=0)
    assert flow.read(connection)
    Connection.objects.filter(pk=connection.pk).update(**backup, access_expires_at=timezone.now())

    with pytest.raises(Trouble, match="reconnect"):
        flow.read(connection)

    assert Connection.objects.get().state == Connection.State.RECONNECT
