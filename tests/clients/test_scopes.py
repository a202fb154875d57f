"""What a connection was granted, as the token answers name it (oauth-and-partner.md, chapter 3)."""

import pytest

from lexweb.clients import gateway
from lexweb.clients.models import Connection
from lexweb.sandbox.server import RunningSandbox
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> Connection:
    return flow.connected(sign_in(cast.klaus), lexware, cast.client)


def test_what_was_granted_is_known(connection: Connection, lexware: RunningSandbox) -> None:
    [grant] = lexware.state.grants.living()
    assert connection.scopes == frozenset(grant.scopes)
    with gateway.open_office(connection) as office:
        assert office.capabilities.scopes == frozenset(grant.scopes)
        assert office.capabilities.lacking("GET", "/v1/contacts") == ""


def test_a_refresh_tells_it_anew(connection: Connection, lexware: RunningSandbox) -> None:
    Connection.objects.update(scope="")  # connected before we kept it
    flow.expire_in(connection, seconds=90)
    flow.read(connection)
    [grant] = lexware.state.grants.living()
    assert Connection.objects.get().scopes == frozenset(grant.scopes)


@pytest.mark.parametrize("scope", ["", "read write"])
def test_what_says_nothing_is_not_believed(scope: str) -> None:
    assert Connection(scope=scope).scopes is None
