"""Voucher list, files, payments and posting categories at the sandbox."""

import io
from uuid import uuid4

import httpx
import pytest

from lexweb.lexware import errors
from lexweb.lexware.api.payments import NoPayments
from lexweb.lexware.api.voucherlist import BOOKKEEPING
from lexweb.lexware.transfers import Upload
from tests.lexware.vouchers.conftest import picture
from tests.lexware.vouchers.drafting import draft


def test_everything_is_what_the_pages_hold(books):
    for number in range(3):
        books.vouchers.create(draft(books, voucher_number=f"R-{number}"))
    windows = books.voucherlist.everything("any", "any")
    found = [row.id for page in windows for row in page]
    pages = list(books.voucherlist.pages("any", "any"))
    assert len(found) == len(set(found)) == pages[0].total_elements >= 3
    assert set(found) == {row.id for page in pages for row in page.content}
    assert windows.report.whole


def test_nothing_gets_lost_on_the_way(books, sandbox, organization):
    books.vouchers.create(draft(books))
    books.files.upload(picture())
    headers = {"Authorization": f"Bearer {organization['apiKey']}"}
    raw = httpx.get(f"{sandbox.url}/v1/voucherlist?voucherType=any&voucherStatus=any&size=250", headers=headers).json()
    page = books.voucherlist.page("any", "any").payload()
    for row, sent in zip(page["content"], raw["content"], strict=True):
        lean = {name: value for name, value in sent.items() if value is not None}
        assert {k: v for k, v in row.items() if "Amount" not in k} == {
            k: v for k, v in lean.items() if "Amount" not in k
        }
        assert {k: float(v) for k, v in row.items() if "Amount" in k} == {
            k: v for k, v in lean.items() if "Amount" in k
        }
    assert page | {"content": []} == raw | {"content": []}


def test_vouchers_of_the_list_can_be_read(books):
    books.vouchers.create(draft(books))
    rows = books.voucherlist.page(BOOKKEEPING, "any", size=20).content
    assert rows
    for row in rows:
        voucher = books.vouchers.get(row.id)
        assert (voucher.type, voucher.voucher_number) == (row.voucher_type, row.voucher_number)


def test_a_number_with_signs_is_found(books):
    created = books.vouchers.create(draft(books))
    books.vouchers.create(draft(books, voucher_number="R amp D"))
    found = books.voucherlist.page("any", "any", voucher_number="R & D <7>").content
    assert [row.id for row in found] == [created.id]


def test_up_and_down(books):
    upload = picture(name="Beleg Größe.png")
    result = books.files.upload(upload)
    target = io.BytesIO()
    with books.files.download(result.id) as download:
        assert (download.media_type, download.name) == ("image/png", "Beleg Größe.png")
        download.save(target)
    assert target.getvalue() == upload.open().read()
    assert books.files.upload(upload) == result
    assert books.vouchers.get(result.voucher_id).files == (result.id,)


@pytest.mark.parametrize(("accept", "error"), [("application/xml", errors.NotFound), ("text/html", errors.Rejected)])
def test_a_form_that_does_not_exist(books, accept, error):
    result = books.files.upload(picture())
    with pytest.raises(error), books.files.download(result.id, accept=accept):
        pass


def test_a_refused_file_says_why(books):
    tiff = Upload("beleg.tif", "image/tiff", lambda: io.BytesIO(b"II*\x00"))
    with pytest.raises(errors.Rejected) as caught:
        books.files.upload(tiff)
    assert [issue.code for issue in caught.value.issues] == ["inacceptable_file_extension"]


def test_a_key_may_not_ask_for_the_status(books):
    with pytest.raises(errors.Forbidden):
        books.files.status(books.files.upload(picture()).id)


def test_payments(books, sandbox, organization):
    created = books.vouchers.create(draft(books))
    assert (books.payments.get(created.id).open_amount, books.payments.get(created.id).payment_items) == (119, ())
    paid = {"amount": 119.0, "date": "2026-04-12", "type": "manualPayment"}
    shelf = sandbox.state.organizations[organization["organizationId"]].shelf("vouchers")
    shelf.put(shelf.get(str(created.id)).with_hidden(payments=[paid]))
    payment = books.payments.get(created.id)
    assert (payment.open_amount, payment.payment_status) == (0, "balanced")
    assert [(each.amount, each.payment_item_type) for each in payment.payment_items] == [(119, "manualPayment")]


def test_nothing_to_pay_on_a_blank_voucher(books):
    assert isinstance(books.payments.get(books.files.upload(picture()).voucher_id), NoPayments)
    with pytest.raises(errors.NotFound):
        books.payments.get(uuid4())


def test_posting_categories(books):
    found = books.posting_categories.list()
    assert {each.type for each in found} == {"income", "outgo"}
    assert len({each.id for each in found}) == len(found) > 10
