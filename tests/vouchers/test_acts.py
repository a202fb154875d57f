"""Receipts booked and changed through the outbox: each once, each with all its images."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from lexweb.activity.models import Entry
from lexweb.clients import gateway
from lexweb.outbox import presenting, services
from lexweb.outbox.models import Batch, Item
from lexweb.vouchers import mirror
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import acts, editing, fields, policies, sums
from lexweb.vouchers.writing import common as writing
from lexweb.vouchers.writing.wishes import Wish
from tests.outbox.worker import NOW, Worker
from tests.vouchers.receipts import Receipts, category, filled, line, version

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(receipts: Receipts, monkeypatch: pytest.MonkeyPatch) -> Worker:
    """Whoever does the steps of this client."""
    monkeypatch.setattr(gateway, "WORKER_PATIENCE", 0.0)
    return Worker(receipts.connection)


def _put(receipts: Receipts, wish: Wish, *vouchers: Voucher, act: str = acts.CHANGE) -> Batch:
    wanted = [services.Wanted(voucher.target, voucher.number or "?") for voucher in vouchers]
    return services.put(
        receipts.connection, act, wanted, wish=wish.stored, by=receipts.by, batch_id=uuid4(), hold=NOW
    )  # fmt: skip


def _ready(receipts: Receipts, images: int = 2, **values: Any) -> Voucher:
    voucher = receipts.unchecked(images)
    return editing.update(voucher, values=filled(**values), version=version(voucher), by=receipts.by)


def _other() -> str:
    return category(contactRequired=False, splitAllowed=False)


def _only() -> Item:
    return Item.objects.select_related("batch").get()


def _reason(item: Item) -> str:
    (shown,) = presenting.items(item.batch, [item])
    return " ".join(shown.reasons)


@pytest.mark.parametrize("kind", ["", "504_after", "504", "reset", "garbage", "429", "foreign_edit"])
def test_booked_once_whatever_becomes_of_the_answer(receipts: Receipts, worker: Worker, kind: str) -> None:
    voucher = _ready(receipts)
    _put(receipts, Wish("book"), voucher, act=acts.BOOK)
    if kind:
        receipts.sandbox.fault(kind, method="PUT")

    worker.run_to_the_end()

    assert _only().state == "done"
    there = receipts.there(voucher)
    assert there["voucherStatus"] == "open"
    assert len(there["files"]) == 2
    again = receipts.again(voucher)
    assert (again.status, again.images_owed, again.file_count) == ("open", None, 2)
    assert Entry.objects.filter(kind="voucher.booked").count() == 1


def test_the_act_that_changes_never_books(receipts: Receipts, worker: Worker) -> None:
    voucher = _ready(receipts)
    _put(receipts, Wish("book"), voucher, act=acts.CHANGE)

    worker.run_to_the_end()

    assert receipts.there(voucher)["voucherStatus"] == "unchecked"


@pytest.mark.parametrize("kind", ["", "504_after", "reset", "foreign_edit"])
def test_every_line_gets_the_category(receipts: Receipts, worker: Worker, kind: str) -> None:
    voucher = _ready(receipts, lines=[line(), line("11.90", "19", "1.90")])
    chosen = _other()
    _put(receipts, Wish("category", chosen, "Miete"), voucher)
    if kind:
        receipts.sandbox.fault(kind, method="PUT")

    worker.run_to_the_end()

    assert _only().state == "done"
    lines = fields.read(receipts.there(voucher))["lines"]
    assert [(each["amount"], each["category_id"]) for each in lines] == [("119.00", chosen), ("11.90", chosen)]
    assert len(receipts.there(voucher)["files"]) == 2
    assert len(receipts.sent("PUT")) == 2 + (kind == "foreign_edit")


def test_what_text_recognition_has_found_becomes_the_line_that_gets_the_category(
    receipts: Receipts, worker: Worker
) -> None:
    voucher = receipts.unchecked(totalGrossAmount=13.66, totalTaxAmount=0.89, taxType="gross")
    assert acts.problem(voucher, Wish("category", _other())) == ""

    _put(receipts, Wish("category", _other(), "Miete"), voucher)
    worker.run_to_the_end()

    assert _only().state == "done"
    there = receipts.there(voucher)
    assert fields.read(there)["lines"] == [line("13.66", "7", "0.89", _other())]
    assert (there["totalGrossAmount"], there["totalTaxAmount"], len(there["files"])) == (13.66, 0.89, 1)


@pytest.mark.parametrize(("tax", "lines"), [(0.89, 1), (1.2, 0), (None, 0)])
def test_only_a_tax_that_fits_is_taken_unseen(tax: float | None, lines: int) -> None:
    found = sums.sure_lines({"totalGrossAmount": 13.66, "totalTaxAmount": tax, "taxType": "gross"})
    assert len(found) == lines
    wished = Wish("category", "ABC").values(fields.read({}), found)
    assert [line["category_id"] for line in wished.get("lines", [])] == ["abc"] * lines


def test_the_contact_and_back_to_the_collective_one(receipts: Receipts, worker: Worker) -> None:
    voucher = _ready(receipts)
    contact = next(iter(receipts.organization.contacts.ordered())).contact["id"]
    _put(receipts, Wish("contact", contact, "Ahrens"), voucher)
    worker.run_to_the_end()
    assert receipts.there(voucher)["contactId"] == contact

    _put(receipts, Wish("contact"), voucher)
    worker.run_to_the_end()

    assert receipts.there(voucher)["useCollectiveContact"] is True


def test_what_is_as_wished_already_is_not_sent(receipts: Receipts, worker: Worker) -> None:
    voucher = _ready(receipts)
    receipts.forget_requests()
    _put(receipts, Wish("contact"), voucher)

    worker.run_to_the_end()

    assert _only().state == "done"
    assert receipts.sent("PUT") == []


def test_what_is_incomplete_is_refused_with_sentences(receipts: Receipts, worker: Worker) -> None:
    voucher = receipts.unchecked()
    _put(receipts, Wish("book"), voucher, act=acts.BOOK)

    worker.run_to_the_end()

    item = _only()
    assert (item.state, item.reason) == ("refused", "rejected")
    assert "Enter the number that stands on it." in _reason(item)
    assert acts.problem(voucher, Wish("book")) == "incomplete"
    assert receipts.sent("PUT") == []


@pytest.mark.parametrize("status", ["voided", "transferred", "blank"])
def test_a_state_that_allows_nothing(receipts: Receipts, worker: Worker, status: str) -> None:
    voucher = _ready(receipts)
    receipts._set(voucher, voucherStatus=status)
    receipts.forget_requests()
    _put(receipts, Wish("contact", str(uuid4())), voucher)

    worker.run_to_the_end()

    assert _only().reason == status
    assert _reason(_only())
    assert receipts.sent("PUT") == []


def test_booked_by_somebody_else(receipts: Receipts, worker: Worker) -> None:
    voucher = _ready(receipts)
    editing.update(voucher, values={}, version=version(voucher), by=receipts.by, book=True)
    _put(receipts, Wish("book"), voucher, act=acts.BOOK)

    worker.run_to_the_end()

    assert _only().reason == "booked"
    assert acts.problem(receipts.again(voucher), Wish("book")) == "booked"


def test_deleted_over_there(receipts: Receipts, worker: Worker) -> None:
    voucher = _ready(receipts)
    receipts.organization.shelf("vouchers").remove(str(voucher.lexware_id))
    _put(receipts, Wish("book"), voucher, act=acts.BOOK)

    worker.run_to_the_end()

    assert _only().reason == "gone"


def test_fewer_images_than_known_wait_for_a_person(receipts: Receipts, worker: Worker) -> None:
    voucher = _ready(receipts)
    receipts.drop_image(voucher, quietly=True)
    receipts.forget_requests()
    batch = _put(receipts, Wish("book"), voucher, act=acts.BOOK)

    worker.run_to_the_end()

    assert _only().reason == "images_fewer"
    assert "fewer images" in _reason(_only())
    assert receipts.sent("PUT") == []
    assert Entry.objects.filter(kind="voucher.images_fewer").count() == 1

    services.retry_refused([batch], by=receipts.by)  # somebody has looked
    worker.run_to_the_end()
    assert _only().state == "done"


def test_an_image_lost_by_the_write_stops_everything_behind_it(
    receipts: Receipts, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    voucher = _ready(receipts)
    _put(receipts, Wish("category", _other()), voucher)
    _put(receipts, Wish("book"), voucher, act=acts.BOOK)
    honest = writing.read_back

    def read_back(*args: Any) -> Any:
        receipts.drop_image(voucher, quietly=True)
        return honest(*args)

    monkeypatch.setattr(writing, "read_back", read_back)

    worker.run_to_the_end()

    assert [*Item.objects.order_by("pk").values_list("reason", flat=True)] == ["images_lost", "images_lost"]
    assert receipts.there(voucher)["voucherStatus"] == "unchecked"
    assert receipts.again(voucher).images_lost
    assert acts.problem(receipts.again(voucher), Wish("book")) == "images_lost"


def test_after_a_person_has_looked_a_lost_image_is_no_second_alarm(
    receipts: Receipts, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    voucher = _ready(receipts)
    batch = _put(receipts, Wish("book"), voucher, act=acts.BOOK)
    honest = writing.read_back

    def read_back(*args: Any) -> Any:
        receipts.drop_image(voucher, quietly=True)
        return honest(*args)

    with monkeypatch.context() as patch:
        patch.setattr(writing, "read_back", read_back)
        worker.run_to_the_end()
    services.retry_refused([batch], by=receipts.by)  # nobody has looked
    worker.run_to_the_end()
    assert (_only().reason, receipts.again(voucher).images_lost) == ("images_lost", True)
    alarms = Entry.objects.filter(kind="voucher.images_lost").count()

    editing.looked(receipts.again(voucher), by=receipts.by)
    services.retry_refused([batch], by=receipts.by)
    worker.run_to_the_end()

    assert _only().state == "done"
    assert not receipts.again(voucher).images_lost
    assert Entry.objects.filter(kind="voucher.images_lost").count() == alarms
    assert Entry.objects.filter(kind="voucher.booked").count() == 1


@pytest.mark.parametrize("kind", ["504", "504_after"])
def test_an_image_added_meanwhile_is_not_missed_while_a_write_is_uncertain(
    receipts: Receipts, worker: Worker, kind: str
) -> None:
    voucher = _ready(receipts, images=1)
    receipts.add_image(voucher)
    _put(receipts, Wish("book"), voucher, act=acts.BOOK)
    receipts.sandbox.fault(kind, method="PUT")

    worker.step()

    assert _only().state == "uncertain"
    assert receipts.again(voucher).images_owed == 2
    assert policies.editable(receipts.again(voucher))
    worker.run_to_the_end()
    assert (_only().state, len(receipts.there(voucher)["files"])) == ("done", 2)
    assert receipts.again(voucher).images_owed is None


def test_what_was_read_before_an_image_was_added_is_no_loss_when_it_is_stored_late(
    receipts: Receipts, worker: Worker
) -> None:
    voucher = _ready(receipts, images=1)
    asked_at, read = timezone.now(), receipts.there(voucher)
    receipts.add_image(voucher)
    _put(receipts, Wish("book"), voucher, act=acts.BOOK)
    receipts.sandbox.fault("504", method="PUT")
    worker.step()
    assert _only().state == "uncertain"

    mirror.store_detail(receipts.connection, "", read, asked_at=asked_at)

    assert policies.editable(receipts.again(voucher))
    worker.run_to_the_end()
    assert (_only().state, receipts.again(voucher).file_count) == ("done", 2)


def test_the_preview_knows_what_would_be_refused(receipts: Receipts) -> None:
    ready, bare = _ready(receipts), receipts.unchecked()
    receipts.books.list_all()
    invoice = Voucher.objects.filter(kind="invoice").first()

    assert invoice is not None
    assert acts.problem(ready, Wish("book")) == ""
    assert acts.problem(ready, Wish("contact")) == "same"
    assert acts.problem(ready, Wish("category", category(side="income"))) == "incomplete"
    assert acts.problem(bare, Wish("category", category())) == "no_lines"
    assert acts.problem(invoice, Wish("book")) == "kind"
    assert set(acts.PROBLEMS) >= {"same", "unread", "kind", "incomplete", "no_lines"}
