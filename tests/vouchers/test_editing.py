"""Changing and booking receipts: every image survives, and nobody's work is overwritten."""

from typing import Any

import pytest

from lexweb.activity.models import Entry
from lexweb.sandbox.vouchers import desk
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import editing, fields, policies
from tests.vouchers.receipts import Receipts, category, filled, line, version

pytestmark = pytest.mark.django_db


def _save(receipts: Receipts, voucher: Voucher, *, book: bool = False, **values: Any) -> Voucher:
    return editing.update(voucher, values=values, version=version(voucher), by=receipts.by, book=book)


def test_every_field_arrives_and_every_image_stays(receipts: Receipts) -> None:
    voucher = receipts.unchecked(images=3)
    before = receipts.there(voucher)
    values = filled(remark="Für das Büro", lines=[line(), line("53.50", "7", "3.50")])

    saved = _save(receipts, voucher, **values)

    there = receipts.there(voucher)
    assert there["files"] == before["files"]
    assert len(there["files"]) == 3
    assert there["voucherStatus"] == "unchecked"
    assert there["totalGrossAmount"] == 172.5
    assert there["totalTaxAmount"] == 22.5
    assert fields.read(saved.detail.raw) == values
    assert saved.file_count == 3
    assert saved.images_owed is None
    assert saved.detail.version == there["version"]
    assert len(receipts.sent("PUT")) == 1
    changed = Entry.objects.get(kind="voucher.changed")
    assert {change["label"] for change in changed.values["changes"]} >= {"Number", "Lines", "Remark"}


def test_booking_is_one_explicit_write(receipts: Receipts) -> None:
    voucher = receipts.unchecked(images=2)

    saved = _save(receipts, voucher, **filled(), book=True)

    there = receipts.there(voucher)
    assert there["voucherStatus"] == "open"
    assert len(there["files"]) == 2
    assert saved.status == "open"
    assert len(receipts.sent("PUT")) == 1
    assert Entry.objects.filter(kind="voucher.booked", actor_name="Klaus").count() == 1


def test_what_is_booked_can_still_be_changed_and_its_state_is_not_sent(receipts: Receipts) -> None:
    voucher = receipts.booked(images=2)

    _save(receipts, voucher, remark="Nachtrag")

    assert receipts.there(voucher)["remark"] == "Nachtrag"
    assert receipts.there(voucher)["voucherStatus"] == "open"
    assert len(receipts.there(voucher)["files"]) == 2


def test_nothing_changed_is_nothing_sent(receipts: Receipts) -> None:
    voucher = receipts.booked()

    _save(receipts, voucher, **fields.read(voucher.detail.raw))

    assert receipts.sent("PUT") == []


@pytest.mark.parametrize("status", ["voided", "transferred", "blank", "sepadebit"])
def test_a_state_that_allows_nothing_says_why(receipts: Receipts, status: str) -> None:
    voucher = receipts.booked()
    receipts._set(voucher, voucherStatus=status)

    with pytest.raises((editing.Conflict, editing.Locked)):
        _save(receipts, voucher, remark="x")
    with pytest.raises(editing.Locked) as locked:
        _save(receipts, receipts.again(voucher), remark="x")

    assert locked.value.reason == status
    assert locked.value.text
    assert receipts.sent("PUT") == []


def test_documents_and_archived_receipts_are_locked(receipts: Receipts) -> None:
    receipts.books.list_all()
    invoice = Voucher.objects.filter(kind="invoice").first()
    voucher = receipts.unchecked()
    Voucher.objects.filter(pk=voucher.pk).update(archived=True)

    assert invoice is not None
    assert policies.lock(invoice) == "kind"
    with pytest.raises(editing.Locked) as locked:
        _save(receipts, voucher, remark="x")
    assert locked.value.reason == "archived"
    assert not policies.bookable(receipts.again(voucher))


def test_somebody_saved_first(receipts: Receipts) -> None:
    voucher = receipts.unchecked(images=2)
    receipts.change(voucher, remark="aus der Anwendung")

    with pytest.raises(editing.Conflict) as conflict:
        _save(receipts, voucher, remark="von mir")

    assert receipts.sent("PUT") == []
    assert receipts.there(voucher)["remark"] == "aus der Anwendung"
    assert conflict.value.voucher.detail.raw["remark"] == "aus der Anwendung"
    assert version(conflict.value.voucher) == receipts.there(voucher)["version"]


def test_somebody_saved_between_our_look_and_our_write(receipts: Receipts) -> None:
    voucher = receipts.unchecked(images=2)
    receipts.sandbox.fault("foreign_edit", method="PUT", changes={"remark": "schneller"})

    with pytest.raises(editing.Conflict) as conflict:
        _save(receipts, voucher, remark="von mir")

    assert conflict.value.voucher.detail.raw["remark"] == "schneller"
    assert len(receipts.there(voucher)["files"]) == 2
    assert conflict.value.voucher.images_owed is None


def test_somebody_booked_it_meanwhile(receipts: Receipts) -> None:
    voucher, other = receipts.unchecked(), receipts.unchecked()
    for each in (voucher, other):
        editing.update(each, values=filled(), version=version(each), by=receipts.by, book=True)
        Voucher.objects.filter(pk=each.pk).update(status="unchecked")  # what we knew before

    with pytest.raises(editing.Conflict) as conflict:
        _save(receipts, voucher, remark="x")
    assert "booked" in conflict.value.text
    with pytest.raises(editing.Locked) as locked:
        _save(receipts, other, book=True)
    assert locked.value.reason == "booked"


