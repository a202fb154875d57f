"""What was confirmed for many vouchers reaches Lexware Office; what is refused there can be sent again."""

import pytest
from django.urls import reverse

from lexweb.firm.models import Staff
from lexweb.outbox.models import Batch, Item
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import editing
from tests.cast import Cast
from tests.conftest import SignIn
from tests.outbox import worker as working
from tests.outbox.worker import Worker
from tests.vouchers.choosing import Chooser, ids
from tests.vouchers.receipts import Receipts, category, filled, version

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def klaus(cast: Cast, sign_in: SignIn) -> Chooser:
    """Klaus at the list of the client's vouchers."""
    return Chooser(sign_in(cast.klaus), f"{cast.client.url}vouchers/")


@pytest.fixture
def ready(receipts: Receipts) -> list[Voucher]:
    """Two receipts that were checked, and only have to be booked."""
    found = []
    for number in ("R-1", "R-2"):
        voucher = receipts.unchecked(images=2)
        found.append(editing.update(voucher, values=filled(number), version=version(voucher), by=receipts.by))
    receipts.forget_requests()
    return found


def _send(receipts: Receipts) -> None:
    """Let the hold be over, and the worker work."""
    working.hurry(receipts.connection)
    Worker(receipts.connection).run_to_the_end()


def _states() -> dict[str, tuple[str, str]]:
    return {item.label.split(" · ")[0]: (item.state, item.reason) for item in Item.objects.all()}


def test_all_are_booked_once_and_keep_their_images(klaus: Chooser, receipts: Receipts, ready: list[Voucher]) -> None:
    klaus.post(klaus.seen(ids(ready), "book"))

    _send(receipts)

    assert _states() == {"R-1": ("done", ""), "R-2": ("done", "")}
    for voucher in ready:
        there = receipts.there(voucher)
        assert (there["voucherStatus"], len(there["files"])) == ("open", 2)
        assert receipts.again(voucher).status == "open"
    assert len(receipts.sent("PUT")) == 2


def test_taken_back_in_time_nothing_is_booked(klaus: Chooser, receipts: Receipts, ready: list[Voucher]) -> None:
    klaus.post(klaus.seen(ids(ready), "book"))

    klaus.browser.post(reverse("outbox:undo", args=[Batch.objects.get().pk]))
    _send(receipts)

    assert {receipts.there(voucher)["voucherStatus"] for voucher in ready} == {"unchecked"}


def test_refused_mended_there_and_sent_again(klaus: Chooser, receipts: Receipts, ready: list[Voucher]) -> None:
    klaus.post(klaus.seen(ids(ready), "book"))
    receipts.change(ready[1], voucherNumber=None)
    _send(receipts)
    assert _states() == {"R-1": ("done", ""), "R-2": ("refused", "rejected")}
    batch = reverse("outbox:detail", args=[Batch.objects.get().pk])
    assert "Enter the number that stands on it." in klaus.browser.get(batch).content.decode()

    receipts.change(ready[1], voucherNumber="R-2b")
    klaus.browser.post(reverse("outbox:retry_refused", args=[Batch.objects.get().pk]))
    _send(receipts)

    assert _states() == {"R-1": ("done", ""), "R-2": ("done", "")}
    there = receipts.there(ready[1])
    assert (there["voucherStatus"], there["voucherNumber"], len(there["files"])) == ("open", "R-2b", 2)


def test_booked_by_somebody_else_meanwhile_is_said(klaus: Chooser, receipts: Receipts, ready: list[Voucher]) -> None:
    klaus.post(klaus.seen(ids(ready), "book"))
    receipts._set(ready[0], voucherStatus="open")

    _send(receipts)

    assert _states() == {"R-1": ("refused", "booked"), "R-2": ("done", "")}
    page = klaus.browser.get(reverse("outbox:detail", args=[Batch.objects.get().pk])).content.decode()
    assert "Somebody has booked it already." in page


def test_who_lost_the_right_to_book_meanwhile_books_nothing(
    klaus: Chooser, receipts: Receipts, ready: list[Voucher]
) -> None:
    klaus.post(klaus.seen(ids(ready), "book"))
    Staff.objects.filter(pk=receipts.by.pk).update(role="assistant")

    _send(receipts)

    assert set(_states().values()) == {("refused", "not_allowed")}
    assert receipts.sent("PUT") == []


def test_a_category_is_set_in_every_line_and_nothing_is_booked(
    klaus: Chooser, receipts: Receipts, ready: list[Voucher]
) -> None:
    other = category("Bürobedarf")
    klaus.post(klaus.seen(ids(ready), "category", category=other))

    _send(receipts)

    assert set(_states().values()) == {("done", "")}
    for voucher in ready:
        there = receipts.there(voucher)
        assert {item["categoryId"] for item in there["voucherItems"]} == {other}
        assert (there["voucherStatus"], len(there["files"])) == ("unchecked", 2)
