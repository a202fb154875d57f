"""Connecting again: the old grant ends, the mirror stays, and two who bind at once do not mix clients."""

import pytest

from lexweb.activity.kinds import Kind
from lexweb.activity.models import Entry
from lexweb.clients import connecting, ending, gateway, grants
from lexweb.clients.models import Client, Connection, LooseGrant
from lexweb.clients.troubles import Trouble
from lexweb.contacts.models import Contact
from lexweb.lexware.api.profile import Profile
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
SMALL = 7


def test_connecting_again_revokes_the_old_grant_and_keeps_the_mirror(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    casting.synced(cast.client, lexware, by=cast.klaus, index=SMALL)
    old = flow.connected(browser, lexware, cast.client, index=SMALL)

    new = flow.connected(browser, lexware, cast.client, index=SMALL)
    waiting = LooseGrant.objects.get()
    ending.revoke_due()

    assert waiting.question == ""
    assert flow.living(lexware) == {str(new.lexware_connection_id)}
    assert old.lexware_connection_id != new.lexware_connection_id
    assert Contact.objects.count() == 30
    assert [e.kind for e in Entry.objects.order_by("-pk")[:2]] == [Kind.RECONNECTED, Kind.RECONNECTED]


def test_a_connection_lost_over_there_says_since_when_and_why_and_can_be_renewed(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    connection = flow.connected(browser, lexware, cast.client)
    lexware.state.grants.end(str(connection.lexware_connection_id))
    with pytest.raises(Trouble), gateway.open_office(connection) as office:
        office.profile.get()
    page = browser.get(cast.client.url).content.decode()

    renewed = flow.connected(browser, lexware, cast.client)

    assert "Lexware Office no longer accepts the authorization" in page
    assert "Connect again" in page
    assert (renewed.state, renewed.state_reason) == ("connected", "")
    with gateway.open_office(renewed) as office:
        assert office.profile.get().connection_id == renewed.lexware_connection_id


def test_connecting_after_disconnecting_keeps_the_row_and_its_mirror(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    before = casting.synced(cast.client, lexware, by=cast.klaus, index=SMALL)
    browser.post(f"{cast.client.url}disconnect/")

    now = flow.connected(browser, lexware, cast.client, index=SMALL)

    assert now.pk == before.pk
    assert Contact.objects.filter(connection=now).count() == 30


def test_a_disconnected_client_still_asks_before_another_company_is_bound(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    browser = sign_in(cast.klaus)
    flow.connected(browser, lexware, cast.client)
    browser.post(f"{cast.client.url}disconnect/")

    page = flow.said(browser, flow.connect(browser, lexware, cast.client, index=1))

    assert "This is another company than before" in page


def test_who_comes_second_with_the_same_grant_is_refused_by_the_database(cast: Cast, lexware: RunningSandbox) -> None:
    key = flow.organization(lexware)["apiKey"]
    profile = gateway.identify(key)
    loose = [_waiting(client, key, profile) for client in (cast.client, cast.other)]
    connecting.bind(loose[0], by=cast.paula)

    with pytest.raises(connecting.ConnectionTaken):
        connecting.bind(loose[1], by=cast.paula)

    assert Connection.objects.get().client == cast.client
    assert not LooseGrant.objects.exists()
    assert Entry.objects.filter(client_id=cast.other.pk).count() == 0


def test_no_connecting_inside_a_transaction(cast: Cast, lexware: RunningSandbox) -> None:
    from django.db import transaction

    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
        connecting.finish(cast.client, code="c", verifier="v", by=cast.paula)

    assert lexware.requests() == []


def _waiting(client: Client, key: str, profile: Profile) -> LooseGrant:
    return grants.keep(client, grants.Grant("api_key", key), by=client.firm.staff.first(), profile=profile.payload())
