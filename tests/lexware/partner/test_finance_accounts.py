"""Financial accounts: what Lexware never computes, and what it locks."""

from decimal import Decimal

import pytest

from lexweb.lexware import errors
from lexweb.lexware.api.partner.assignment_hints import Hint
from lexweb.lexware.api.partner.finance import AccountDraft, TransactionDraft
from lexweb.lexware.office import Office
from tests.contract.connected import Connected
from tests.contract.world import IBAN
from tests.lexware.drafts import changed


@pytest.fixture
def giro() -> AccountDraft:
    """An account at a bank; the same IBAN again is no duplicate to Lexware."""
    return AccountDraft(
        type="GIRO",
        name="Geschäftskonto",
        account_system="LEXWEB",
        balance=Decimal("-12.34"),
        bank_name="Musterbank",
        iban="DE02 1203 0000 0000 2020 51",
        bic="BYLADEM1001",
    )


def test_create_then_read(partner_office: Office, giro: AccountDraft) -> None:
    created = partner_office.finance_accounts.create(giro)
    account = partner_office.finance_accounts.get(created.id)
    assert account.financial_account_id == created.id
    assert (account.type, account.name, account.account_system) == ("GIRO", "Geschäftskonto", "LEXWEB")
    assert (account.balance, account.iban, account.bic) == (Decimal("-12.34"), IBAN, "BYLADEM1001")
    assert (account.lock_version, account.deactivated) == (created.version, False)


def test_a_bank_name_is_always_sent_be_it_null(stage, office, answer, giro):
    stage.play(answer(406, {"message": "no"}))
    with pytest.raises(errors.Rejected):
        office.finance_accounts.create(changed(giro, bank_name=None))
    assert b'"bankName": null' in stage.heard[0].body


def test_the_list_is_narrowed_down_by_iban_or_by_reference(world: Connected, giro: AccountDraft) -> None:
    accounts, provider = world.office.finance_accounts, world.account_draft()
    at_bank, at_provider = accounts.create(giro).id, accounts.create(provider).id
    reference = provider.external_reference
    assert [each.financial_account_id for each in accounts.all(external_reference=reference)] == [at_provider]
    by_iban = accounts.all(iban=IBAN)
    assert at_bank in {each.financial_account_id for each in by_iban}
    assert {each.iban for each in by_iban} == {IBAN}
    assert {at_bank, at_provider} <= {each.financial_account_id for each in accounts.all()}


def test_both_filters_at_once_are_not_sent(stage, office):
    with pytest.raises(ValueError, match="either by IBAN or by reference"):
        office.finance_accounts.all(iban=IBAN, external_reference="x")
    assert stage.heard == []


def test_an_update_changes_only_what_is_meant(world: Connected) -> None:
    accounts = world.office.finance_accounts
    before = accounts.get(world.new_account())
    result = accounts.update(before.financial_account_id, changed(accounts.draft(before), balance=Decimal("99.90")))
    after = accounts.get(before.financial_account_id)
    assert (after.balance, after.lock_version) == (Decimal("99.90"), result.version)
    moving = {"balance", "lockVersion", "lastModifiedDate"}
    assert {**after.payload(), **dict.fromkeys(moving)} == {**before.payload(), **dict.fromkeys(moving)}


def test_the_second_of_two_updates_is_a_conflict(world: Connected) -> None:
    accounts = world.office.finance_accounts
    account_id = world.new_account()
    draft = accounts.draft(accounts.get(account_id))
    accounts.update(account_id, changed(draft, name="erste"))
    with pytest.raises(errors.Conflict):
        accounts.update(account_id, changed(draft, name="zweite"))
    assert accounts.get(account_id).name == "erste"


def test_its_transactions_go_with_it(world: Connected) -> None:
    account_id = world.new_account()
    [paid] = world.office.finance_transactions.create([of_account(world, account_id)])
    world.office.finance_accounts.delete(account_id)
    for gone in (
        lambda: world.office.finance_accounts.get(account_id),
        lambda: world.office.finance_transactions.get(paid.financial_transaction_id),
        lambda: world.office.finance_accounts.delete(account_id),
    ):
        with pytest.raises(errors.NotFound):
            gone()


def test_it_stays_while_a_voucher_is_assigned(world: Connected) -> None:
    account_id = world.new_account()
    draft = of_account(world, account_id)
    world.office.assignment_hints.create(
        Hint(voucher_id=world.new_voucher(), external_reference=draft.external_reference)
    )
    world.office.finance_transactions.create([draft])
    with pytest.raises(errors.Rejected):
        world.office.finance_accounts.delete(account_id)
    assert world.office.finance_accounts.get(account_id)


@pytest.mark.parametrize("known_by", ["reference", "iban", "name"])
def test_an_uncertain_create_is_found_again(world: Connected, giro: AccountDraft, known_by: str) -> None:
    accounts = world.office.finance_accounts
    draft = {
        "reference": world.account_draft(),
        "iban": giro,
        "name": changed(world.account_draft(), name="Kreditkasse 7", external_reference=None),
    }[known_by]
    before = {each.financial_account_id for each in accounts.all()}
    world.sandbox.fault("504_after", method="POST", path="/v1/finance/accounts")
    with pytest.raises(errors.Uncertain, match="504") as caught:
        accounts.create(draft)
    assert caught.value.sent is draft
    assert len([each for each in accounts.find(draft) if each.financial_account_id not in before]) == 1


def test_what_was_never_created_is_not_found(world: Connected) -> None:
    draft = world.account_draft()
    assert world.office.finance_accounts.find(draft) == []
    nameless = changed(draft, external_reference=None, name="gibt es nicht")
    assert world.office.finance_accounts.find(nameless) == []


def of_account(world: Connected, account_id: object) -> TransactionDraft:
    return changed(world.transaction_draft(), financial_account_id=account_id)
