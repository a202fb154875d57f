"""The sync of the whole firm: one page, one line, and no more queries for many clients than for few."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.clients.models import Client
from lexweb.sync.models import Event
from tests.cast import Cast
from tests.conftest import SignIn
from tests.sync import made_up

pytestmark = pytest.mark.django_db


def test_clients_under_way_in_trouble_and_paused(cast: Cast, sign_in: SignIn, settings: LazySettings) -> None:
    settings.LEXWARE_SPACING = 0.5
    first, second = made_up.connected(cast.client), made_up.connected(cast.other)
    made_up.under_way(made_up.working(first), "vouchers", pages=10, of=50)
    made_up.voucher(first, wanted=1)
    made_up.idle(second, error="unavailable", paused_at=timezone.now())
    paula = sign_in(cast.paula)

    page = paula.get("/sync/").content.decode()

    assert "No worker is running" in page
    assert "nothing is being synced" in page  # whatever the leases of a dead worker say
    made_up.alive()
    page = paula.get("/sync/").content.decode()
    assert "1 of 2 connected clients is being synced" in page
    assert "1 paused" in page
    assert "10 of 50 pages" in page
    assert "21 s left" in page
    assert 'hx-trigger="every 5s"' in page
    for show, there, absent in (("running", cast.client, cast.other), ("paused", cast.other, cast.client)):
        content = paula.get(f"/sync/?show={show}").content.decode()
        assert f'href="{there.url}sync/"' in content
        assert f'href="{absent.url}sync/"' not in content
    assert [row.client for row in paula.get("/sync/?show=trouble").context["rows"]] == [cast.other]
    assert [row.client for row in paula.get("/sync/?q=Tischlerei").context["rows"]] == [cast.client]
    assert "No client matches" in paula.get("/sync/?q=gibtesnicht").content.decode()
    assert len(paula.get("/sync/?show=nonsense&page=x").context["rows"]) == 2


def test_nothing_under_way_it_does_not_poll(cast: Cast, sign_in: SignIn) -> None:
    connection = made_up.connected(cast.client)
    made_up.done(made_up.idle(connection), "contacts")
    now = timezone.now()
    Event.objects.create(connection=connection, event_type="x", resource_id=connection.organization_id, event_date=now)

    response = sign_in(cast.paula).get("/sync/")

    assert "1 connected client, nothing is being synced" in response.content.decode()
    assert "Up to date" in response.content.decode()
    assert 'every 5s" hx-target="#rows"' not in response.content.decode()
    assert [row.events for row in response.context["rows"] if row.progress] == [1]


def test_everybody_sees_their_own_clients_alone(cast: Cast, sign_in: SignIn) -> None:
    for client in (cast.client, cast.other, cast.foreign):
        made_up.idle(made_up.connected(client))

    seen = {name: _clients(sign_in, cast, name) for name in ("paula", "klaus", "aylin", "robert", "fremd")}

    assert seen["paula"] == seen["robert"] == {cast.client, cast.other}
    assert seen["klaus"] == seen["aylin"] == {cast.client}
    assert seen["fremd"] == {cast.foreign}


def test_a_fragment_for_htmx(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.paula).get("/sync/", headers={"HX-Request": "true", "HX-Target": "rows"}).content.decode()

    assert page.lstrip().startswith('<div class="list" id="rows"')
    assert "<html" not in page


def test_no_worker_is_a_danger_here_and_on_the_start_page(cast: Cast, sign_in: SignIn) -> None:
    for address in ("/sync/", "/"):
        assert "No worker is running" in sign_in(cast.paula).get(address).content.decode()
    made_up.alive()
    for address in ("/sync/", "/"):
        assert "No worker is running" not in sign_in(cast.paula).get(address).content.decode()


@pytest.mark.parametrize(("address", "most"), [("/sync/", 8), ("/", 12)])
def test_300_clients_need_a_fixed_number_of_queries(address: str, most: int, cast: Cast, sign_in: SignIn) -> None:
    made_up.alive()
    now, firm = timezone.now(), cast.client.firm
    for number in range(300):
        client = Client.objects.create(firm=firm, name=f"Nr. {number}", number=f"N{number}")
        connection = made_up.connected(client)
        state = (
            made_up.working(connection)
            if number % 3 == 0
            else made_up.idle(connection, paused_at=now, paused_by=cast.klaus)
        )
        made_up.under_way(state, "vouchers", pages=1, of=5, due_at=now + timedelta(hours=1))
    made_up.voucher(connection, wanted=2)
    browser = sign_in(cast.paula)
    browser.get(address)

    with CaptureQueriesContext(database) as queries:
        response = browser.get(address)

    assert "100 of 300 connected clients are being synced" in response.content.decode()
    assert len(queries) <= most, [query["sql"][:150] for query in queries]


def _clients(sign_in: SignIn, cast: Cast, name: str) -> set[Client]:
    return {row.client for row in sign_in(getattr(cast, name)).get("/sync/").context["rows"]}
