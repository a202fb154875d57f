"""The start page: what needs attention, and what happened last."""

import pytest

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients.models import Connection
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_figures_count_what_the_person_sees(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    casting.synced(cast.client, lexware, by=cast.paula, index=7)

    paula = sign_in(cast.paula).get("/").context["start"]
    fremd = sign_in(cast.fremd).get("/").context["start"]

    assert (paula.total, paula.counts, paula.contacts) == (2, {"connected": 1, "none": 1}, 30)
    assert (fremd.total, fremd.counts, fremd.contacts) == (1, {"none": 1}, 0)


def test_what_needs_attention_leads_to_its_client(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    casting.connect(cast.client, lexware, by=cast.paula)
    Connection.objects.update(state="reconnect")

    page = sign_in(cast.paula).get("/").content.decode()

    assert f'href="{cast.client.url}"' in page
    assert f'href="{cast.other.url}connect/"' in page
    assert "All clients are connected." not in page


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
