"""The one door to Lexware Office: what passes, and when it stays shut."""

from uuid import uuid4

import pytest
from django.db import transaction

from lexweb.clients import gateway, troubles
from lexweb.clients.models import Connection
from lexweb.clients.troubles import TABLE, Trouble
from lexweb.lexware import errors
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_what_the_caller_acts_on_passes_unchanged_and_nothing_else(cast: Cast, lexware: RunningSandbox) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.klaus)

    with (
        pytest.raises(gateway.NotFound),
        gateway.open_office(connection, passing=(gateway.NotFound,)) as office,
    ):
        office.contacts.get(uuid4())
    with pytest.raises(Trouble, match="missing"), gateway.open_office(connection) as office:
        office.contacts.get(uuid4())


def test_no_call_inside_a_transaction(cast: Cast, lexware: RunningSandbox) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.klaus)
    lexware.state.journal.clear()

    with (
        transaction.atomic(),
        pytest.raises(RuntimeError, match="inside a transaction"),
        gateway.open_office(connection),
    ):
        pass

    assert lexware.requests() == []


def test_every_error_of_the_api_has_a_sentence() -> None:
    def leaves(kind: type[errors.LexwareError]) -> list[type[errors.LexwareError]]:
        below = [each for each in kind.__subclasses__() if each.__module__ == errors.__name__]
        return [kind] + [leaf for each in below for leaf in leaves(each)]

    assert {troubles.code_of(kind("")) for kind in leaves(errors.LexwareError)} <= set(TABLE)
    assert Trouble("reconnect").words is TABLE["reconnect"]
    assert set(Connection.State.values) - {"connected"} <= set(TABLE)
