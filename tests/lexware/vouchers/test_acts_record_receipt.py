"""A receipt, recorded once and whole, whatever breaks on the way."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest

from lexweb.lexware import errors
from lexweb.lexware.acts import ReceiptProgress, Unfinished, record_receipt
from lexweb.lexware.api.vouchers import VoucherDraft
from lexweb.lexware.transfers import Upload
from tests.lexware.vouchers.conftest import picture
from tests.lexware.vouchers.drafting import draft

CREATE, ATTACH, READ = ("POST", "/v1/vouchers"), ("POST", "/v1/vouchers/*/files"), ("GET", "/v1/vouchers/*")
AFTER = ["504_after", "500_after", "reset", "timeout_after", "garbage", "empty"]
TIFF = Upload("beleg.tif", "image/tiff", lambda: io.BytesIO(b"II*\x00"))


@pytest.fixture
def sent(books):
    return draft(books, voucher_number="BELEG-1")


@pytest.fixture
def record(books, sent, waiting):
    def run(upload=None, **options):
        return record_receipt(books, sent, upload or picture(), waiting=waiting, **options)

    return run


@pytest.fixture
def there(books, sent):
    """What is there in the end: the vouchers with the number, in full."""
    return lambda: books.vouchers.by_number(sent.voucher_number).content


def one(recorded, there):
    """Nothing doubled, nothing lost."""
    (voucher,) = there()
    assert recorded.voucher == voucher
    assert voucher.files == (recorded.file_id,)
    assert recorded.as_sent
    return True


def fail(sandbox, call, kind, **options):
    sandbox.fault(kind, method=call[0], path=call[1], **options)


def test_all_goes_well(record, there, sandbox):
    before = len(sandbox.requests())
    assert one(record(), there)
    calls = [(each["method"], each["path"].rpartition("/")[2]) for each in sandbox.requests()[before:]]
    assert len(calls) == 4  # create, attach, read back; and the question of this test


@pytest.mark.parametrize("kind", AFTER)
@pytest.mark.parametrize("call", [CREATE, ATTACH])
def test_done_behind_our_back(record, there, sandbox, call, kind):
    fail(sandbox, call, kind)
    assert one(record(), there)
    writes = [each["path"] for each in sandbox.requests() if each["method"] == "POST"]
    assert len(writes) == 2  # looked for, not sent again


@pytest.mark.parametrize("call", [CREATE, ATTACH, READ])
def test_too_fast(record, there, sandbox, call):
    fail(sandbox, call, "429", count=2)
    assert one(record(), there)


@pytest.mark.parametrize("kind", ["504", "500", "502", "timeout"])
def test_an_attachment_that_did_not_happen_is_made_up_for(record, there, sandbox, kind):
    fail(sandbox, ATTACH, kind)
    assert one(record(), there)


@pytest.mark.parametrize("kind", ["504", "timeout"])
def test_a_voucher_that_may_still_come_is_not_created_again(record, there, sandbox, nap, kind):
    fail(sandbox, CREATE, kind)
    with pytest.raises(Unfinished) as caught:
        record()
    stopped = caught.value
    assert (stopped.missing, type(stopped.cause)) == ("voucher", errors.Uncertain)
    assert stopped.done.voucher_id is None
    assert stopped.done.asked_at
    assert there() == ()
    with pytest.raises(Unfinished) as again:  # too early to say that it will not come
        record(done=stopped.done)
    assert again.value.done == stopped.done
    assert there() == ()
    nap(60)
    assert one(record(done=stopped.done), there)


def test_a_voucher_that_came_late_is_found(books, record, there, sandbox, sent):
    fail(sandbox, CREATE, "504")
    with pytest.raises(Unfinished) as caught:
        record()
    late = books.vouchers.create(sent)
    assert record(done=caught.value.done).voucher.id == late.id
    assert len(there()) == 1


def test_a_receipt_that_looks_the_same_keeps_its_file(record, there, sandbox):
    first = record()
    fail(sandbox, CREATE, "504_after")
    second = record(picture(10))
    assert first.voucher.id != second.voucher.id
    assert {each.files for each in there()} == {(first.file_id,), (second.file_id,)}


def test_a_receipt_that_looks_the_same_is_not_taken_for_one_that_did_not_come(record, there, sandbox):
    first = record()
    fail(sandbox, CREATE, "504")
    with pytest.raises(Unfinished) as caught:
        record(picture(10))
    assert caught.value.missing == "voucher"
    assert one(first, there)


@pytest.mark.parametrize(("kind", "error"), [("plan_402", errors.PlanRequired), ("forbidden_403", errors.Forbidden)])
def test_what_is_refused_at_once_leaves_nothing(record, there, sandbox, kind, error):
    fail(sandbox, CREATE, kind)
    with pytest.raises(error):
        record()
    assert there() == ()


def test_wrong_values_leave_nothing(books, waiting):
    wrong = draft(books, total_gross_amount=120)
    with pytest.raises(errors.Rejected):
        record_receipt(books, wrong, picture(), waiting=waiting)
    assert books.vouchers.by_number(wrong.voucher_number).content == ()


def test_a_refused_file_is_told_and_another_takes_its_place(record, there):
    with pytest.raises(Unfinished) as caught:
        record(TIFF)
    stopped = caught.value
    assert stopped.missing == "file"
    assert [issue.code for issue in stopped.issues] == ["inacceptable_file_extension"]
    assert "beleg" not in f"{stopped} {stopped!r}"
    (voucher,) = there()
    assert stopped.done.voucher_id == voucher.id
    assert one(record(done=stopped.done), there)


def test_no_word_about_the_file_twice(record, there, sandbox):
    fail(sandbox, ATTACH, "504", count=2)
    with pytest.raises(Unfinished) as caught:
        record()
    stopped = caught.value
    assert (stopped.missing, stopped.done.file_id) == ("file", None)
    assert stopped.done.attached_at
    assert one(record(done=stopped.done), there)


def test_what_cannot_be_read_back_is_told(record, there, sandbox):
    fail(sandbox, READ, "504", count=4)  # as often as a read is tried
    with pytest.raises(Unfinished) as caught:
        record()
    assert caught.value.missing == "verification"
    assert caught.value.done.file_id
    assert one(record(done=caught.value.done), there)


def test_what_was_changed_in_between_is_told(books, record, there):
    done = ReceiptProgress(voucher_id=record().voucher.id)
    (voucher,) = there()
    books.vouchers.update(voucher.id, VoucherDraft.of(voucher).model_copy(update={"voucher_number": "anders"}))
    recorded = record(done=done)
    assert not recorded.as_sent
    assert len(recorded.voucher.files) == 1  # the same content again


def test_another_day(record, there, sandbox, nap):
    fail(sandbox, CREATE, "504_after")
    fail(sandbox, ("GET", "/v1/voucherlist"), "503", count=4)
    with pytest.raises(Unfinished) as caught:
        record()
    assert type(caught.value.cause) is errors.Unavailable
    nap(timedelta(days=1).total_seconds())
    kept = replace(caught.value.done)
    assert one(record(done=kept), there)
