"""The bank accounts of contacts: locked by the contact's version, not by one of their own."""

from uuid import UUID

import pytest

from lexweb.lexware import errors
from lexweb.lexware.api.partner.bank_accounts import BankAccountDraft
from lexweb.lexware.office import Office
from tests.contract.connected import Connected
from tests.contract.world import IBAN
from tests.lexware.drafts import changed

OTHER = "DE89370400440532013000"


@pytest.fixture
def contact_id(world: Connected) -> UUID:
    return world.office.contacts.create(world.contact_draft()).id


@pytest.fixture
def draft() -> BankAccountDraft:
    return BankAccountDraft(account_holder="A & B", bank_name="Musterbank", iban=IBAN, bic="BYLADEM1001")


def test_create_then_read(partner_office: Office, contact_id: UUID, draft: BankAccountDraft) -> None:
    before = partner_office.contacts.get(contact_id).version
    created = partner_office.bank_accounts.create(contact_id, draft)
    account = partner_office.bank_accounts.get(contact_id, created.id)
    assert account.payload().items() >= draft.payload().items()
    assert (account.id, account.version) == (created.id, created.version)
    assert created.version == partner_office.contacts.get(contact_id).version > before
    assert partner_office.bank_accounts.all(contact_id) == [account]


def test_another_account_makes_the_version_stale(
    partner_office: Office, contact_id: UUID, draft: BankAccountDraft
) -> None:
    accounts = partner_office.bank_accounts
    created = accounts.create(contact_id, draft)
    accounts.create(contact_id, changed(draft, iban=OTHER))
    stale = changed(draft, bank_name="Neue Bank", version=created.version)
    with pytest.raises(errors.Conflict):
        accounts.update(contact_id, created.id, stale)
    newest = partner_office.contacts.get(contact_id).version
    accounts.update(contact_id, created.id, changed(stale, version=newest))
    assert accounts.get(contact_id, created.id).bank_name == "Neue Bank"


def test_an_uncertain_create_is_found_by_its_iban_blanks_aside(
    world: Connected, contact_id: UUID, draft: BankAccountDraft
) -> None:
    spaced = changed(draft, iban="de02 1203 0000 0000 2020 51")
    world.office.bank_accounts.create(contact_id, changed(draft, iban=OTHER))
    assert world.office.bank_accounts.find(contact_id, spaced) == []
    world.sandbox.fault("504_after", method="POST", path="/v1/contacts/*/bankaccounts")
    with pytest.raises(errors.Uncertain):
        world.office.bank_accounts.create(contact_id, draft)
    assert [each.iban for each in world.office.bank_accounts.find(contact_id, spaced)] == [IBAN]


def test_deleting(partner_office: Office, contact_id: UUID, draft: BankAccountDraft) -> None:
    created = partner_office.bank_accounts.create(contact_id, draft)
    partner_office.bank_accounts.delete(contact_id, created.id)
    assert partner_office.bank_accounts.all(contact_id) == []
    with pytest.raises(errors.NotFound):
        partner_office.bank_accounts.delete(contact_id, created.id)


def test_an_account_is_read_below_its_own_contact_only(
    world: Connected, contact_id: UUID, draft: BankAccountDraft
) -> None:
    created = world.office.bank_accounts.create(contact_id, draft)
    other = world.office.contacts.create(world.contact_draft()).id
    with pytest.raises(errors.NotFound):
        world.office.bank_accounts.get(other, created.id)


def test_a_wrong_iban_is_refused(partner_office: Office, contact_id: UUID, draft: BankAccountDraft) -> None:
    with pytest.raises(errors.Rejected) as caught:
        partner_office.bank_accounts.create(contact_id, changed(draft, iban=IBAN.replace("51", "52")))
    assert [issue.source for issue in caught.value.issues] == ["iban"]


@pytest.mark.parametrize("wrong", ["../profile", "7", "%2e%2e"])
def test_only_ids_get_into_the_address(stage, office, wrong):
    for arguments in ((wrong,), (UUID(int=1), wrong)):
        with pytest.raises(ValueError, match="badly formed"):
            (office.bank_accounts.all if len(arguments) == 1 else office.bank_accounts.get)(*arguments)
    assert stage.heard == []
