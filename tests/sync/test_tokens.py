"""A token that dies in the middle of a run is renewed, and nothing of the run is lost."""

import pytest

from lexweb.clients import connecting
from lexweb.clients.models import Connection
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.sync.office import LARGE, Office, mirrored, reading, run, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(lexware: RunningSandbox) -> Office:
    """2,500 contacts on ten pages."""
    return Office(lexware, LARGE)


@pytest.fixture
def connection(cast: Cast, office: Office) -> Connection:
    """A connection by OAuth, due for its first sync."""
    attempt = connecting.begin(cast.client, state="abc")
    location = office.sandbox.consent(attempt.address, office.id)
    code = location.partition("code=")[2].partition("&")[0]
    assert connecting.finish(cast.client, code=code, verifier=attempt.verifier, by=cast.klaus) is None
    connection = Connection.objects.get(client=cast.client)
    casting.leave_out_all_but(connection, "contacts")
    return connection


def test_an_expired_token_is_refreshed_in_the_middle_of_a_run(connection: Connection, office: Office) -> None:
    office.sandbox.fault("slow", path="/v1/contacts", count=4, seconds=0)
    office.sandbox.fault("expired_token", path="/v1/contacts")

    assert run(connection)

    assert mirrored(connection) == office.contacts
    assert office.pages_asked() == [0, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9]
    assert Connection.objects.get(pk=connection.pk).token_version == connection.token_version + 1


def test_an_access_ended_in_the_middle_keeps_what_came_and_goes_on_when_connected_again(
    connection: Connection, office: Office
) -> None:
    office.sandbox.fault("slow", path="/v1/contacts", count=4, seconds=0)
    office.sandbox.fault("revoked", path="/v1/contacts")

    assert not run(connection)
    lost = Connection.objects.get(pk=connection.pk)
    stopped, at, kept = state_of(connection), reading(connection).cursor["page"], len(mirrored(connection))
    key = office.sandbox.organizations()[LARGE]["apiKey"]
    connecting.connect_key(lost.client, key=key, by=lost.connected_by)
    casting.leave_out_all_but(connection, "contacts")
    assert run(connection)

    assert lost.state == Connection.State.RECONNECT
    assert (stopped.error, at, kept) == ("reconnect", 4, 1000)
    assert office.pages_asked() == [0, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9]
    assert mirrored(connection) == office.contacts
