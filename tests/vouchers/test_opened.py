"""A person opens a document."""

import pytest

from lexweb.clients import gateway
from lexweb.vouchers import services
from lexweb.vouchers.models import Voucher
from tests.vouchers.books import Books

pytestmark = pytest.mark.django_db


@pytest.fixture
def voucher(books: Books) -> Voucher:
    """An open purchase invoice of which only the row is here."""
    books.store(books.rows("purchaseinvoice", "open")[:1])
    return books.one("purchaseinvoice")


def test_what_is_wanted_is_read_at_once(books: Books, voucher: Voucher) -> None:
    opened = services.opened(voucher)

    assert opened.trouble is None
    assert opened.voucher.detail.raw["id"] == str(voucher.lexware_id)
    assert opened.voucher.detail.payment["voucherStatus"] == "open"
    assert (opened.voucher.wanted, opened.voucher.payment_wanted) == (Voucher.Wanted.NO, False)


def test_what_is_here_and_new_is_not_asked_for(books: Books, voucher: Voucher) -> None:
    opened = services.opened(voucher)
    before = len(books.asked())

    services.opened(opened.voucher)

    assert len(books.asked()) == before


@pytest.mark.parametrize(
    ("fault", "code"), [("503", "unavailable"), ("forbidden_403", "forbidden"), ("garbage", "unexpected")]
)
@pytest.mark.off_contract
def test_a_trouble_does_not_hide_what_is_here(
    books: Books, voucher: Voucher, monkeypatch: pytest.MonkeyPatch, fault: str, code: str
) -> None:
    monkeypatch.setattr(gateway, "PERSON_PATIENCE", 0.0)
    books.sandbox.fault(fault, path="/v1/vouchers/*", count=None)

    opened = services.opened(voucher)

    assert opened.voucher == voucher
    assert opened.trouble
    assert opened.trouble.code == code
    assert books.again(voucher).wanted


def test_a_detail_stays_when_only_the_payments_fail(
    books: Books, voucher: Voucher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "PERSON_PATIENCE", 0.0)
    books.sandbox.fault("503", path="/v1/payments/*", count=None)

    opened = services.opened(voucher)

    assert opened.trouble
    assert opened.voucher.detail.raw
    assert opened.voucher.payment_wanted


def test_what_was_deleted_over_there_is_gone_here(books: Books, voucher: Voucher) -> None:
    books.organization.shelf("vouchers").remove(str(voucher.lexware_id))

    with pytest.raises(services.Gone):
        services.opened(voucher)

    assert not Voucher.objects.exists()


def test_without_a_connection_the_last_state_is_shown(books: Books, voucher: Voucher) -> None:
    voucher.connection.state = "disconnected"

    opened = services.opened(voucher)

    assert (opened.voucher, opened.trouble.code if opened.trouble else "") == (voucher, "disconnected")
