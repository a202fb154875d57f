"""The worst that could happen: an image is gone after a write. Then nobody goes on until a person has looked."""

import logging
from typing import Any

import pytest
import structlog

from lexweb.activity.models import Entry
from lexweb.lexware.api.vouchers import VouchersEndpoint
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import common as writing
from lexweb.vouchers.writing import editing, policies
from tests.vouchers.receipts import Receipts, filled, version

pytestmark = pytest.mark.django_db


@pytest.fixture
def greedy(receipts: Receipts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lexware Office drops an image with every write, whatever was sent."""
    honest = VouchersEndpoint.update

    def update(self: VouchersEndpoint, voucher_id: Any, draft: Any) -> Any:
        result = honest(self, voucher_id, draft)
        found = Voucher.objects.get(lexware_id=voucher_id)
        receipts.drop_image(found, quietly=True)
        return result

    monkeypatch.setattr(VouchersEndpoint, "update", update)


def _save(receipts: Receipts, voucher: Voucher, **values: Any) -> Voucher:
    return editing.update(voucher, values=values, version=version(voucher), by=receipts.by)


def test_alarm_history_and_stop(receipts: Receipts, greedy: None) -> None:
    voucher = receipts.unchecked(images=2)

    with structlog.testing.capture_logs() as logs, pytest.raises(editing.ImagesLost) as lost:
        _save(receipts, voucher, **filled(number="RE-GEHEIM"))

    alarm = next(each for each in logs if each["event"] == "voucher.images_lost")
    assert alarm["log_level"] == logging.getLevelName(logging.ERROR).lower()
    assert alarm["missing"] == 1
    assert "GEHEIM" not in str(logs)
    assert lost.value.voucher.images_lost
    assert Entry.objects.get(kind="voucher.images_lost").values["missing"] == 1
    receipts.forget_requests()
    with pytest.raises(editing.Locked) as locked:
        _save(receipts, receipts.again(voucher), remark="x")
    assert locked.value.reason == "images_lost"
    assert receipts.sandbox.requests() == []


def test_after_a_person_has_looked_it_goes_on(receipts: Receipts, greedy: None) -> None:
    voucher = receipts.unchecked(images=2)
    with pytest.raises(editing.ImagesLost):
        _save(receipts, voucher, **filled())

    looked = editing.looked(receipts.again(voucher), by=receipts.by)

    assert policies.editable(looked)
    assert Entry.objects.filter(kind="voucher.images_looked", actor_name="Klaus").exists()


def test_looking_settles_nothing_while_nothing_is_missing(receipts: Receipts) -> None:
    voucher = receipts.unchecked(images=2)
    Voucher.objects.filter(pk=voucher.pk).update(images_owed=2)  # a write is under way at this moment

    editing.looked(voucher, by=receipts.by)  # the second click on a button that has done its work

    assert receipts.again(voucher).images_owed == 2
    assert not Entry.objects.filter(kind="voucher.images_looked").exists()


def test_a_process_killed_after_the_write_leaves_its_debt_behind(receipts: Receipts) -> None:
    voucher = receipts.unchecked(images=2)
    receipts.drop_image(voucher, quietly=True)
    Voucher.objects.filter(pk=voucher.pk).update(images_owed=2)  # noted right before the write, never settled

    with pytest.raises(editing.ImagesLost):
        _save(receipts, voucher, remark="x")

    assert receipts.sent("PUT") == []
    assert Entry.objects.filter(kind="voucher.images_lost").count() == 1


def _saved_unseen(receipts: Receipts) -> Voucher:
    """A voucher with two images that was saved, and could not be read back."""
    voucher = receipts.unchecked(images=2)
    calls = iter([False, True])  # the read before the write works, the one after it does not
    honest = VouchersEndpoint.get

    def get(self: VouchersEndpoint, voucher_id: Any) -> Any:
        if next(calls, False):
            receipts.sandbox.fault("503", method="GET", path=f"*{voucher_id}", count=20)
        return honest(self, voucher_id)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(VouchersEndpoint, "get", get)
        saved = _save(receipts, voucher, **filled())
    receipts.sandbox.clear_faults()
    assert receipts.there(voucher)["voucherNumber"] == "R-1"
    return saved


def test_a_read_back_that_fails_keeps_the_debt_until_somebody_reads(receipts: Receipts) -> None:
    saved = _saved_unseen(receipts)

    assert saved.number == "R-1"
    assert saved.images_owed == 2
    assert saved.wanted == Voucher.Wanted.NOW
    assert not saved.images_lost
    assert _save(receipts, saved, remark="weiter").images_owed is None


def test_the_worker_that_sees_all_images_settles_the_debt(receipts: Receipts) -> None:
    saved = _saved_unseen(receipts)

    assert receipts.mirror(str(saved.lexware_id)).images_owed is None

    receipts.drop_image(saved)  # somebody wants it so, much later
    assert policies.editable(receipts.mirror(str(saved.lexware_id)))
    assert not Entry.objects.filter(kind="voucher.images_lost").exists()


def test_the_worker_that_misses_an_image_sounds_the_alarm_once(receipts: Receipts) -> None:
    saved = _saved_unseen(receipts)
    receipts.drop_image(saved, quietly=True)

    with structlog.testing.capture_logs() as logs:
        seen = [receipts.mirror(str(saved.lexware_id)) for _time in range(2)]

    assert [each.images_lost for each in seen] == [True, True]
    assert [each["missing"] for each in logs if each["event"] == "voucher.images_lost"] == [1]
    assert Entry.objects.get(kind="voucher.images_lost").values["missing"] == 1


def test_a_read_that_does_not_show_what_became_of_a_write_settles_nothing(receipts: Receipts) -> None:
    voucher = receipts.unchecked(images=2)
    receipts.sandbox.fault("504", method="PUT")
    with pytest.raises(editing.Unconfirmed):
        _save(receipts, voucher, **filled())

    assert receipts.mirror(str(voucher.lexware_id)).images_owed == 2

    receipts.change(voucher, remark="von drüben")  # so ours comes too late, if it comes
    assert receipts.mirror(str(voucher.lexware_id)).images_owed is None


def test_an_image_lost_by_an_uncertain_write_is_seen(receipts: Receipts, monkeypatch: pytest.MonkeyPatch) -> None:
    voucher = receipts.unchecked(images=2)
    receipts.sandbox.fault("504_after", method="PUT")
    honest = VouchersEndpoint.get
    calls = iter([False, True])

    def get(self: VouchersEndpoint, voucher_id: Any) -> Any:
        if next(calls, False):
            receipts.drop_image(voucher, quietly=True)
        return honest(self, voucher_id)

    monkeypatch.setattr(VouchersEndpoint, "get", get)
    with pytest.raises(editing.ImagesLost):
        _save(receipts, voucher, **filled())


def test_a_draft_without_its_files_is_never_sent(receipts: Receipts, monkeypatch: pytest.MonkeyPatch) -> None:
    voucher = receipts.unchecked(images=2)
    honest = writing.draft
    monkeypatch.setattr(writing, "draft", lambda *args: honest(*args).model_copy(update={"files": ()}))

    with pytest.raises(RuntimeError):
        _save(receipts, voucher, **filled())

    assert receipts.sent("PUT") == []
    assert len(receipts.there(voucher)["files"]) == 2
