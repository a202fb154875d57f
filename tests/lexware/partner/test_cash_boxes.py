"""Cash boxes and their daily closings."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from lexweb.lexware import errors
from lexweb.lexware.api.partner.cash_boxes import LARGEST, CashBoxUpdate
from lexweb.lexware.credentials import AccessToken
from lexweb.lexware.office import Office
from tests.contract.connected import Connected
from tests.lexware.drafts import changed


@pytest.fixture
def box_id(world: Connected) -> UUID:
    return world.new_cash_box()


def test_create_then_read(world: Connected) -> None:
    draft = changed(world.cash_box_draft(), external_reference="Kasse-7", opening_amount=Decimal("100.50"))
    created = world.office.cash_boxes.create(draft)
    box = world.office.cash_boxes.get(created.id)
    assert (box.cash_box_id, box.version) == (created.id, created.version)
    assert box.payload().items() >= draft.payload().items()
    assert created.id in {each.cash_box_id for each in world.office.cash_boxes.all()}


def test_names_and_identifiers_are_unique(world: Connected) -> None:
    draft = world.cash_box_draft()
    world.office.cash_boxes.create(draft)
    for same in ("cash_box_name", "identifier"):
        with pytest.raises(errors.Rejected):
            world.office.cash_boxes.create(changed(world.cash_box_draft(), **{same: getattr(draft, same)}))


def test_an_uncertain_create_is_found_again(world: Connected) -> None:
    draft = world.cash_box_draft()
    assert world.office.cash_boxes.find(draft) == []
    world.sandbox.fault("502", method="POST", path="/v1/cash-boxes")
    world.sandbox.fault("504_after", method="POST", path="/v1/cash-boxes")
    for there in (0, 1):
        with pytest.raises(errors.Uncertain) as caught:
            world.office.cash_boxes.create(draft)
        assert len(world.office.cash_boxes.find(caught.value.sent)) == there


def test_renaming_keeps_everything_else(partner_office: Office, box_id: UUID) -> None:
    before = partner_office.cash_boxes.get(box_id)
    draft = CashBoxUpdate(cash_box_name=f"{before.cash_box_name} Nord", version=before.version or 0)
    result = partner_office.cash_boxes.rename(box_id, draft)
    after = partner_office.cash_boxes.get(box_id)
    assert (after.cash_box_name, after.version) == (draft.cash_box_name, result.version)
    assert (after.opening_amount, after.identifier) == (before.opening_amount, before.identifier)
    with pytest.raises(errors.Conflict):
        partner_office.cash_boxes.rename(box_id, draft)


def test_an_empty_one_can_be_deleted_a_used_one_not(world: Connected, box_id: UUID) -> None:
    used = world.new_cash_box()
    world.office.cash_boxes.close_day(used, world.closing())
    with pytest.raises(errors.Conflict):
        world.office.cash_boxes.delete(used)
    world.office.cash_boxes.delete(box_id)
    with pytest.raises(errors.NotFound):
        world.office.cash_boxes.get(box_id)


def test_a_closing_comes_back_with_numbers(world: Connected, box_id: UUID) -> None:
    closing = world.closing()
    stored = world.office.cash_boxes.close_day(box_id, closing)
    assert (stored.cash_box_id, stored.voucher_number) == (box_id, closing.voucher_number)
    [position] = stored.positions
    assert (position.amount, position.tax_rate_percentage) == (Decimal("11.90"), Decimal(19))
    assert position.voucher_id
    assert list(world.office.cash_boxes.all_balances(box_id)) == [stored]


def test_the_same_closing_again_is_refused(world: Connected, box_id: UUID) -> None:
    closing = world.closing()
    world.office.cash_boxes.close_day(box_id, closing)
    with pytest.raises(errors.Rejected):
        world.office.cash_boxes.close_day(box_id, closing)


def test_closings_by_number_day_and_order(world: Connected, box_id: UUID) -> None:
    days = [date(2026, 11, day) for day in (3, 1, 2)]
    for day in days:
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        closing = changed(world.closing(), voucher_number=f"Z-{day.day}", voucher_date=moment)
        world.office.cash_boxes.close_day(box_id, closing)

    def numbers(**filters: object) -> list[str]:
        page = world.office.cash_boxes.balances(box_id, **filters)
        return [each.voucher_number for each in page.content]

    assert numbers() == ["Z-3", "Z-2", "Z-1"]
    assert numbers(sort="voucherNumber,ASC") == ["Z-1", "Z-2", "Z-3"]
    assert numbers(voucher_number="Z-2") == ["Z-2"]
    assert numbers(first=days[2]) == ["Z-3", "Z-2"]
    assert numbers(first=days[1], last=days[2]) == ["Z-2", "Z-1"]


def test_every_page_of_closings_is_read(world: Connected, box_id: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    closings = [changed(world.closing(), voucher_number=f"Z-{i}") for i in range(3)]
    for closing in closings:
        world.office.cash_boxes.close_day(box_id, closing)
    first = world.office.cash_boxes.balances(box_id, size=2)
    assert (len(first.content), first.total_pages, first.final) == (2, 2, False)
    second = world.office.cash_boxes.balances(box_id, 1, 2)
    assert (len(second.content), second.final) == (1, True)


def test_a_page_holds_a_hundred_at_most(stage, office, answer, box_id):
    stage.play(answer(200, {"content": []}))
    page = office.cash_boxes.balances(box_id, size=250)
    assert (page.content, page.final) == ((), True)  # an answer that tells nothing but its content is whole
    assert f"size={LARGEST}" in stage.heard[0].target


def test_closings_without_the_numbers_of_a_page_come_all_the_same(stage, open_office, answer) -> None:
    closing = {"voucherNumber": "Z-1", "voucherDate": "2026-11-05T20:15:00.000+01:00"}
    stage.play(answer(200, {"content": [closing] * LARGEST}), answer(200, {"content": [closing]}))
    boxes = open_office(credentials=AccessToken("token")).cash_boxes
    assert len(list(boxes.all_balances(UUID(int=7)))) == LARGEST + 1
    assert len(stage.heard) == 2
