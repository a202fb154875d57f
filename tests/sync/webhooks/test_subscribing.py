"""All event types are subscribed at an own address, and stay so."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.clients.troubles import Trouble
from lexweb.lexware.api.event_subscriptions import EVENT_TYPES
from lexweb.sandbox.server import RunningSandbox
from lexweb.sandbox.webhooks import subscriptions
from lexweb.sync import hooks, passes
from lexweb.sync.models import Hook, Pass, State
from tests import cast as casting
from tests.cast import Cast
from tests.sync.webhooks.told import Told

PATH = "/v1/event-subscriptions"


@pytest.fixture
def connected_only(connected: Connection, lexware: RunningSandbox) -> Told:
    return Told(connected, lexware)


def over_there(told: Told) -> dict[str, list[str]]:
    """Event types by address."""
    found: dict[str, list[str]] = {}
    for each in told.organization.shelf(subscriptions.KIND):
        found.setdefault(each.document["callbackUrl"], []).append(each.document["eventType"])
    return found


def make_due(hook: Hook) -> None:
    Hook.objects.filter(pk=hook.pk).update(due_at=timezone.now())


def test_everything_is_subscribed_one_request_a_step(connected_only: Told, reachable: str) -> None:
    told, before = connected_only, len(connected_only.asked())
    assert not hooks.subscribed(told.connection)

    steps = told.subscribe()

    address = f"{reachable}/webhooks/{told.hook.key}/"
    assert over_there(told) == {address: list(EVENT_TYPES)}
    assert steps == len(told.asked(since=before)) == 1 + 42
    assert hooks.subscribed(told.connection)
    assert told.hook.trouble == ""
    assert timedelta(hours=19) < told.hook.due_at - timezone.now() < timedelta(hours=29)


def test_comparing_costs_one_request_a_day(told: Told) -> None:
    before = len(told.asked())
    make_due(told.hook)
    assert told.subscribe() == 1
    assert told.asked(since=before) == [f"GET {PATH}"]
    assert told.subscribe() == 0


def test_what_was_lost_over_there_is_made_again(told: Told) -> None:
    lost = [each for each in told.organization.shelf(subscriptions.KIND) if "invoice" in each.document["eventType"]]
    subscriptions.remove(told.organization, lost)
    make_due(told.hook)

    assert told.subscribe() == 1 + len(lost)
    [(_, types)] = over_there(told).items()
    assert sorted(types) == sorted(EVENT_TYPES)


def test_what_changed_before_we_were_told_is_read_at_once(told: Told) -> None:
    passes.ensure(State.objects.get(connection=told.connection))
    Pass.objects.update(due_at=timezone.now() + timedelta(hours=1), asked=False)
    subscriptions.remove(told.organization, [next(iter(told.organization.shelf(subscriptions.KIND)))])
    make_due(told.hook)

    told.subscribe()

    due = Pass.objects.filter(asked=True, due_at__lte=timezone.now()).values_list("resource", flat=True)
    assert set(due) == {"contacts", "articles", "templates", "changes"}


def test_a_worker_killed_half_way_goes_on(connected_only: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    told, real, count = connected_only, hooks._save, iter(range(100))

    def dying(hook: Hook, **values: object) -> None:
        if next(count) == 7:
            raise KeyboardInterrupt
        real(hook, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(hooks, "_save", dying)
    with pytest.raises(KeyboardInterrupt):  # the seventh is made over there, and not noted here
        told.subscribe()
    monkeypatch.undo()

    told.subscribe()
    [(_, types)] = over_there(told).items()
    assert sorted(types) == sorted(EVENT_TYPES)
    assert hooks.subscribed(told.connection)


def test_an_uncertain_one_is_looked_for_first(connected_only: Told, lexware: RunningSandbox) -> None:
    told, before = connected_only, len(connected_only.asked())
    lexware.fault("504_after", method="POST", path=PATH)

    told.subscribe()

    assert told.asked(since=before)[:4] == [f"GET {PATH}", f"POST {PATH}", f"GET {PATH}", f"POST {PATH}"]
    assert told.asked(since=before).count(f"POST {PATH}") == 42
    assert hooks.subscribed(told.connection)


def test_ours_that_lead_elsewhere_are_ended(told: Told, lexware: RunningSandbox, settings: LazySettings) -> None:
    ours = told.organization
    key = str(told.connection.lexware_connection_id)

    def add(url: str) -> None:
        subscriptions.add(ours, key, "contact.created", url, now="2026-11-20T09:00:00.000+01:00")

    add(f"{settings.PUBLIC_URL}/webhooks/{'A' * 43}/")  # an older key of ours
    add(f"http://localhost:1/webhooks/{told.hook.key}/")  # where we were before
    add("https://someone.example/webhooks/other/")  # another program with the same API key
    make_due(told.hook)

    told.subscribe()

    assert set(over_there(told)) == {hooks.address(told.hook), "https://someone.example/webhooks/other/"}
    assert hooks.subscribed(told.connection)


def test_at_a_new_address_everything_is_subscribed_anew_at_once(told: Told, settings: LazySettings) -> None:
    settings.PUBLIC_URL = settings.PUBLIC_URL.replace("localhost", "127.0.0.1")
    assert not hooks.subscribed(told.connection)

    assert told.subscribe() == 1 + 42 + 42

    assert list(over_there(told)) == [hooks.address(told.hook)]
    assert "127.0.0.1" in hooks.address(told.hook)


def test_an_address_that_does_not_answer_is_tried_later(connected_only: Told, settings: LazySettings) -> None:
    told = connected_only
    settings.PUBLIC_URL = "http://localhost:9"  # nobody listens there

    assert told.subscribe() == 2
    assert (told.hook.trouble, hooks.subscribed(told.connection)) == ("unreachable", False)
    assert timedelta(minutes=45) < told.hook.due_at - timezone.now() < timedelta(minutes=75)
    assert told.subscribe() == 0

    make_due(told.hook)
    assert told.subscribe() == 2
    assert told.hook.due_at - timezone.now() > timedelta(hours=19)


def test_it_ends_by_itself_once_the_address_answers(
    connected_only: Told, settings: LazySettings, reachable: str
) -> None:
    settings.PUBLIC_URL = "http://localhost:9"
    connected_only.subscribe()
    settings.PUBLIC_URL = reachable
    connected_only.subscribe()
    assert connected_only.hook.trouble == ""
    assert hooks.subscribed(connected_only.connection)


def test_a_missing_right_is_no_trouble_for_the_sync(connected_only: Told, lexware: RunningSandbox) -> None:
    lexware.fault("forbidden_403", path=PATH)
    assert connected_only.subscribe() == 1
    assert connected_only.hook.trouble == "forbidden"
    assert Connection.objects.get().is_connected


def test_where_lexware_office_cannot_call_nothing_is_asked(connected_only: Told, settings: LazySettings) -> None:
    before = len(connected_only.asked())
    settings.PUBLIC_URL = "http://lexweb.example"
    assert connected_only.subscribe() == 0
    assert hooks.due_at(State.objects.get()) is None
    assert connected_only.asked(since=before) == []


def test_after_connecting_again_everything_is_subscribed_anew(told: Told, cast: Cast, lexware: RunningSandbox) -> None:
    key, first = told.hook.key, over_there(told)
    subscriptions.remove(told.organization, list(told.organization.shelf(subscriptions.KIND)))  # ended with the key

    casting.connect(cast.client, lexware, by=cast.klaus)

    assert not hooks.subscribed(told.connection)
    assert told.subscribe() == 1 + 42
    assert told.hook.key == key
    assert over_there(told) == first


def test_another_organization_gets_another_address(told: Told) -> None:
    key = told.hook.key
    hooks.start_over(told.connection)
    assert told.hook.key != key
    assert told.hook.due_at <= timezone.now()
    assert not told.hook.subscriptions


def test_what_was_found_for_the_grant_before_is_not_kept(told: Told) -> None:
    """The connection is bound anew while its subscriptions are compared."""
    make_due(told.hook)
    late = told.hook
    hooks.begin(told.connection)
    hooks._save(late)
    assert not hooks.subscribed(told.connection)


def test_a_connection_that_ended_is_not_subscribed(told: Told) -> None:
    Connection.objects.update(state="reconnect")
    assert not hooks.subscribed(Connection.objects.get())


def test_a_connection_without_a_hook_gets_one(connected_only: Told) -> None:
    Hook.objects.all().delete()
    assert connected_only.subscribe() == 43
    assert hooks.subscribed(connected_only.connection)


@pytest.mark.parametrize("kind", ["500", "timeout"])
def test_one_that_never_comes_about_is_tried_ever_more_rarely(
    connected_only: Told, lexware: RunningSandbox, kind: str
) -> None:
    lexware.fault(kind, method="POST", path=PATH, count=None, seconds=0.02)
    before = len(connected_only.asked())

    assert connected_only.subscribe(at_most=20) < 10, "it goes on for ever"

    asked = connected_only.asked(since=before)
    assert asked.count(f"POST {PATH}") == 2  # that it is uncertain was looked up in between
    assert connected_only.hook.trouble == "unexpected"
    assert connected_only.hook.due_at > timezone.now() + timedelta(minutes=40)
    lexware.clear_faults()
    make_due(connected_only.hook)
    connected_only.subscribe()
    assert hooks.subscribed(connected_only.connection)


def test_what_cannot_be_compared_lets_everything_else_go_first(connected_only: Told, lexware: RunningSandbox) -> None:
    lexware.fault("500", method="GET", path=PATH, count=None)

    with pytest.raises(Trouble):
        connected_only.subscribe()

    assert connected_only.subscribe() == 0
    assert not hooks.subscribed(connected_only.connection)
    assert timedelta(minutes=10) < connected_only.hook.due_at - timezone.now() < timedelta(minutes=20)
    lexware.clear_faults()
    make_due(connected_only.hook)
    connected_only.subscribe()
    assert hooks.subscribed(connected_only.connection)
