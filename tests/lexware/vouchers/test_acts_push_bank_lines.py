"""The movements of a bank account, each once."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from lexweb.lexware import errors
from lexweb.lexware.acts import BankLinesProgress, Unfinished, push_bank_lines
from lexweb.lexware.api.partner.assignment_hints import Hint
from lexweb.lexware.api.partner.finance import AccountDraft, TransactionDraft
from lexweb.lexware.credentials import AccessToken
from lexweb.lexware.office import NoPace, Office
from tests.lexware.vouchers.conftest import PATIENT
from tests.lexware.vouchers.drafting import draft
from tests.sandbox import partner

ACCOUNT = AccountDraft(
    type="GIRO",
    name="Geschäftskonto",
    account_system="LEXWEB",
    bank_name="Hafenbank",
    balance=Decimal(0),
    iban="DE02120300000000202051",
    bic="BYLADEM1001",
    external_reference="konto-1",
)
ACCOUNTS, TRANSACTIONS = "/v1/finance/accounts", "/v1/finance/transactions"
AFTER = ["504_after", "500_after", "reset", "timeout_after", "garbage", "empty"]


def lines(count):
    def make(account_id):
        return [
            TransactionDraft(
                financial_account_id=account_id,
                amount=Decimal("-1.5") * number,
                purpose=f"Zeile {number} & mehr",
                booking_date=datetime(2026, 4, 10, tzinfo=UTC),
                value_date=datetime(2026, 4, 10, tzinfo=UTC),
                external_reference=f"zeile-{number}",
            )
            for number in range(1, count + 1)
        ]

    return make


@pytest.fixture
def bank(sandbox, organization, nap):
    token = AccessToken(partner.connect(sandbox, organization)["access_token"])
    with Office(sandbox.url, credentials=token, pace=NoPace(), timeout=PATIENT, sleep=nap) as office:
        yield office


@pytest.fixture
def push(bank, waiting):
    def run(count=3, **options):
        return push_bank_lines(
            bank, ACCOUNT, options.pop("lines", lines(count)), balance=Decimal("17.25"), waiting=waiting, **options
        )

    return run


@pytest.fixture
def stored(sandbox, organization):
    shelf = sandbox.state.organizations[organization["organizationId"]].shelf("finance-transactions")
    before = {each.id for each in shelf}
    return lambda: [each.document["externalReference"] for each in shelf if each.id not in before]


def whole(bank, pushed, stored, count):
    (account,) = bank.finance_accounts.all(external_reference="konto-1")
    assert account.financial_account_id == pushed.account_id
    assert account.balance == Decimal("17.25")
    references = [f"zeile-{number}" for number in range(1, count + 1)]
    assert stored() == references
    assert [each.external_reference for each in pushed.transactions] == references
    return True


@pytest.mark.parametrize("count", [0, 1, 25, 60])
def test_any_number_of_lines(bank, push, stored, count):
    assert whole(bank, push(count), stored, count)


def test_again_does_no_harm(bank, push, stored):
    first, second = push(), push()
    assert first == second
    assert whole(bank, push(5), stored, 5)


@pytest.mark.parametrize("kind", [*AFTER, "429"])
@pytest.mark.parametrize(("method", "path"), [("POST", ACCOUNTS), ("POST", TRANSACTIONS), ("PUT", f"{ACCOUNTS}/*")])
def test_faults_double_nothing(bank, push, stored, sandbox, method, path, kind):
    sandbox.fault(kind, method=method, path=path)
    assert whole(bank, push(30), stored, 30)


def test_somebody_saves_the_account_at_the_same_moment(bank, push, stored, sandbox):
    push(1)
    bank_account = bank.finance_accounts.all(external_reference="konto-1")[0]
    older = bank.finance_accounts.draft(bank_account).model_copy(update={"balance": Decimal(1)})
    bank.finance_accounts.update(bank_account.financial_account_id, older)
    sandbox.fault("foreign_edit", method="PUT", path=f"{ACCOUNTS}/*", changes={"name": "Anderer Name"})
    assert whole(bank, push(1), stored, 1)
    assert bank.finance_accounts.all(external_reference="konto-1")[0].name == "Anderer Name"


def test_an_account_that_may_still_come_is_not_created_again(bank, push, stored, sandbox, nap):
    sandbox.fault("504", method="POST", path=ACCOUNTS)
    with pytest.raises(Unfinished) as caught:
        push()
    assert caught.value.missing == "account"
    done = caught.value.done
    assert done == BankLinesProgress(asked_at=done.asked_at)
    nap(60)
    assert whole(bank, push(done=done), stored, 3)


def test_half_the_lines(push, bank, stored, sandbox):
    sandbox.fault("504_after", method="POST", path=TRANSACTIONS, count=2)
    with pytest.raises(Unfinished) as caught:
        push(60)
    assert caught.value.missing == "transactions"
    assert caught.value.done.account_id
    assert len(stored()) == 25
    assert whole(bank, push(60, done=caught.value.done), stored, 60)


def test_hints(bank, push, stored):
    voucher = bank.vouchers.create(draft(bank)).id
    hint = Hint(voucher_id=voucher, external_reference="zeile-1")
    assert push(hints=[hint]).refused == ()
    ((again, issues),) = push(hints=[hint]).refused
    assert again == hint
    assert issues


def test_a_refused_account_leaves_nothing(bank, waiting, stored):
    wrong = ACCOUNT.model_copy(update={"type": "SPARSTRUMPF"})
    with pytest.raises(errors.Rejected):
        push_bank_lines(bank, wrong, lines(1), balance=Decimal(0), waiting=waiting)
    assert stored() == []


def test_what_could_not_be_repeated_is_not_sent(bank, push, stored, waiting):
    nameless = ACCOUNT.model_copy(update={"external_reference": None, "iban": None})
    with pytest.raises(ValueError, match="found again"):
        push_bank_lines(bank, nameless, lines(1), balance=Decimal(0), waiting=waiting)

    def without(account_id):
        return [each.model_copy(update={"external_reference": None}) for each in lines(30)(account_id)]

    with pytest.raises(ValueError, match="doubled"):
        push(lines=without)
    assert stored() == []
