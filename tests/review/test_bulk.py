"""Doing the same with many receipts of the queue: over clients, with one undo, and only where one may."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from lexweb.clients.models import Assignment, Connection
from lexweb.outbox.models import Batch, Item
from lexweb.vouchers.models import Voucher
from tests.cast import Cast
from tests.conftest import SignIn
from tests.review.shelf import receipt
from tests.vouchers.choosing import GOODS, Chooser, changes, ids, knows_categories, left_out, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(paula: Browser) -> Chooser:
    """Paula at the queue."""
    return Chooser(paula, reverse("review:list"))


@pytest.fixture
def two(ours: Connection, theirs: Connection) -> list[Voucher]:
    """A receipt of each client that can be booked."""
    for connection in (ours, theirs):
        knows_categories(connection)
    return [read(ours, "A"), read(theirs, "B")]


def test_over_clients_one_batch_each_and_one_undo(queue: Chooser, two: list[Voucher]) -> None:
    seen = queue.look(ids(two), "book")
    assert [(of.connection.client.name, of.count) for of in seen.context["plan"].clients] == [
        ("Praxis Dr. Yıldız", 1), ("Tischlerei Brandt", 1),
    ]  # fmt: skip
    assert "Book 2 vouchers" in seen.content.decode()
    assert "for 2 clients" in seen.content.decode()

    response = queue.post(queue.seen(ids(two), "book") | {"back": "kind=purchases"})

    group = Batch.objects.values_list("group", flat=True).distinct().get()
    assert {batch.connection_id: batch.items.get().label for batch in Batch.objects.all()} == {
        two[0].connection_id: "A · Muster GmbH", two[1].connection_id: "B · Muster GmbH",
    }  # fmt: skip
    assert response["Location"] == f"{queue.listed}?kind=purchases"
    page = queue.browser.get(response["Location"]).content.decode()
    undo = reverse("outbox:undo_group", args=[group])
    assert f'action="{undo}"' in page
    assert page.count("being sent</span>") == 2
    queue.browser.post(undo)
    assert set(Item.objects.values_list("state", flat=True)) == {"cancelled"}


def test_all_of_the_filters_means_these_and_no_others(queue: Chooser, two: list[Voucher], theirs: Connection) -> None:
    read(theirs, "sale", kind="salesinvoice")
    chosen = queue.all(f"?kind=purchases&client={theirs.client.slug}")

    assert changes(queue.look(chosen, "book")) == [("B", "To review", "Booked")]


def test_the_queue_of_one_person_is_no_choice_for_another(
    queue: Chooser, two: list[Voucher], klaus: Browser, cast: Cast
) -> None:
    mine = Chooser(klaus, queue.listed)

    assert mine.look(queue.all(), "book").status_code == 302
    assert changes(mine.look(ids(two), "book")) == [("A", "To review", "Booked")]
    sent = mine.seen(ids(two[:1]), "book")
    Assignment.objects.filter(staff=cast.klaus).delete()
    mine.post(sent)
    assert Batch.objects.count() == 0


def test_a_category_that_a_client_lacks_is_said(queue: Chooser, ours: Connection, theirs: Connection) -> None:
    knows_categories(ours)
    knows_categories(theirs, without=[GOODS])
    vouchers = [read(ours, "A"), read(theirs, "B")]

    response = queue.look(ids(vouchers), "category", category=GOODS)

    assert changes(response) == [("A", "Bürobedarf", "Wareneinkauf")]
    assert left_out(response) == {"the client does not have this category": ["B · Muster GmbH"]}


def test_a_contact_is_of_one_client(queue: Chooser, two: list[Voucher]) -> None:
    both, one = queue.look(ids(two), "contact", contact="collective"), queue.look(ids(two[:1]), "contact")

    assert list(both.context["form"].errors) == ["change"]
    assert "a contact can be set for one client at a time" in both.content.decode()
    assert list(one.context["form"].errors) == ["contact_text"]


def test_what_is_not_connected_is_left_out(queue: Chooser, two: list[Voucher], theirs: Connection) -> None:
    theirs.state = "reconnect"
    theirs.save()

    response = queue.look(ids(two), "book")

    assert changes(response) == [("A", "To review", "Booked")]
    assert left_out(response) == {"the client is not connected": ["B · Muster GmbH"]}


def test_assigned_over_clients_where_the_person_works(
    queue: Chooser, ours: Connection, theirs: Connection, cast: Cast
) -> None:
    vouchers = [receipt(ours, "A"), receipt(theirs, "B")]
    aylin = {"assignee": str(cast.aylin.pk)}

    seen = queue.look(ids(vouchers), "assign", **aylin)
    response = queue.post(queue.seen(ids(vouchers), "assign", **aylin))

    assert left_out(seen) == {"the person does not work for the client": ["B · Muster GmbH"]}
    assert dict(Voucher.objects.values_list("number", "assignee__name")) == {"A": "Aylin", "B": None}
    page = queue.browser.get(response["Location"]).content.decode()
    undo = next(part.split('"')[0] for part in page.split('action="') if part.startswith("/review/assigning/"))
    queue.browser.post(undo)
    assert set(Voucher.objects.values_list("assignee", flat=True)) == {None}


def test_booked_ones_say_so_before_they_go(queue: Chooser, two: list[Voucher]) -> None:
    queue.post(queue.seen(ids(two), "book"))
    address = f"{queue.listed}bulk/under-way/?id={two[0].pk}&id={two[1].pk}"
    fragment = {"HX-Request": "true", "HX-Target": "under-way"}

    assert queue.browser.get(address, headers=fragment).content.decode().count("being sent") == 2
    Item.objects.update(state="done", due_at=None)
    Voucher.objects.update(status="open")
    done = queue.browser.get(address, headers=fragment).content.decode()

    assert "every 3s" not in done
    assert done.count("Open</span>") == 2


def test_who_only_reads_cannot_select(two: list[Voucher], cast: Cast, sign_in: SignIn) -> None:
    robert = Chooser(sign_in(cast.robert), reverse("review:list"))

    assert "data-select" not in robert.browser.get(robert.listed).content.decode()
    assert robert.look(ids(two), "book").status_code == 403
