"""Did an uncertain create happen?"""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from lexweb.lexware import errors
from lexweb.lexware.api import voucher_lookup
from lexweb.lexware.api.vouchers import Voucher, VoucherDraft
from tests.contract import schema
from tests.lexware.vouchers.drafting import draft


@pytest.mark.parametrize("fault", ["504_after", "reset", "garbage", "empty", "timeout_after", "500_after"])
def test_what_happened_is_found(books, sandbox, fault):
    before = books.vouchers.create(draft(books, remark="eine andere")).id
    sandbox.fault(fault, path="/v1/vouchers", method="POST")
    with pytest.raises(errors.Uncertain) as caught:
        books.vouchers.create(draft(books, remark="diese"))
    (found,) = books.vouchers.find(caught.value.sent)
    assert found.remark == "diese"
    assert found.id != before


def test_what_did_not_happen_is_not_found(books, sandbox):
    sandbox.fault("504", path="/v1/vouchers", method="POST")
    with pytest.raises(errors.Uncertain) as caught:
        books.vouchers.create(draft(books))
    assert books.vouchers.find(caught.value.sent) == []


@pytest.mark.parametrize(
    "other",
    [
        {"voucher_number": "R & D <7>8"},
        {"voucher_date": date(2026, 4, 11)},
        {"remark": "anders"},
        {"type": "purchasecreditnote"},
    ],
)
def test_another_one_is_not_taken_for_it(books, other):
    books.vouchers.create(draft(books, remark="diese") if "remark" in other else draft(books))
    assert books.vouchers.find(draft(books, **other)) == []


def test_the_same_item_twice_is_another_voucher():
    sample = schema.sample("vouchers.get.response")
    one, twice = (Voucher.model_validate(sample | {"voucherItems": sample["voucherItems"][:1] * n}) for n in (1, 2))
    assert voucher_lookup.holds(one, VoucherDraft.of(one))
    assert not voucher_lookup.holds(twice, VoucherDraft.of(one))


def test_what_was_there_before_is_left_out(books, nap, sandbox):
    books.vouchers.create(draft(books))
    nap(600)
    since = datetime.fromtimestamp(sandbox.state.clock.now(), UTC)
    second = books.vouchers.create(draft(books))
    assert len(books.vouchers.find(draft(books))) == 2
    assert [each.id for each in books.vouchers.find(draft(books), since=since)] == [second.id]
    assert books.vouchers.find(draft(books), since=since + timedelta(hours=1)) == []


def test_too_many_to_look_through_is_told(books):
    for _ in range(5):
        books.vouchers.create(draft(books, remark="eine andere"))
    with pytest.raises(errors.Unavailable, match="too many"):
        books.vouchers.find(draft(books, remark="diese"))


def test_whose_day_it_is_does_not_matter(books, nap, sandbox):
    """Where it is tomorrow already, as on this evening in Japan, it is still today in Germany."""
    created = books.vouchers.create(draft(books))
    moment = datetime.fromtimestamp(sandbox.state.clock.now(), UTC)
    ahead = timezone(timedelta(hours=23, minutes=59))
    since = (moment - timedelta(minutes=1)).astimezone(ahead)
    assert [each.id for each in books.vouchers.find(draft(books), since=since)] == [created.id]
