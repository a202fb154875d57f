"""What was asked for of several clients in one go: one line in the outbox, one page, one undo, one retry."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from lexweb.clients.models import Assignment, Connection
from lexweb.contacts import acts
from lexweb.contacts.wishes import Wish
from lexweb.outbox import plans, selectors, services
from lexweb.outbox.models import Batch, Item
from tests.cast import Cast
from tests.conftest import SignIn
from tests.sync import made_up

pytestmark = pytest.mark.django_db
NOTE = Wish("set_note", "Neu").stored


@pytest.fixture
def connections(cast: Cast) -> list[Connection]:
    """Two clients; Paula sees both, Klaus the first one only."""
    return [made_up.connected(cast.client), made_up.connected(cast.other)]


@pytest.fixture
def group(cast: Cast, connections: list[Connection]) -> UUID:
    """Two changes of the first client, one of the second, asked for by Paula."""
    plan: plans.Plan[str] = plans.Plan(acts.CHANGE, NOTE)
    for connection, labels in zip(connections, (["Ahrens", "Brand"], ["Coester"]), strict=True):
        for label in labels:
            plan.add(connection, services.Wanted(f"contact:{uuid4()}", label), label)
    batch = plans.start(plan, agreed=plan.signed(uuid4()), by=cast.paula)
    assert batch.group
    return batch.group


def _address(name: str, group: UUID) -> str:
    return reverse(f"outbox:{name}", args=[group])


def _refuse(label: str) -> None:
    Item.objects.filter(label=label).update(state="refused", reason="busy", due_at=None)


def test_a_plan_over_clients_makes_one_batch_for_each_and_only_once(
    cast: Cast, connections: list[Connection], group: UUID
) -> None:
    plan: plans.Plan[str] = plans.Plan(acts.CHANGE, NOTE)
    for connection in connections:
        plan.add(connection, services.Wanted(f"contact:{uuid4()}", "x"), "x")
    agreed = plan.signed(uuid4())

    made = [plans.start(plan, agreed=agreed, by=cast.paula) for _press in range(2)]

    assert made[0] == made[1]
    found = Batch.objects.filter(group=made[0].group)
    assert {batch.connection_id: batch.items.count() for batch in found} == {each.pk: 1 for each in connections}
    started = plans.started(agreed, by=cast.paula)
    assert started
    assert started.group == made[0].group
    assert plans.started(agreed, by=cast.klaus) is None
    assert plans.started("nonsense", by=cast.paula) is None


def test_what_was_agreed_to_is_what_is_done(cast: Cast, connections: list[Connection]) -> None:
    target = f"contact:{uuid4()}"
    seen: plans.Plan[str] = plans.Plan(acts.CHANGE, NOTE)
    seen.add(connections[0], services.Wanted(target, "x"), "x")
    elsewhere: plans.Plan[str] = plans.Plan(acts.CHANGE, NOTE)
    elsewhere.add(connections[1], services.Wanted(target, "x"), "x")
    other_act: plans.Plan[str] = plans.Plan(acts.CREATE, NOTE)
    other_act.add(connections[0], services.Wanted(target, "x"), "x")
    empty: plans.Plan[str] = plans.Plan(acts.CHANGE, NOTE)

    for plan in (elsewhere, other_act, empty):
        with pytest.raises(plans.Changed):
            plans.start(plan, agreed=seen.signed(uuid4()), by=cast.paula)
    with pytest.raises(plans.Changed):
        plans.start(empty, agreed=empty.signed(uuid4()), by=cast.paula)
    assert Batch.objects.count() == 0


def test_the_list_shows_it_once_with_all_counts(cast: Cast, sign_in: SignIn, group: UUID) -> None:
    _refuse("Coester")
    paula = sign_in(cast.paula)

    listed = paula.get(reverse("outbox:list"))
    page = listed.content.decode()

    assert len(listed.context["batches"]) == 1
    assert "2 clients" in page
    assert "2 waiting" in page
    assert "1 refused" in page
    assert f'href="{_address("group", group)}"' in page
    of_one = paula.get(reverse("outbox:list"), {"client": cast.other.slug})
    assert [shown.counts.total for shown in of_one.context["batches"]] == [1]
    assert len(paula.get(reverse("outbox:list"), {"state": "refused"}).context["batches"]) == 1
    assert len(paula.get(reverse("outbox:list"), {"state": "done"}).context["batches"]) == 0


def test_its_page_names_each_client_and_what_was_refused(cast: Cast, sign_in: SignIn, group: UUID) -> None:
    _refuse("Coester")

    page = sign_in(cast.paula).get(_address("group", group)).content.decode()

    assert "Tischlerei Brandt (10010)" in page
    assert "Praxis Dr. Yıldız (10020)" in page
    assert page.count("Somebody else keeps changing it") == 1
    assert "Ahrens" not in page  # waits: it stands on the page of its client


def test_one_undo_and_one_retry_for_all(cast: Cast, sign_in: SignIn, group: UUID) -> None:
    paula = sign_in(cast.paula)
    _refuse("Brand")
    _refuse("Coester")

    again = paula.post(_address("retry_group", group))
    assert again["Location"] == _address("group", group)
    assert set(Item.objects.values_list("state", flat=True)) == {"waiting"}

    back = paula.post(_address("undo_group", group), {"next": "/review/?kind=purchases"})
    assert back["Location"] == "/review/?kind=purchases"
    assert set(Item.objects.values_list("state", flat=True)) == {"cancelled"}


def test_of_a_group_one_sees_the_clients_one_works_for(cast: Cast, sign_in: SignIn, group: UUID) -> None:
    klaus = sign_in(cast.klaus)

    page = klaus.get(_address("group", group)).content.decode()
    klaus.post(_address("undo_group", group))

    assert "Praxis" not in page
    assert set(Item.objects.filter(label="Coester").values_list("state", flat=True)) == {"waiting"}
    assert Item.objects.filter(state="cancelled").count() == 2
    assert len(klaus.get(reverse("outbox:list")).context["batches"]) == 1
    assert sign_in(cast.fremd).get(_address("group", group)).status_code == 404
    assert sign_in(cast.robert).post(_address("undo_group", group)).status_code == 403
    Assignment.objects.filter(staff=cast.klaus).delete()
    assert klaus.get(_address("group", group)).status_code == 404


def test_under_way_of_several_clients_at_once(connections: list[Connection], group: UUID) -> None:
    _refuse("Brand")
    ahrens, coester = (Item.objects.get(label=label) for label in ("Ahrens", "Coester"))
    records = [(ahrens.connection_id, ahrens.target), (coester.connection_id, ahrens.target)]

    assert selectors.under_way_of(records) == {(ahrens.connection_id, ahrens.target)}
    assert selectors.all_under_way([each.pk for each in connections]) == {
        (ahrens.connection_id, ahrens.target), (coester.connection_id, coester.target),
    }  # fmt: skip
