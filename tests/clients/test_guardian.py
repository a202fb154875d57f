"""How a connection is: since when, why, who can mend it; noted by the gateway, shown in lists and on its pages."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.activity.models import Entry
from lexweb.clients import ending, gateway, guardian, selectors, states, vault
from lexweb.clients.models import Client, Connection
from lexweb.clients.troubles import Trouble
from lexweb.firm.models import Staff
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 11, 21, 12))
TODAY = date(2026, 11, 21)
LONG_AGO, JUST_NOW = NOW - timedelta(hours=1), NOW - timedelta(seconds=90)
FAR = date(2028, 11, 20)

CASES = {  # what stands in the row → code
    "well": ({}, "connected"),
    "no date": ({"expires_on": None}, "connected"),
    "in 31 days": ({"expires_on": TODAY + timedelta(days=31)}, "connected"),
    "in 30 days": ({"expires_on": TODAY + timedelta(days=30)}, "expiring"),
    "past its day": ({"expires_on": TODAY - timedelta(days=3)}, "expiring"),
    "lost": ({"state": "reconnect", "state_reason": "refused"}, "reconnect"),
    "lost and slow": ({"state": "reconnect", "trouble": "rate_limited", "trouble_since": LONG_AGO}, "reconnect"),
    "ended here": ({"state": "disconnected", "expires_on": TODAY}, "disconnected"),
    "slow just now": ({"trouble": "rate_limited", "trouble_since": JUST_NOW}, "connected"),
    "slow for long": ({"trouble": "rate_limited", "trouble_since": LONG_AGO}, "throttled"),
    "away just now": ({"trouble": "unreachable", "trouble_since": JUST_NOW}, "connected"),
    "away for long": ({"trouble": "unreachable", "trouble_since": LONG_AGO}, "unreachable"),
    "broken for long": ({"trouble": "unavailable", "trouble_since": LONG_AGO}, "unreachable"),
    "no key for long": ({"trouble": "sealed", "trouble_since": LONG_AGO}, "unreachable"),
    "away and ending": ({"trouble": "unreachable", "trouble_since": LONG_AGO, "expires_on": TODAY}, "unreachable"),
    "away just now and ending": (
        {"trouble": "unreachable", "trouble_since": JUST_NOW, "expires_on": TODAY},
        "expiring",
    ),
    "plan": ({"trouble": "plan", "trouble_since": JUST_NOW}, "plan"),
    "plan and ending": ({"trouble": "plan", "trouble_since": JUST_NOW, "expires_on": TODAY}, "plan"),
}


def row(client: Client, **values: object) -> Connection:
    """A connection that is well, but for the values."""
    well = {"kind": "oauth", "state": "connected", "state_since": LONG_AGO, "connected_at": LONG_AGO, "expires_on": FAR}
    return Connection.objects.create(
        client=client, organization_id=uuid4(), company_name="Brandt", **{**well, **values}
    )


@pytest.mark.parametrize(("values", "code"), CASES.values(), ids=list(CASES))
def test_row_and_database_say_the_same(values: dict[str, object], code: str, cast: Cast) -> None:
    connection = row(cast.client, **values)

    [client] = selectors.with_health(Client.objects.filter(pk=cast.client.pk), NOW)

    assert guardian.health(connection, NOW).code == code
    assert guardian.CODES[client.health_rank] == code


def test_every_code_is_among_the_cases_and_every_trouble_of_the_gateway_has_a_code() -> None:
    assert {code for _values, code in CASES.values()} | {"none"} == set(guardian.CODES)
    assert set(guardian.NOTED) == {"plan", "rate_limited", "unreachable", "unavailable", "sealed"}


@pytest.mark.parametrize(
    ("case", "since", "reason", "fixer"),
    [
        ("lost", LONG_AGO, "it was ended there", "let the client do it with a link"),
        ("in 30 days", timezone.make_aware(datetime(2026, 11, 21)), "The authorization ends on ", "with a link"),
        ("past its day", timezone.make_aware(datetime(2026, 10, 19)), "was expected to end on ", "with a link"),
        ("plan", JUST_NOW, "contract does not include all", "The client can extend"),
        ("slow for long", LONG_AGO, "fewer requests", "passes by itself"),
        ("away for long", LONG_AGO, "does not answer", "passes by itself"),
        ("no key for long", LONG_AGO, "sealed is missing", "Your administrator"),
        ("ended here", LONG_AGO, "ended here", "can connect it again"),
        ("well", LONG_AGO, "", ""),
    ],
)
def test_says_since_when_why_and_who_can_mend_it(
    case: str, since: datetime, reason: str, fixer: str, cast: Cast, english: None
) -> None:
    health = guardian.health(row(cast.client, **CASES[case][0]), NOW)

    assert health.since == since
    assert (reason in health.reason, fixer in health.fixer) == (True, True), health
    assert bool(health.reason) == bool(reason)


def test_of_an_api_key_the_end_is_a_guess_and_says_so(cast: Cast, english: None) -> None:
    health = guardian.health(row(cast.client, kind="api_key", expires_on=TODAY), NOW)

    assert health.reason.endswith("as far as is known here.")


def test_two_years_from_a_leap_day() -> None:
    assert guardian.end_of(date(2028, 2, 29)) == date(2030, 2, 28)


# --- what the gateway notes ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("fault", "noted"), [("429", "rate_limited"), ("503", "unavailable"), ("timeout", "unavailable")]
)
def test_a_trouble_is_noted_once_and_cleared_by_the_first_answer(
    fault: str, noted: str, cast: Cast, lexware: RunningSandbox
) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.paula)
    lexware.fault(fault, path="/v1/*", count=2, seconds=0.01)
    for _ in range(2):
        with pytest.raises(Trouble):
            flow.read(connection)
        first = getattr(connection, "trouble_since", None)
        connection.refresh_from_db()
        assert connection.trouble == noted
        assert first in (None, connection.trouble_since)  # since when does not move

    flow.read(connection)

    connection.refresh_from_db()
    assert (connection.trouble, connection.trouble_since) == ("", None)


def test_who_notes_the_same_with_an_old_copy_does_not_move_since_when(cast: Cast) -> None:
    """As two workers do that met the trouble at the same moment."""
    old = row(cast.client)
    Connection.objects.update(trouble="unreachable", trouble_since=LONG_AGO)

    states.note_trouble(old, "unreachable")

    assert Connection.objects.get().trouble_since == LONG_AGO


def test_what_is_noted_already_is_not_written_again(cast: Cast) -> None:
    noted = row(cast.client, trouble="unreachable", trouble_since=LONG_AGO)

    with CaptureQueriesContext(database) as queries:
        states.note_trouble(noted, "unreachable")

    assert len(queries) == 0


def test_lexware_office_away_is_noted(cast: Cast, lexware: RunningSandbox, settings: object, impatient: None) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.paula)
    settings.LEXWARE_API_URL = "http://127.0.0.1:9"

    with pytest.raises(Trouble):
        flow.read(connection)

    assert Connection.objects.get().trouble == "unreachable"


def test_a_call_that_goes_well_writes_nothing(cast: Cast, lexware: RunningSandbox) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.paula)

    with CaptureQueriesContext(database) as queries:
        flow.read(connection)

    assert not [query for query in queries if query["sql"].startswith('UPDATE "clients_connection"')]


def test_an_old_copy_of_the_row_clears_what_came_meanwhile(cast: Cast, lexware: RunningSandbox) -> None:
    """As a worker has it, which keeps a connection in hand for hours."""
    connection = casting.connect(cast.client, lexware, by=cast.paula)
    Connection.objects.update(trouble="unreachable", trouble_since=LONG_AGO)

    flow.read(connection)

    assert Connection.objects.get().trouble == ""


def test_an_office_that_was_not_asked_clears_nothing(cast: Cast, lexware: RunningSandbox) -> None:
    casting.connect(cast.client, lexware, by=cast.paula)
    Connection.objects.update(trouble="unreachable", trouble_since=LONG_AGO)

    with gateway.open_office(Connection.objects.get()):
        pass

    assert Connection.objects.get().trouble == "unreachable"


def test_what_the_plan_lacks_is_noted_by_the_worker_until_the_same_works(cast: Cast, lexware: RunningSandbox) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.paula)
    lexware.fault("plan_402", path="/v1/contacts*", count=2)
    with pytest.raises(Trouble), gateway.open_office(connection, background=True) as office:
        office.contacts.page(0)
    noted = Connection.objects.get()

    flow.read(connection)  # something else works
    with pytest.raises(Trouble), gateway.open_office(connection, background=True) as office:
        office.contacts.page(0)
    still = Connection.objects.get()
    with gateway.open_office(connection, background=True) as office:
        office.contacts.page(0)

    assert (noted.trouble, noted.trouble_path) == ("plan", "/v1/contacts")
    assert (still.trouble, still.trouble_since) == ("plan", noted.trouble_since)
    assert Connection.objects.get().trouble == ""


def test_what_a_person_tries_says_nothing_about_the_plan(cast: Cast, lexware: RunningSandbox) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.paula)
    lexware.fault("plan_402", path="/v1/*")

    with pytest.raises(Trouble):
        flow.read(connection)

    assert Connection.objects.get().trouble == ""


def test_a_missing_key_is_noted(cast: Cast, lexware: RunningSandbox) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.paula)
    Connection.objects.update(access_token=f"{vault.seal('x')[:-6]}AAAAAA")

    with pytest.raises(Trouble):
        flow.read(connection)

    assert Connection.objects.get().trouble == "sealed"


# --- when it ends --------------------------------------------------------------------------------------------------


def test_binding_knows_when_it_ends_and_forgets_old_troubles(
    cast: Cast, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    connection = flow.connected(sign_in(cast.klaus), lexware, cast.client)
    Connection.objects.update(trouble="plan", trouble_since=LONG_AGO, trouble_path="/v1/x", expires_on=TODAY)

    again = flow.connected(sign_in(cast.klaus), lexware, cast.client)

    two_years = guardian.end_of(timezone.localdate())
    assert (connection.expires_on, again.expires_on) == (two_years, two_years)
    assert (again.trouble, again.trouble_path, again.trouble_since) == ("", "", None)


def test_the_same_key_again_keeps_the_day_that_somebody_corrected(cast: Cast, lexware: RunningSandbox) -> None:
    casting.connect(cast.client, lexware, by=cast.paula)
    Connection.objects.update(expires_on=TODAY, state="reconnect")

    connection = casting.connect(cast.client, lexware, by=cast.paula)

    assert (connection.state, connection.expires_on) == ("connected", TODAY)


def test_the_end_of_a_key_can_be_corrected(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    casting.connect(cast.client, lexware, by=cast.paula)
    browser, page = sign_in(cast.klaus), f"{cast.client.url}connection/"
    day = timezone.localdate() + timedelta(days=90)

    for wrong in ("", "nonsense", "2020-01-01", f"{timezone.localdate() + timedelta(days=800)}"):
        assert browser.post(page, {"expires_on": wrong}).status_code == 422
    answer = browser.post(page, {"expires_on": f"{day}"})

    assert answer.status_code == 302
    assert Connection.objects.get().expires_on == day
    [change] = Entry.objects.latest("pk").values["changes"]
    assert (change["label"], change["after"]) == ("Valid until", f"{day:%d.%m.%Y}")
    assert f'value="{day}"' in browser.get(page).content.decode()


def test_the_end_of_an_authorization_cannot(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)
    connection = flow.connected(browser, lexware, cast.client)

    answer = browser.post(f"{cast.client.url}connection/", {"expires_on": f"{timezone.localdate()}"})

    assert answer.status_code == 404
    assert Connection.objects.get().expires_on == connection.expires_on


# --- pages ---------------------------------------------------------------------------------------------------------


def test_the_list_filters_and_counts_by_health(cast: Cast, sign_in: SignIn) -> None:
    row(cast.client, expires_on=timezone.localdate() + timedelta(days=5))
    row(cast.other, trouble="rate_limited", trouble_since=timezone.now() - timedelta(minutes=3))
    browser = sign_in(cast.paula)

    whole, expiring = browser.get("/clients/?sort=state"), browser.get("/clients/?state=expiring")

    assert [client.name for client in whole.context["page"]] == [cast.client.name, cast.other.name]
    assert [client.name for client in expiring.context["page"]] == [cast.client.name]
    assert whole.context["states"] == {"expiring": 1, "throttled": 1}
    assert "Expires soon" in whole.content.decode()
    assert 'id="chip-state-throttled"' in whole.content.decode()
    assert 'id="chip-state-plan"' not in whole.content.decode()


def test_what_needs_attention_comes_worst_first_and_only_of_my_clients(cast: Cast) -> None:
    row(cast.client, trouble="plan", trouble_since=JUST_NOW)
    row(cast.other, state="reconnect")
    row(cast.foreign, state="reconnect")

    assert selectors.needing_attention(cast.paula) == [cast.other, cast.client]
    assert selectors.needing_attention(cast.klaus) == [cast.client]


@pytest.mark.parametrize("person", ["klaus", "robert"])
@pytest.mark.parametrize(
    ("case", "reason", "fixer"),
    [
        ("lost", "it was ended there", "let the client do it with a link"),
        ("past its day", "was expected to end on", "let the client do it with a link"),
        ("plan", "contract does not include all", "The client can extend"),
        ("away for long", "does not answer", "passes by itself"),
        ("slow for long", "fewer requests", "passes by itself"),
    ],
)
def test_the_page_of_the_client_says_it_and_offers_what_one_may_do(
    case: str, reason: str, fixer: str, person: str, cast: Cast, sign_in: SignIn
) -> None:
    ago = timezone.now() - timedelta(hours=1)
    row(cast.client, **{**CASES[case][0], "trouble_since": ago})

    page = sign_in(getattr(cast, person)).get(cast.client.url).content.decode()

    assert (reason in page, fixer in page) == (True, True)
    assert ("Make a link for the client" in page) == (fixer.endswith("link") and person == "klaus")


def test_people_who_hear_of_it(cast: Cast) -> None:
    connection = row(cast.client, connected_by=cast.paula)
    assigned = selectors.responsible(connection)
    cast.client.staff.clear()
    connected = selectors.responsible(connection)
    Staff.objects.filter(pk=cast.paula.pk).update(is_active=False)
    Staff.objects.create_user("p2@firm.example", "x", name="P2", role="partner", firm=cast.paula.firm)
    partners = selectors.responsible(connection)

    assert (assigned, connected) == ([cast.klaus], [cast.paula])  # Aylin, assigned too, may not connect
    assert [each.email for each in partners] == ["p2@firm.example"]


def test_a_client_never_connected_has_no_page_of_the_connection(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)

    assert browser.get(f"{cast.client.url}connection/")["Location"] == f"{cast.client.url}connect/"
    assert browser.get(f"{cast.client.url}connection/link/").status_code == 404


def test_disconnecting_is_not_a_trouble(cast: Cast, lexware: RunningSandbox) -> None:
    casting.connect(cast.client, lexware, by=cast.paula)

    ending.disconnect(Client.objects.get(pk=cast.client.pk), by=cast.paula)

    assert selectors.needing_attention(cast.paula) == []