def test_text_recognition_that_fills_in_values_is_a_conflict_even_without_a_new_version(receipts: Receipts) -> None:
    voucher = receipts.unchecked()
    receipts.tamper(voucher, voucherNumber="RE-ERKANNT", totalGrossAmount=42.0)

    with pytest.raises(editing.Conflict) as conflict:
        _save(receipts, voucher, **filled())

    assert receipts.sent("PUT") == []
    assert conflict.value.voucher.detail.raw["voucherNumber"] == "RE-ERKANNT"
    saved = _save(receipts, conflict.value.voucher, **filled())
    assert saved.number == "R-1"


def test_fewer_images_than_we_knew_stop_the_write_until_the_person_has_seen_it(receipts: Receipts) -> None:
    voucher = receipts.unchecked(images=2)
    receipts.drop_image(voucher, quietly=True)

    with pytest.raises(editing.Conflict) as conflict:
        _save(receipts, voucher, remark="x")

    assert "fewer images" in conflict.value.text
    assert receipts.sent("PUT") == []
    assert Entry.objects.get(kind="voucher.images_fewer").values["missing"] == 1
    assert _save(receipts, conflict.value.voucher, remark="x").file_count == 1


def test_deleted_over_there(receipts: Receipts) -> None:
    voucher = receipts.unchecked()
    receipts.organization.shelf("vouchers").remove(str(voucher.lexware_id))

    with pytest.raises(editing.Gone):
        _save(receipts, voucher, remark="x")

    assert not Voucher.objects.filter(pk=voucher.pk).exists()


def _fields(refused: Any) -> list[tuple[str, int | None, str, str]]:
    return [(each.field, each.line, each.part, each.code) for each in refused.value.issues]


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"voucher_number": ""}, ("voucher_number", None, "", "missing_entity")),
        ({"lines": []}, ("lines", None, "", "missing_entity")),
        ({"lines": [line(tax="18.00")]}, ("lines", 0, "tax_amount", "invalid_taxamount")),
        ({"collective": False}, ("contact_id", None, "", "missing_entity")),
        ({"lines": [line(), line(category_id=category(side="income"))]}, ("lines", 1, "category_id", "other_side")),
        ({"lines": [line(category_id=category(contactRequired=True))]}, ("contact_id", None, "", "contact_required")),
        (
            {"lines": [line(), line("107.00", "7", "7.00", category(splitAllowed=False, contactRequired=False))]},
            ("lines", 1, "category_id", "split"),
        ),
        ({"tax_type": "vatfree", "lines": [line(tax="0.00")]}, ("lines", 0, "tax_rate", "rate_vatfree")),
        ({"lines": [line("-119.00", "19", "-19.00")]}, ("lines", None, "", "negative")),
    ],
)
def test_what_would_be_refused_is_said_at_its_field_and_not_sent(
    receipts: Receipts, values: dict[str, Any], place: tuple[str, int | None, str, str]
) -> None:
    voucher = receipts.unchecked()

    with pytest.raises(editing.Rejected) as refused:
        _save(receipts, voucher, **filled(**values), book=True)

    assert place in _fields(refused)
    assert all(issue.text for issue in refused.value.issues)
    assert receipts.sent("PUT") == []


def test_what_the_api_refuses_is_said_at_its_field(receipts: Receipts) -> None:
    voucher = receipts.unchecked()
    stranger = "00000000-0000-4000-8000-000000000001"

    with pytest.raises(editing.Rejected) as refused:
        _save(receipts, voucher, **filled(collective=False, contact_id=stranger))

    assert _fields(refused) == [("contact_id", None, "", "invalid_value")]
    assert receipts.again(voucher).images_owed is None


def test_net_waits_until_it_is_booked(receipts: Receipts) -> None:
    voucher = receipts.unchecked()
    net = filled(tax_type="net", lines=[line("100.00", "19", "19.00")])

    with pytest.raises(editing.Rejected) as refused:
        _save(receipts, voucher, **net)
    assert _fields(refused) == [("tax_type", None, "", "net_unchecked")]

    _save(receipts, voucher, **net, book=True)
    assert receipts.there(voucher)["totalGrossAmount"] == 119


def test_a_tax_off_by_a_cent_stays_as_typed(receipts: Receipts) -> None:
    voucher = receipts.unchecked()

    _save(receipts, voucher, **filled(lines=[line(tax="19.01")]), book=True)

    assert receipts.there(voucher)["totalTaxAmount"] == 19.01


def test_the_total_of_what_is_paid_stays(receipts: Receipts) -> None:
    voucher = receipts.booked()
    with receipts.state.lock:
        desk.pay(receipts.state, receipts.organization, str(voucher.lexware_id))
    paid = editing.refresh(voucher)

    with pytest.raises(editing.Rejected) as refused:
        _save(receipts, paid, lines=[line("238.00", "19", "38.00")])
    assert _fields(refused) == [("lines", None, "", "paid_sum")]
    other = category("", contactRequired=False, splitAllowed=False)
    saved = _save(receipts, paid, lines=[line(category_id=other)])
    assert fields.read(saved.detail.raw)["lines"][0]["category_id"] == other
