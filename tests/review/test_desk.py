"""One receipt after the other: neighbours, what is gone meanwhile, who looks after it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone

from lexweb.clients.models import Connection
from lexweb.review import queue
from lexweb.review.filters import Filters
from lexweb.vouchers.models import Voucher
from tests.cast import Cast
from tests.conftest import SignIn
from tests.review.shelf import receipt

pytestmark = pytest.mark.django_db
DESK = {"HX-Request": "true", "HX-Target": "desk"}


def url(voucher: Voucher, query: str = "") -> str:
    return f"/review/{voucher.connection.client.slug}/{voucher.lexware_id}/{query}"


def said(browser: Browser) -> str:
    """What the next page says to the person."""
    page = browser.get("/review/?q=nothing-fits").content.decode()
    return page[page.index('id="toasts"') :]


@pytest.fixture
def three(ours: Connection, theirs: Connection) -> list[Voucher]:
    """Three receipts of two clients."""
    return [receipt(ours, "A", days=9), receipt(theirs, "B", days=8), receipt(ours, "C", days=8)]


def names(vouchers: list[Voucher]) -> str:
    return "".join(voucher.number for voucher in vouchers)


def test_neighbours_are_those_of_the_list(cast: Cast, three: list[Voucher]) -> None:
    of = queue.scope(cast.paula)
    around = queue.around(of, Filters(), three[1])
    assert (names(around.before), names(around.after)) == ("A", "C")
    assert queue.position(of, Filters(), three[1]) == (2, 3)
    only_ours = queue.scope(cast.klaus)
    around = queue.around(only_ours, Filters(), three[1])
    assert (names(around.before), names(around.after)) == ("A", "C")
    assert queue.position(only_ours, Filters(), three[2]) == (2, 2)


def test_neighbours_by_urgency(cast: Cast, ours: Connection) -> None:
    today = timezone.localdate()
    never = receipt(ours, "N", days=30)
    late = receipt(ours, "L", due_on=today - timedelta(days=3))
    soon = receipt(ours, "S", due_on=today + timedelta(days=3))
    same = receipt(ours, "T", due_on=today + timedelta(days=3))
    of, urgent = queue.scope(cast.klaus), Filters(sort="urgent")
    orders = {each.number: queue.around(of, urgent, each) for each in (never, late, soon, same)}
    assert {key: (names(each.before), names(each.after)) for key, each in orders.items()} == {
        "L": ("", "STN"), "S": ("L", "TN"), "T": ("LS", "N"), "N": ("LST", ""),
    }  # fmt: skip
    assert queue.position(of, urgent, same) == (3, 4)


def test_after_the_last_one_comes_what_was_passed_over(cast: Cast, three: list[Voucher]) -> None:
    of = queue.scope(cast.paula)
    after = {each.number: queue.following(of, Filters(), each) for each in three}
    assert {key: each and each.number for key, each in after.items()} == {"A": "B", "B": "C", "C": "A"}
    Voucher.objects.exclude(pk=three[0].pk).update(status="open")
    assert queue.following(of, Filters(), three[0]) is None


def test_what_somebody_else_booked_is_said_and_passed_over(paula: Browser, three: list[Voucher]) -> None:
    Voucher.objects.filter(pk=three[0].pk).update(status="open")
    answer = paula.get(url(three[0], "?kind=purchases"), headers=DESK)
    assert (answer.status_code, answer["Location"]) == (303, url(three[1], "?kind=purchases"))
    told = said(paula)
    assert "Purchase invoice A of Tischlerei Brandt is not to be reviewed any more (Open)." in told


def test_after_the_last_one_the_list_follows(paula: Browser, three: list[Voucher]) -> None:
    Voucher.objects.update(status="open")
    answer = paula.get(url(three[0], "?kind=purchases"), headers=DESK)
    assert answer["HX-Redirect"] == "/review/?kind=purchases"
    assert paula.get(url(three[0]))["Location"] == "/review/"
    assert "That was the last receipt of this list." in said(paula)


def test_what_was_deleted_is_said_and_the_first_follows(paula: Browser, three: list[Voucher], cast: Cast) -> None:
    answer = paula.get(f"/review/{cast.client.slug}/{uuid4()}/")
    assert answer["Location"] == url(three[0])
    assert "deleted in Lexware Office" in said(paula)


def test_nobody_opens_what_is_not_theirs(klaus: Browser, three: list[Voucher], cast: Cast, sign_in: SignIn) -> None:
    assert klaus.get(url(three[1])).status_code == 404
    assert sign_in(cast.fremd).get(url(three[0])).status_code == 404
    wrong = f"/review/{cast.client.slug}/{three[1].lexware_id}/"  # the id of another client's receipt
    assert klaus.get(wrong)["Location"] == url(three[0])
    assert sign_in(cast.robert).post(url(three[0]), {}).status_code == 403


def test_the_dialog_assigns(klaus: Browser, three: list[Voucher], cast: Cast) -> None:
    page = klaus.get(f"{url(three[0])}assign/", headers={"HX-Request": "true", "HX-Target": "dialog"}).content.decode()
    assert "Aylin" in page
    assert "Robert" not in page  # reads only
    assert "<html" not in page

    answer = klaus.post(f"{url(three[0])}assign/", {"assignee": str(cast.aylin.pk)}, headers=DESK)
    assert answer.status_code == 204
    assert "review:changed" in answer["HX-Trigger"]
    assert "A of Tischlerei Brandt is now assigned to Aylin" in answer["HX-Trigger"]
    assert Voucher.objects.get(pk=three[0].pk).assignee == cast.aylin
    assert "Aylin" in klaus.get("/review/").content.decode()

    klaus.post(f"{url(three[0])}assign/", {"assignee": ""})
    assert Voucher.objects.get(pk=three[0].pk).assignee is None


def test_nothing_is_assigned_to_who_may_not(klaus: Browser, three: list[Voucher], cast: Cast, sign_in: SignIn) -> None:
    for person in (cast.robert, cast.fremd):
        assert klaus.post(f"{url(three[0])}assign/", {"assignee": str(person.pk)}).status_code == 422
    assert klaus.post(f"{url(three[1])}assign/", {"assignee": str(cast.klaus.pk)}).status_code == 404
    robert = sign_in(cast.robert)
    assert robert.post(f"{url(three[0])}assign/", {"assignee": str(cast.klaus.pk)}).status_code == 403
    assert not Voucher.objects.filter(assignee__isnull=False).exists()
