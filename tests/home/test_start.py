"""The start page: what needs attention, and what happened last."""

import pytest
from django.conf import LazySettings

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients.models import Connection
from lexweb.home.selectors import Start
from lexweb.outbox.models import Batch, Item
from tests.cast import Cast
from tests.conftest import SignIn
from tests.sync import made_up

pytestmark = pytest.mark.django_db


def test_figures_count_what_the_person_sees(cast: Cast, sign_in: SignIn) -> None:
    made_up.connected(cast.client, counts={"contacts": 30, "vouchers": 120})

    paula = sign_in(cast.paula).get("/").context["start"]
    fremd = sign_in(cast.fremd).get("/").context["start"]

    assert (paula.total, _states(paula), paula.contacts, paula.vouchers) == (2, {"connected": 1, "none": 1}, 30, 120)
    assert (fremd.total, _states(fremd), fremd.contacts, fremd.vouchers) == (1, {"none": 1}, 0, 0)


def test_what_needs_attention_leads_to_its_client(cast: Cast, sign_in: SignIn) -> None:
    made_up.connected(cast.client)
    Connection.objects.update(state="reconnect", state_reason="refused")

    page = sign_in(cast.paula).get("/").content.decode()

    assert f'href="{cast.client.url}"' in page
    assert f'href="{cast.other.url}connect/"' in page
    assert "Lexware Office no longer accepts the authorization" in page
    assert 'href="/clients/?state=reconnect"' in page


def test_who_may_not_connect_is_led_to_the_client_itself(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.robert).get("/").content.decode()

    assert f'href="{cast.other.url}"' in page
    assert f"{cast.other.url}connect/" not in page


def test_the_last_events_are_of_clients_in_view_alone(cast: Cast, sign_in: SignIn) -> None:
    for client, name in ((cast.client, "Meiner"), (cast.other, "Unsichtbarer"), (cast.foreign, "Fremder")):
        activity.record(Kind.CONTACT_CREATED, client=client, by=cast.paula, name=name)

    klaus = sign_in(cast.klaus).get("/").content.decode()
    paula = sign_in(cast.paula).get("/").content.decode()

    assert ("“Meiner”" in klaus, "Unsichtbarer" in klaus, "Fremder" in klaus) == (True, False, False)
    assert ("“Meiner”" in paula, "“Unsichtbarer”" in paula, "Fremder" in paula) == (True, True, False)


def test_a_firm_without_clients_has_a_start_page(cast: Cast, sign_in: SignIn) -> None:
    cast.client.staff.clear()

    answer = sign_in(cast.aylin).get("/")

    assert (answer.status_code, answer.context["start"].total) == (200, 0)


def test_the_sync_of_the_firm_is_one_line(cast: Cast, sign_in: SignIn, settings: LazySettings) -> None:
    settings.LEXWARE_SPACING = 0.5
    made_up.alive()
    made_up.under_way(made_up.working(made_up.connected(cast.client)), "vouchers", pages=10, of=50)

    page = sign_in(cast.paula).get("/").content.decode()

    assert "1 of 1 connected clients is being synced" in page
    assert "20 s left" in page
    assert 'href="/sync/"' in page


def test_own_changes_that_were_refused_need_attention(cast: Cast, sign_in: SignIn) -> None:
    connection = made_up.connected(cast.client)
    batch = Batch.objects.create(connection=connection, staff=cast.klaus, staff_name="Klaus", act="contact.update")
    Item.objects.create(batch=batch, connection=connection, number=0, state="refused", label="Muster GmbH")

    assert "refused 1 of your changes" in sign_in(cast.klaus).get("/").content.decode()
    assert "refused 1 of your changes" not in sign_in(cast.paula).get("/").content.decode()


def _states(start: Start) -> dict[str, int]:
    return {code: count for code, _word, count in start.states if count}
