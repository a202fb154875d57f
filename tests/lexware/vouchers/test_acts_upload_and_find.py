"""A receipt that is uploaded once and found when its text is recognized."""

import io

import pytest

from lexweb.lexware import errors
from lexweb.lexware.acts import Unfinished, UploadProgress, upload_and_find
from lexweb.lexware.api.voucherlist import BOOKKEEPING
from lexweb.lexware.transfers import Upload
from tests.lexware.vouchers.conftest import picture
from tests.lexware.vouchers.drafting import draft

SEND = {"method": "POST", "path": "/v1/files"}
AFTER = ["504_after", "500_after", "reset", "timeout_after", "garbage", "empty"]


@pytest.fixture
def find(books, waiting):
    def run(upload=None, **options):
        return upload_and_find(books, upload or picture(), **{"waiting": waiting} | options)

    return run


@pytest.fixture
def count(books):
    return lambda: books.voucherlist.page(BOOKKEEPING, "any").total_elements


def whole(found):
    return found.voucher.voucher_status == "unchecked" and found.voucher.files == (found.file_id,)


def test_all_goes_well(find, count):
    before = count()
    assert whole(find())
    assert count() == before + 1


@pytest.mark.parametrize("kind", AFTER)
def test_arrived_behind_our_back(find, count, sandbox, kind):
    before = count()
    sandbox.fault(kind, **SEND)
    assert whole(find())
    assert count() == before + 1
    sends = [each for each in sandbox.requests() if (each["method"], each["path"]) == ("POST", "/v1/files")]
    assert len(sends) == 1  # looked for, not sent again


def test_what_was_refused_for_pace_is_sent_again(find, count, sandbox):
    before = count()
    sandbox.fault("429", **SEND, count=2)
    assert whole(find())
    assert count() == before + 1


@pytest.mark.parametrize("kind", ["504", "500", "timeout"])
def test_what_may_still_arrive_is_not_sent_again(find, count, sandbox, nap, kind):
    before = count()
    sandbox.fault(kind, **SEND)
    with pytest.raises(Unfinished) as caught:
        find()
    assert caught.value.missing == "file"
    done = caught.value.done
    assert done == UploadProgress(asked_at=done.asked_at)
    with pytest.raises(Unfinished):  # too early to say that it will not
        find(done=done)
    assert len([each for each in sandbox.requests() if (each["method"], each["path"]) == ("POST", "/v1/files")]) == 1
    nap(60)
    assert whole(find(done=done))
    assert count() == before + 1


def test_one_that_cannot_be_told_from_many_is_not_sent_again(books, find, count, sandbox, nap):
    for shade in range(11):
        books.files.upload(picture(shade))
    before = count()
    sandbox.fault("504", **SEND)
    with pytest.raises(Unfinished) as caught:
        find()
    nap(60)
    with pytest.raises(Unfinished) as again:
        find(done=caught.value.done)
    assert again.value.cause.reason == "too many to look through"
    assert count() == before


def test_others_are_not_taken_for_it(books, find, sandbox):
    others = {books.files.upload(picture(shade)).id for shade in (10, 20)}
    books.vouchers.create(draft(books))
    sandbox.fault("504_after", **SEND)
    assert find().file_id not in others


def test_the_same_again_is_found_again(find, count):
    first, amount = find(), count()
    assert find() == first
    assert count() == amount


def test_not_recognized_in_time(find, count, waiting):
    before = count()
    with pytest.raises(Unfinished) as caught:
        find(waiting=type(waiting)((0.1, 0.1), waiting.sleep, waiting.now))
    stopped = caught.value
    assert stopped.missing == "voucher"
    assert stopped.done.file_id
    assert stopped.done.voucher_id
    found = find(done=stopped.done)
    assert (found.file_id, found.voucher.id) == (stopped.done.file_id, stopped.done.voucher_id)
    assert count() == before + 1


def test_a_lexware_that_does_not_tell_the_voucher(books, find, nap):
    uploaded = books.files.upload(picture())
    found = find(done=UploadProgress(file_id=uploaded.id))
    assert (found.file_id, found.voucher.id) == (uploaded.id, uploaded.voucher_id)


def test_a_refused_file_leaves_nothing(find, count):
    before = count()
    with pytest.raises(errors.Rejected):
        find(Upload("leer.png", "image/png", io.BytesIO))
    assert count() == before
