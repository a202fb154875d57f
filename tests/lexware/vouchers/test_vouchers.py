"""Vouchers at the sandbox, and on the wire."""

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from lexweb.lexware import errors
from lexweb.lexware.api.vouchers import Voucher, VoucherDraft
from tests.contract import schema
from tests.lexware.vouchers.conftest import picture
from tests.lexware.vouchers.drafting import draft


def changed(shape, **members):
    return shape.model_copy(update=members)


def test_create_then_read(books):
    sent = draft(books, remark="Zeile eins\nZeile zwei & mehr", due_date=date(2026, 5, 1))
    voucher = books.vouchers.get(books.vouchers.create(sent).id)
    assert (voucher.voucher_status, voucher.voucher_date, voucher.due_date) == (
        "open",
        date(2026, 4, 10),
        date(2026, 5, 1),
    )
    assert (voucher.voucher_number, voucher.remark) == (sent.voucher_number, sent.remark)
    assert voucher.voucher_items == sent.voucher_items


def test_update_keeps_files_and_what_was_not_touched(books):
    created = books.vouchers.create(draft(books))
    file = books.vouchers.attach(created.id, picture())
    before = books.vouchers.get(created.id)
    books.vouchers.update(before.id, changed(VoucherDraft.of(before), remark="neu"))
    after = books.vouchers.get(created.id)
    assert after.files == (file.id,)
    moved = {"remark": "neu", "version": after.version, "updatedDate": after.payload()["updatedDate"]}
    assert after.payload() == before.payload() | moved


def test_an_update_with_an_old_version_is_a_conflict(books):
    created = books.vouchers.create(draft(books))
    read = VoucherDraft.of(books.vouchers.get(created.id))
    books.vouchers.update(created.id, changed(read, remark="erste"))
    with pytest.raises(errors.Conflict):
        books.vouchers.update(created.id, changed(read, remark="zweite"))
    assert books.vouchers.get(created.id).remark == "erste"


def test_wrong_sums_name_the_member(books):
    with pytest.raises(errors.Rejected) as caught:
        books.vouchers.create(draft(books, total_gross_amount=120))
    assert "totalGrossAmount" in {issue.source for issue in caught.value.issues}


def test_book_an_unchecked_voucher(books, nap):
    uploaded = books.files.upload(picture())
    nap(60)
    unchecked = books.vouchers.get(uploaded.voucher_id)
    assert unchecked.voucher_status == "unchecked"
    with pytest.raises(errors.Rejected):
        books.vouchers.book(unchecked)  # nothing is known of it yet
    whole = VoucherDraft.of(unchecked).model_copy(update=dict(draft(books)))
    books.vouchers.book(unchecked, changed(whole, files=unchecked.files))
    booked = books.vouchers.get(unchecked.id)
    assert (booked.voucher_status, booked.files) == ("open", (uploaded.id,))


def test_by_number_is_exact(books):
    wanted = {books.vouchers.create(draft(books)).id for _ in range(2)}
    books.vouchers.create(draft(books, voucher_number="R & D <7>8"))
    assert {each.id for each in books.vouchers.by_number("R & D <7>").content} == wanted
    with pytest.raises(ValueError, match="by number"):
        books.vouchers.by_number("")


def test_the_same_file_again_has_the_same_id(books):
    created = books.vouchers.create(draft(books))
    first, second = (books.vouchers.attach(created.id, picture()) for _ in range(2))
    assert first.id == second.id
    assert books.vouchers.attach(created.id, picture(10)).id != first.id
    assert len(books.vouchers.get(created.id).files) == 2


def test_unknown_ids(books):
    for call in (books.vouchers.get, lambda id_: books.vouchers.attach(id_, picture())):
        with pytest.raises(errors.NotFound):
            call(uuid4())


# On the wire

SAMPLE = schema.sample("vouchers.get.response")
DONE = schema.sample("vouchers.create.response")


def test_the_status_goes_out_with_a_booking_only(stage, office, answer):
    stage.play(*[answer(200, DONE)] * 3)
    voucher = Voucher.model_validate(SAMPLE)
    office.vouchers.create(VoucherDraft.of(voucher))
    office.vouchers.update(voucher.id, VoucherDraft.of(voucher))
    office.vouchers.book(voucher)
    created, updated, booked = (json.loads(request.body) for request in stage.heard)
    assert not {"voucherStatus", "version", "files"} & created.keys()
    assert "voucherStatus" not in updated
    assert booked == updated | {"voucherStatus": "open"}
    for method, body in (("POST", created), ("PUT", updated), ("PUT", booked)):
        path = "/v1/vouchers" if method == "POST" else f"/v1/vouchers/{voucher.id}"
        assert schema.violations(method, path, 200, body, kind="request") == []


def test_numbers_are_escaped_for_html_then_for_the_address(stage, office, answer):
    page = schema.sample("vouchers.list.response")
    stage.play(answer(200, page))
    assert office.vouchers.by_number("R & <7>_%").content[0].payload() == SAMPLE
    assert "voucherNumber=R+%26amp%3B+%26lt%3B7%26gt%3B_%25" in stage.heard[0].target


def test_a_file_for_a_voucher_has_no_type(stage, office, answer):
    stage.play(answer(202, {"id": SAMPLE["files"][0]}))
    result = office.vouchers.attach(SAMPLE["id"], picture(name="Beleg Nr. 1.png"))
    assert (str(result.id), result.voucher_id) == (SAMPLE["files"][0], None)
    body = stage.heard[0].body
    assert stage.heard[0].target == f"/v1/vouchers/{SAMPLE['id']}/files"
    assert b'name="file"; filename="Beleg Nr. 1.png"' in body
    assert b'name="type"' not in body


def test_find_asks_for_number_contact_and_kind(stage, office, tape, answer):
    empty = {"content": [], "number": 0, "size": 250, "totalPages": 0, "totalElements": 0, "first": True, "last": True}
    stage.play(*[answer(200, empty)] * 2)
    contact = uuid4()
    sent = VoucherDraft(type="salesinvoice", voucher_number="A & B", contact_id=contact)
    assert office.vouchers.find(sent) == []
    assert tape.naps == [2.0]
    asked = parse_qs(urlsplit(stage.heard[0].target).query)
    assert asked["voucherNumber"] == ["A &amp; B"]
    assert asked["contactId"] == [str(contact)]
    assert (asked["voucherType"], asked["voucherStatus"]) == (["salesinvoice"], ["any"])
    assert "createdDateFrom" not in asked
