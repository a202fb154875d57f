"""Financial transactions: sent in packs, skipped when known, never marked as paid by us."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from lexweb.lexware import errors
from lexweb.lexware.api.partner.assignment_hints import Hint
from lexweb.lexware.api.partner.finance import MOST, TransactionDraft
from tests.contract.connected import Connected
from tests.lexware.drafts import changed


@pytest.fixture
def account_id(world: Connected) -> UUID:
    return world.new_account()


@pytest.fixture
def draft(world: Connected, account_id: UUID) -> TransactionDraft:
    return changed(world.transaction_draft(), financial_account_id=account_id)


def again(draft: TransactionDraft, **members: object) -> TransactionDraft:
    """Another transaction of the same account."""
    return changed(draft, external_reference=uuid4().hex, **members)


def test_what_was_sent_comes_back(world: Connected, draft: TransactionDraft) -> None:
    [stored] = world.office.finance_transactions.create([draft])
    read = world.office.finance_transactions.get(stored.financial_transaction_id)
    assert read == stored
    assert read.payload().items() >= draft.payload().items()
    assert (read.open_amount, read.state, read.lock_version) == (Decimal("119.00"), None, 0)
    assert read.transaction_date == draft.value_date


def test_as_many_as_lexware_takes_go_out_in_one_request(world: Connected, draft: TransactionDraft) -> None:
    world.sandbox.state.journal.clear()
    stored = world.office.finance_transactions.create([again(draft) for _ in range(MOST)])
    assert len({each.financial_transaction_id for each in stored}) == MOST
    assert len(world.sandbox.requests()) == 1


@pytest.mark.parametrize("count", [0, MOST + 1])
def test_none_or_too_many_are_not_sent(world: Connected, draft: TransactionDraft, count: int) -> None:
    world.sandbox.state.journal.clear()
    with pytest.raises(ValueError, match="1 to 25"):
        world.office.finance_transactions.create([draft] * count)
    assert world.sandbox.requests() == []


def test_a_known_reference_is_skipped_and_comes_back_as_stored(world: Connected, draft: TransactionDraft) -> None:
    [first] = world.office.finance_transactions.create([draft])
    same, other = world.office.finance_transactions.create([changed(draft, amount=Decimal(1)), again(draft)])
    assert (same, same.amount) == (first, Decimal("119.00"))
    assert other.financial_transaction_id != first.financial_transaction_id


def test_one_bad_transaction_refuses_all(world: Connected, account_id: UUID, draft: TransactionDraft) -> None:
    bad = changed(draft, financial_account_id=uuid4())
    with pytest.raises(errors.Rejected) as caught:
        world.office.finance_transactions.create([draft, bad])
    assert [issue.source for issue in caught.value.issues] == ["[1].financialAccountId"]
    assert world.office.finance_transactions.latest(account_id) is None


def test_the_latest_is_the_one_with_the_latest_date(
    world: Connected, account_id: UUID, draft: TransactionDraft
) -> None:
    transactions = world.office.finance_transactions
    assert transactions.latest(account_id) is None
    newest = again(draft, value_date=datetime(2026, 11, 5, tzinfo=UTC))
    transactions.create([draft, newest, again(draft, value_date=datetime(2026, 11, 1, tzinfo=UTC))])
    found = transactions.latest(account_id)
    assert found is not None
    assert found.external_reference == newest.external_reference


def test_only_an_id_gets_into_the_question(stage, office):
    with pytest.raises(ValueError, match="badly formed"):
        office.finance_transactions.latest("1&iban=2")
    assert stage.heard == []


def test_an_update_and_its_conflict(world: Connected, draft: TransactionDraft) -> None:
    transactions = world.office.finance_transactions
    [stored] = transactions.create([draft])
    result = transactions.update(changed(stored, purpose="Miete November"))
    after = transactions.get(stored.financial_transaction_id)
    assert (after.purpose, after.amount, after.lock_version) == ("Miete November", stored.amount, result.version)
    with pytest.raises(errors.Conflict):
        transactions.update(changed(stored, purpose="zu spät"))
    assert transactions.get(stored.financial_transaction_id).purpose == "Miete November"


def test_a_deleted_one_is_gone(world: Connected, draft: TransactionDraft) -> None:
    transactions = world.office.finance_transactions
    [stored] = transactions.create([draft])
    transactions.delete(stored.financial_transaction_id)
    with pytest.raises(errors.NotFound):
        transactions.get(stored.financial_transaction_id)


@pytest.mark.parametrize("hinted_first", [True, False])
@pytest.mark.parametrize("named", ["external_reference", "end_to_end_id"])
def test_a_hint_assigns_the_voucher(world: Connected, draft: TransactionDraft, named: str, hinted_first: bool) -> None:
    draft = changed(draft, end_to_end_id=uuid4().hex)
    hint = Hint.model_validate({"voucher_id": world.new_voucher(), named: getattr(draft, named)})
    if hinted_first:
        assert world.office.assignment_hints.create(hint) == hint
    [stored] = world.office.finance_transactions.create([draft])
    if not hinted_first:
        assert world.office.finance_transactions.assignments(stored.financial_transaction_id) == []
        world.office.assignment_hints.create(hint)
    after = world.office.finance_transactions.get(stored.financial_transaction_id)
    assert (after.state, after.open_amount) == ("completely_assigned", Decimal(0))
    [assigned] = world.office.finance_transactions.assignments(stored.financial_transaction_id)
    assert (assigned.id, assigned.type) == (hint.voucher_id, "voucher")


def test_sending_uncertain_ones_again_does_no_harm(world: Connected, account_id: UUID, draft: TransactionDraft) -> None:
    world.sandbox.fault("timeout_after", method="POST", path="/v1/finance/transactions", seconds=0)
    with pytest.raises(errors.Uncertain) as caught:
        world.office.finance_transactions.create([draft])
    assert "externalReference" in caught.value.look
    [stored] = world.office.finance_transactions.create(caught.value.sent)
    assert world.office.finance_transactions.latest(account_id) == stored
    world.office.finance_transactions.delete(stored.financial_transaction_id)
    assert world.office.finance_transactions.latest(account_id) is None
