"""The pages of the outbox: who sees what, in which words, and what can be done."""

import pytest
from django.urls import reverse

from lexweb.clients.models import Assignment
from lexweb.contacts.wishes import Wish
from lexweb.outbox import services
from lexweb.outbox.models import Batch, Item
from tests.cast import Cast
from tests.conftest import SignIn
from tests.contacts.desk import Desk, said
from tests.outbox.worker import Worker, put

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "rows"}
NOTE = Wish("set_note", "Neu")


@pytest.fixture
def batch(desk: Desk) -> Batch:
    """Three changes of Klaus that wait."""
    contacts = [desk.add(company={"name": name}) for name in ("Ahrens", "Brand", "Coester")]
    return put(desk.connection, contacts, NOTE, by=desk.connection.connected_by, hold=services.HOLD)


def _address(name: str, batch: Batch, *more: object) -> str:
    return reverse(f"outbox:{name}", args=[batch.pk, *more])


def test_an_empty_outbox_says_what_it_is_for(desk: Desk) -> None:
    assert "select rows in the list of contacts" in desk.browser.get(reverse("outbox:list")).content.decode()


def test_each_state_has_a_word_and_its_reason(desk: Desk, batch: Batch) -> None:
    states = [("refused", "busy"), ("uncertain", ""), ("cancelled", "moved")]
    for item, (state, reason) in zip(batch.items.order_by("number"), states, strict=True):
        Item.objects.filter(pk=item.pk).update(state=state, reason=reason)

    listed = desk.browser.get(reverse("outbox:list")).content.decode()
    page = desk.browser.get(_address("detail", batch)).content.decode()

    for word in ("1 refused", "1 uncertain", "1 taken back"):
        assert word in listed
    assert "Replace the note" in listed
    assert "Somebody else keeps changing it" in page
    assert "It is being looked up" in page
    assert "connected to another organization" in page


def test_complaints_of_lexware_office_are_explained(desk: Desk, batch: Batch) -> None:
    batch.items.update(state="refused", reason="rejected", issues=[["company.name", "missing_entity"]], due_at=None)

    assert "Lexware Office needs a value here." in desk.browser.get(_address("detail", batch)).content.decode()


def test_it_asks_again_only_while_something_is_under_way(desk: Desk, batch: Batch, worker: Worker) -> None:
    for address in (reverse("outbox:list"), _address("detail", batch)):
        assert "every 3s" in desk.browser.get(address, headers=HTMX).content.decode()
    batch.items.update(state="done", due_at=None)
    for address in (reverse("outbox:list"), _address("detail", batch)):
        assert "every 3s" not in desk.browser.get(address, headers=HTMX).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 1), ("state=open", 1), ("state=refused", 0), ("who=mine", 1), ("client=nonsense", 0), ("state=x", 1)],
)
def test_filters(desk: Desk, batch: Batch, query: str, found: int) -> None:
    response = desk.browser.get(f"{reverse('outbox:list')}?{query}")

    assert len(response.context["batches"]) == found


def test_undo_says_what_it_did_and_goes_back(desk: Desk, batch: Batch) -> None:
    batch.items.filter(number=0).update(state="done", due_at=None)

    response = desk.browser.post(_address("undo", batch), {"next": desk.url})

    assert response["Location"] == desk.url
    assert "2 changes were taken back. For 1 it was too late." in said(response)
    outside = desk.browser.post(_address("undo", batch), {"next": "https://evil.example/"})
    assert outside["Location"] == _address("detail", batch)


def test_single_items_are_taken_back_and_sent_again(desk: Desk, batch: Batch) -> None:
    desk.browser.post(_address("cancel", batch, 0))
    batch.items.filter(number=1).update(state="refused", reason="busy", due_at=None)
    desk.browser.post(_address("retry", batch, 1))
    late = desk.browser.post(_address("cancel", batch, 0))

    assert list(batch.items.order_by("number").values_list("state", flat=True)) == ["cancelled", "waiting", "waiting"]
    assert "It was too late" in said(late)
    assert desk.browser.post(_address("cancel", batch, 99)).status_code == 404


def test_nobody_sees_or_touches_what_belongs_to_a_client_he_may_not_see(
    desk: Desk, batch: Batch, cast: Cast, sign_in: SignIn
) -> None:
    Assignment.objects.filter(staff=cast.klaus).delete()  # not even his own: he may no longer know of the client
    for person in (cast.fremd, cast.klaus):
        browser = sign_in(person)
        assert "Replace the note" not in browser.get(reverse("outbox:list")).content.decode()
        assert browser.get(_address("detail", batch)).status_code == 404
        for name, more in (("undo", ()), ("retry_refused", ()), ("retry", (0,)), ("cancel", (0,))):
            assert browser.post(_address(name, batch, *more)).status_code == 404


def test_reading_is_not_acting(desk: Desk, batch: Batch, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.robert)

    assert "Take back" not in browser.get(_address("detail", batch)).content.decode()
    for name, more in (("undo", ()), ("retry_refused", ()), ("retry", (0,)), ("cancel", (0,))):
        assert browser.post(_address(name, batch, *more)).status_code == 403
    assert set(batch.items.values_list("state", flat=True)) == {"waiting"}


def test_the_counter_counts_my_own_and_takes_no_toasts_away(
    desk: Desk, batch: Batch, cast: Cast, sign_in: SignIn
) -> None:
    counter = reverse("outbox:counter")
    batch.items.filter(number=0).update(state="refused", due_at=None)
    desk.browser.post(_address("undo", batch), {"next": counter})
    batch.items.exclude(number=0).update(state="waiting")

    mine = desk.browser.get(counter, headers=HTMX)

    assert "2 changes are being sent" in mine.content.decode()
    assert "1 refused" in mine.content.decode()
    assert "HX-Trigger" not in mine
    assert "taken back" in desk.browser.get(desk.url).content.decode()
    assert sign_in(cast.paula).get(counter, headers=HTMX).content.decode().strip() == ""


def test_nonsense_in_the_address_is_no_error(desk: Desk, batch: Batch) -> None:
    page = desk.browser.get(reverse("outbox:list"), {"client": "\0", "state": "\0", "who": "\0", "page": "\0"})

    assert page.status_code == 200
    assert "Replace the note" not in page.content.decode()
