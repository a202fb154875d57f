"""Acts in a process that is killed, and in the next one that goes on from what was noted."""

import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from lexweb.lexware.acts import (
    BankLinesProgress,
    IssueProgress,
    ReceiptProgress,
    Unfinished,
    UploadProgress,
    issue_and_fetch,
    push_bank_lines,
    record_receipt,
    upload_and_find,
)
from lexweb.lexware.api.voucherlist import BOOKKEEPING
from lexweb.lexware.credentials import AccessToken
from lexweb.lexware.office import NoPace, Office
from tests.lexware.vouchers import test_acts_push_bank_lines as bank
from tests.lexware.vouchers.conftest import PATIENT, picture
from tests.lexware.vouchers.drafting import draft
from tests.lexware.vouchers.test_acts_issue_and_fetch import sent as sent
from tests.sandbox import partner


class Killed(BaseException):
    """What nobody catches."""


@pytest.fixture
def token(sandbox, organization):
    return AccessToken(partner.connect(sandbox, organization)["access_token"])


@pytest.fixture
def go(sandbox, token, nap):
    """Run an act; kill it right after its n-th answer, or when it notes its n-th progress; then go on to the end."""

    def office(on_exchange=lambda exchange: None):
        return Office(
            sandbox.url, credentials=token, pace=NoPace(), timeout=PATIENT, sleep=nap, on_exchange=on_exchange
        )

    def run(act, nothing, *, answer=0, progress=0):
        answers, noted = [], [nothing]

        def count(exchange):
            answers.append(exchange)
            if len(answers) == answer:
                raise Killed

        def note(done):
            noted.append(done)
            if len(noted) - 1 == progress:
                raise Killed

        with pytest.raises(Killed), office(count) as doomed:
            act(doomed, nothing, note)
        nap(60)
        with office() as next_one:
            return act(next_one, noted[-1], lambda done: None)

    return run


ANSWERS = [{"answer": number} for number in (1, 2, 3)]
NOTES = [{"progress": number} for number in (1, 2, 3)]


@pytest.mark.parametrize("moment", ANSWERS + NOTES)
def test_a_receipt(books, go, waiting, moment):
    sent = draft(books, voucher_number="BELEG-1")

    def act(office, done, note):
        return record_receipt(office, sent, picture(), done=done, note=note, waiting=waiting)

    recorded = go(act, ReceiptProgress(), **moment)
    (voucher,) = books.vouchers.by_number("BELEG-1").content
    assert recorded.voucher == voucher
    assert voucher.files == (recorded.file_id,)


@pytest.mark.parametrize("moment", ANSWERS[:2] + NOTES[:2])
def test_an_invoice(books, go, waiting, sent, moment):
    before = books.voucherlist.page("invoice", "any").total_elements
    target = io.BytesIO()

    def act(office, done, note):
        target.seek(0)
        return issue_and_fetch(office.invoices, sent, target, done=done, note=note, waiting=waiting)

    issued = go(act, IssueProgress(), **moment)
    assert target.getvalue().startswith(b"%PDF-")
    assert books.invoices.get(issued.document_id).voucher_status == "open"
    assert books.voucherlist.page("invoice", "any").total_elements == before + 1


@pytest.mark.parametrize("moment", ANSWERS[:2] + NOTES[:2])
def test_an_upload(books, go, waiting, moment):
    before = books.voucherlist.page(BOOKKEEPING, "any").total_elements

    def act(office, done, note):
        return upload_and_find(office, picture(), done=done, note=note, waiting=waiting)

    found = go(act, UploadProgress(), **moment)
    assert found.voucher.files == (found.file_id,)
    assert books.voucherlist.page(BOOKKEEPING, "any").total_elements == before + 1


@pytest.mark.parametrize("moment", [{"answer": number} for number in range(1, 7)] + NOTES)
def test_bank_lines(go, sandbox, organization, waiting, moment):
    shelf = sandbox.state.organizations[organization["organizationId"]].shelf("finance-transactions")
    before = {each.id for each in shelf}

    def act(office, done, note):
        lines, balance = bank.lines(30), Decimal("17.25")
        return push_bank_lines(office, bank.ACCOUNT, lines, balance=balance, done=done, note=note, waiting=waiting)

    pushed = go(act, BankLinesProgress(), **moment)
    assert len(pushed.transactions) == len([each for each in shelf if each.id not in before]) == 30
    accounts = sandbox.state.organizations[organization["organizationId"]].shelf("finance-accounts")
    (account,) = (each for each in accounts if each.document["externalReference"] == "konto-1")
    assert (account.id, account.document["balance"]) == (str(pushed.account_id), 17.25)


def test_a_full_disk_does_not_make_an_invoice_forgotten(books, sent, waiting):
    class Full(io.BytesIO):
        def write(self, chunk):
            raise OSError(28, "No space left on device")

    with pytest.raises(Unfinished) as caught:
        issue_and_fetch(books.invoices, sent, Full(), waiting=waiting)
    assert (caught.value.missing, type(caught.value.cause)) == ("file", OSError)
    issued = issue_and_fetch(books.invoices, sent, io.BytesIO(), done=caught.value.done, waiting=waiting)
    assert issued.document_id == caught.value.done.document_id


def test_a_file_that_went_away_does_not_make_a_voucher_forgotten(books, waiting):
    def gone():
        raise FileNotFoundError(2, "No such file", "/home/anna/beleg-huber.pdf")

    sent = draft(books, voucher_number="BELEG-1")
    with pytest.raises(Unfinished) as caught:
        record_receipt(books, sent, type(picture())("beleg.pdf", "application/pdf", gone), waiting=waiting)
    assert "huber" not in f"{caught.value} {caught.value!r}"
    recorded = record_receipt(books, sent, picture(), done=caught.value.done, waiting=waiting)
    assert [each.id for each in books.vouchers.by_number("BELEG-1").content] == [recorded.voucher.id]


def test_an_account_that_cannot_be_looked_for_stays_doubtful(sandbox, token, nap, waiting):
    done = BankLinesProgress(asked_at=datetime.fromtimestamp(sandbox.state.clock.now(), UTC))
    sandbox.fault("503", method="GET", path=bank.ACCOUNTS, count=None)
    office = Office(sandbox.url, credentials=token, pace=NoPace(), timeout=PATIENT, sleep=nap)
    with office, pytest.raises(Unfinished) as caught:
        push_bank_lines(office, bank.ACCOUNT, bank.lines(1), balance=Decimal(0), done=done, waiting=waiting)
    assert (caught.value.missing, caught.value.done) == ("account", done)
