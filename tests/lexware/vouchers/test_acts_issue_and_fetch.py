"""An invoice that is issued once, and its file."""

import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from lexweb.lexware import days, errors
from lexweb.lexware.acts import IssueProgress, Unfinished, issue_and_fetch
from lexweb.lexware.api.sales.conditions import ShippingConditions, TaxConditions
from lexweb.lexware.api.sales.invoices import InvoiceDraft
from lexweb.lexware.api.sales.line_items import LineItem, UnitPrice
from lexweb.lexware.api.sales.parts import Address

CREATE, FILE = {"method": "POST", "path": "/v1/invoices"}, {"method": "GET", "path": "/v1/invoices/*/file"}
AFTER = ["504_after", "500_after", "reset", "timeout_after", "garbage", "empty"]
BROKEN = ["504", "429", "reset", "timeout", "empty"]


@pytest.fixture
def sent(sandbox):
    today = days.moment(days.day(datetime.fromtimestamp(sandbox.state.clock.now(), UTC)))
    item = LineItem(
        type="custom",
        name="Montage & Anfahrt",
        quantity=Decimal(2),
        unit_name="Stunde",
        unit_price=UnitPrice.net(Decimal("95.4"), 19),
    )
    return InvoiceDraft(
        voucher_date=today,
        address=Address(name="Lohse & Söhne", street="Am Speicher 14", zip="20457", city="Hamburg", country_code="DE"),
        line_items=(item,),
        tax_conditions=TaxConditions(tax_type="net"),
        shipping_conditions=ShippingConditions(shipping_type="none"),
    )


@pytest.fixture
def target():
    stream = io.BytesIO()
    stream.write(b"davor")
    return stream


@pytest.fixture
def issue(books, sent, target, waiting):
    def run(**options):
        return issue_and_fetch(books.invoices, sent, target, waiting=waiting, **options)

    return run


@pytest.fixture
def count(books):
    before = books.voucherlist.page("invoice", "any").total_elements
    return lambda: books.voucherlist.page("invoice", "any").total_elements - before


def whole(books, issued, target):
    written = target.getvalue()
    assert written.startswith(b"davor%PDF-")
    assert written.count(b"%PDF-") == 1
    assert issued.size == len(written) - len(b"davor")
    assert (issued.media_type, issued.name.endswith(".pdf")) == ("application/pdf", True)
    return books.invoices.get(issued.document_id).voucher_status == "open"


def test_all_goes_well(books, issue, target, count):
    assert whole(books, issue(), target)
    assert count() == 1


# Half a file that calls itself a whole one ("garbage") is beyond anybody's knowledge.
@pytest.mark.parametrize(
    ("call", "kind"), [(CREATE, kind) for kind in [*AFTER, "429"]] + [(FILE, kind) for kind in BROKEN]
)
def test_faults_double_nothing(books, issue, target, count, sandbox, call, kind):
    sandbox.fault(kind, **call)
    assert whole(books, issue(), target)
    assert count() == 1


def test_a_draft_that_looks_the_same_is_not_taken_for_it(books, sent, issue, target, sandbox):
    books.invoices.create(sent)
    sandbox.fault("504", **CREATE)
    with pytest.raises(Unfinished) as caught:
        issue()
    assert caught.value.missing == "document"
    assert target.getvalue() == b"davor"


def test_one_that_may_still_come_is_not_issued_again(books, issue, target, count, sandbox, nap):
    sandbox.fault("504", **CREATE)
    with pytest.raises(Unfinished) as caught:
        issue()
    done = caught.value.done
    assert caught.value.missing == "document"
    assert done == IssueProgress(asked_at=done.asked_at)
    with pytest.raises(Unfinished):
        issue(done=done)
    assert count() == 0
    nap(60)
    assert whole(books, issue(done=done), target)
    assert count() == 1


@pytest.mark.parametrize("kind", ["503", "reset"])
def test_a_file_that_does_not_come_is_told(books, issue, target, count, sandbox, kind):
    sandbox.fault(kind, **FILE, count=None)
    with pytest.raises(Unfinished) as caught:
        issue()
    assert caught.value.missing == "file"
    assert target.getvalue() == b"davor"
    sandbox.clear_faults()
    issued = issue(done=caught.value.done)
    assert issued.document_id == caught.value.done.document_id
    assert whole(books, issued, target)
    assert count() == 1


def test_a_refused_invoice_leaves_nothing(books, sent, target, count, waiting):
    wrong = sent.model_copy(update={"tax_conditions": TaxConditions(tax_type="unsinn")})
    with pytest.raises(errors.Rejected):
        issue_and_fetch(books.invoices, wrong, target, waiting=waiting)
    assert (count(), target.getvalue()) == (0, b"davor")
