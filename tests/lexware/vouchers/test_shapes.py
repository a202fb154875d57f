"""What goes through the shapes comes out as it went in."""

import copy
import pickle
from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from lexweb.lexware import paging
from lexweb.lexware.api import voucherlist, vouchers
from lexweb.lexware.api.files import FileUploadResult
from lexweb.lexware.api.payments import Payment
from lexweb.lexware.api.posting_categories import PostingCategory
from lexweb.lexware.api.voucher_shapes import Booking
from lexweb.lexware.api.vouchers import Voucher, VoucherDraft
from tests.contract import schema

FILE = "46e6e676-873d-4a80-aa93-fea98e2471d9"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("vouchers.create.request", VoucherDraft),
        ("vouchers.create.net.request", VoucherDraft),
        ("vouchers.update.request", VoucherDraft),
        ("vouchers.update.book-unchecked.request", Booking),
        ("vouchers.get.response", Voucher),
        ("vouchers.list.response", paging.Page[Voucher]),
        ("vouchers.upload-file.response", FileUploadResult),
        ("files.upload.response", FileUploadResult),
        ("payments.get.open.response", Payment),
        ("payments.get.paid.response", Payment),
    ],
)
def test_round_trip(name, kind):
    sample = schema.sample(name)
    assert TypeAdapter(kind).validate_python(sample).payload() == sample


def test_round_trip_of_the_voucher_list():
    sample = schema.sample("voucherlist.list.response")
    page = TypeAdapter(paging.Page[voucherlist.VoucherListRow]).validate_python(sample)
    rows = [{name: value for name, value in row.items() if value is not None} for row in sample["content"]]
    amounts = ("totalAmount", "openAmount")
    for row, sent in zip(page.payload()["content"], rows, strict=True):
        assert {name: float(value) if name in amounts else value for name, value in row.items()} == sent


def test_round_trip_of_posting_categories():
    sample = schema.sample("posting-categories.list.response")
    assert [each.payload() for each in TypeAdapter(list[PostingCategory]).validate_python(sample)] == sample


def test_a_draft_takes_over_everything_but_the_status():
    sample = schema.sample("vouchers.get.response") | {"brandNew": {"a": None}, "files": [FILE, FILE]}
    written = VoucherDraft.of(Voucher.model_validate(sample)).payload()
    read_only = {"id", "organizationId", "voucherStatus", "createdDate", "updatedDate"}
    days = {"voucherDate": "2026-04-10", "shippingDate": "2026-04-11", "dueDate": "2026-04-24"}
    assert written == {name: value for name, value in sample.items() if name not in read_only} | days


@pytest.mark.parametrize("name", ["voucherStatus", "voucher_status"])
def test_no_draft_ever_has_a_status(name):
    draft = VoucherDraft.model_validate({"type": "salesinvoice", name: "open"})
    assert draft.payload() == {"type": "salesinvoice"}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-04-10T00:00:00.000+02:00", date(2026, 4, 10)),
        ("2026-04-09T22:00:00.000Z", date(2026, 4, 10)),
        ("2026-12-31T23:00:00.000Z", date(2027, 1, 1)),
        ("2026-04-10", date(2026, 4, 10)),
    ],
)
def test_a_day_is_a_date_and_remembers_how_it_was_written(written, day):
    shape = VoucherDraft.model_validate({"type": "salesinvoice", "dueDate": written})
    assert shape.due_date == day
    for twin in (shape, copy.deepcopy(shape), pickle.loads(pickle.dumps(shape))):  # noqa: S301
        assert twin.payload()["dueDate"] == written


@pytest.mark.parametrize("wrong", ["2026-04-10T00:00:00.000", "10.04.2026", "", 7, datetime(2026, 4, 10, tzinfo=UTC)])
def test_what_is_no_day_is_refused(wrong):
    with pytest.raises(ValidationError):
        VoucherDraft.model_validate({"type": "salesinvoice", "dueDate": wrong})


def test_everything_is_exported():
    for module in (vouchers, voucherlist):
        assert all(hasattr(module, name) for name in module.__all__)
