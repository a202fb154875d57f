"""An update whose answer gets lost: looked up, never sent blindly again."""

from typing import Any

import pytest

from lexweb.activity.models import Entry
from lexweb.clients import gateway
from lexweb.clients.troubles import Trouble
from lexweb.vouchers.writing import editing
from tests.vouchers.receipts import Receipts, filled, version

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("book", [False, True])
@pytest.mark.parametrize("kind", ["504_after", "500_after", "reset", "garbage", "empty"])
def test_carried_out_and_the_answer_lost(receipts: Receipts, kind: str, book: bool) -> None:
    voucher = receipts.unchecked(images=2)
    receipts.sandbox.fault(kind, method="PUT")
    values = filled(due_date="")  # booking fills it in

    saved = editing.update(voucher, values=values, version=version(voucher), by=receipts.by, book=book)

    assert saved.number == "R-1"
    assert saved.status == ("open" if book else "unchecked")
    assert saved.images_owed is None
    assert len(receipts.sent("PUT")) == 1
    assert len(receipts.there(voucher)["files"]) == 2
    assert Entry.objects.filter(kind__in=["voucher.changed", "voucher.booked"]).count() == 1


def test_not_carried_out_says_so_and_saving_again_is_safe(receipts: Receipts) -> None:
    voucher = receipts.unchecked(images=2)
    receipts.sandbox.fault("504", method="PUT")

    with pytest.raises(editing.Unconfirmed):
        editing.update(voucher, values=filled(), version=version(voucher), by=receipts.by)

    assert "voucherNumber" not in receipts.there(voucher)
    saved = editing.update(voucher, values=filled(), version=version(voucher), by=receipts.by)
    assert saved.number == "R-1"
    assert saved.file_count == 2


def test_carried_out_and_nobody_can_look(receipts: Receipts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "PERSON_PATIENCE", 0.0)
    voucher = receipts.unchecked(images=2)
    receipts.sandbox.fault("504_after", method="PUT")
    honest = editing._look_after_update

    def look(*args: Any, **names: Any) -> Any:
        receipts.sandbox.fault("503", method="GET", count=20)
        return honest(*args, **names)

    monkeypatch.setattr(editing, "_look_after_update", look)
    with pytest.raises(editing.Unconfirmed):
        editing.update(voucher, values=filled(), version=version(voucher), by=receipts.by)
    receipts.sandbox.clear_faults()

    assert receipts.again(voucher).images_owed == 2
    with pytest.raises(editing.Conflict) as conflict:  # our own write, as it turns out
        editing.update(voucher, values=filled(), version=version(voucher), by=receipts.by)
    now = conflict.value.voucher
    again = editing.update(now, values=filled(), version=version(now), by=receipts.by)
    assert again.number == "R-1"
    assert again.file_count == 2
    assert len(receipts.sent("PUT")) == 1


def test_somebody_else_saved_something_else_after_the_break(
    receipts: Receipts, monkeypatch: pytest.MonkeyPatch
) -> None:
    voucher = receipts.unchecked(images=2)
    receipts.sandbox.fault("504", method="PUT")
    honest = editing._look_after_update

    def look(*args: Any, **names: Any) -> Any:
        receipts.change(voucher, remark="von drüben")
        return honest(*args, **names)

    monkeypatch.setattr(editing, "_look_after_update", look)
    with pytest.raises(editing.Conflict) as conflict:
        editing.update(voucher, values=filled(), version=version(voucher), by=receipts.by)

    assert conflict.value.voucher.detail.raw["remark"] == "von drüben"
    assert conflict.value.voucher.images_owed is None


@pytest.mark.parametrize(
    ("fault", "code"), [("429", "rate_limited"), ("plan_402", "plan"), ("forbidden_403", "forbidden")]
)
def test_troubles_change_nothing_and_leave_no_debt(
    receipts: Receipts, fault: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "PERSON_PATIENCE", 0.0)
    voucher = receipts.unchecked()
    receipts.sandbox.fault(fault, method="PUT", count=50)

    with pytest.raises(Trouble) as trouble:
        editing.update(voucher, values=filled(), version=version(voucher), by=receipts.by)

    assert trouble.value.code == code
    assert receipts.again(voucher).images_owed is None
    assert "voucherNumber" not in receipts.there(voucher)
