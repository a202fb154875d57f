"""The company itself, its link with us, and that an API key reaches none of it."""

from uuid import UUID

import pytest

from lexweb.lexware import errors
from lexweb.lexware.api.partner.organization import IntegrationUpdate
from lexweb.lexware.office import ApiKey, Office
from tests.contract.connected import RICHEST, Connected

ID = UUID(int=1)


def test_master_data(partner_office: Office) -> None:
    organization = partner_office.organization.get()
    assert organization.company_name == RICHEST == partner_office.profile.get().company_name
    assert organization.organization_type_key == "LIMITED_COMPANY"
    assert organization.address.country_code == "DE"
    assert organization.address.city
    assert organization.tax_number
    assert organization.vat_identification_number


def test_nothing_needs_to_be_known_about_a_company(stage, office, answer):
    stage.play(answer(200, {"address": None, "newMember": 1}))
    organization = office.organization.get()
    assert (organization.company_name, organization.address.city) == (None, None)
    assert organization.payload() == {"newMember": 1}


def test_the_state_of_the_link(world: Connected) -> None:
    integration = world.office.partner_integration
    before = integration.get()
    assert before.organization_id == world.office.profile.get().organization_id
    draft = IntegrationUpdate(status="BOOKED", version=before.version or 0)
    after = integration.update(draft)
    assert (after.status, integration.get()) == ("BOOKED", after)
    with pytest.raises(errors.Conflict):
        integration.update(draft)


@pytest.mark.parametrize(
    "call",
    [
        lambda office: office.organization.get(),
        lambda office: office.partner_integration.get(),
        lambda office: office.finance_accounts.all(),
        lambda office: office.finance_transactions.latest(ID),
        lambda office: office.bank_accounts.all(ID),
        lambda office: office.bank_accounts.delete(ID, ID),
        lambda office: office.cash_boxes.all(),
        lambda office: office.invoices.interaction_status(ID),
    ],
)
def test_an_api_key_is_told_without_asking(stage, open_office, call):
    with pytest.raises(errors.OutsideTier) as caught:
        call(open_office(credentials=ApiKey("k")))
    assert caught.value.need is not None
    assert caught.value.need.tier == "partner"
    assert stage.heard == []
