"""The categories to choose from, and earlier vouchers to copy."""

from uuid import UUID

import pytest

from lexweb.vouchers.form import copying
from lexweb.vouchers.writing import categories, fields
from tests.vouchers.receipts import Receipts, category, line

pytestmark = pytest.mark.django_db


def test_those_of_the_side_and_the_used_ones_first(receipts: Receipts) -> None:
    rare, common = category(splitAllowed=False, contactRequired=False), category(contactRequired=True)
    contact = next(iter(receipts.organization.contacts.ordered())).contact["id"]
    for number, chosen in enumerate((common, common, rare)):
        lines = [line(category_id=chosen)]
        receipts.booked(collective=False, contact_id=contact, number=f"R-{number}", lines=lines)

    found = categories.choices(receipts.connection, "purchaseinvoice")

    assert [(each.id, each.used) for each in found[:2]] == [(common, 2), (rare, 1)]
    assert {each.side for each in found} == {"outgo"}
    assert len(found) + len(categories.choices(receipts.connection, "salesinvoice")) == 231
    assert [each.used for each in categories.choices(receipts.connection, "salescreditnote")][:1] == [0]
    assert found[0].contact_required
    assert not found[1].split_allowed


def test_search_by_parts_of_words_in_name_and_group(receipts: Receipts) -> None:
    every = categories.choices(receipts.connection, "purchaseinvoice")
    one = every[5]

    assert one in categories.search(every, one.name[:4].upper())
    assert one in categories.search(every, f"{one.group[:3]} {one.name[:3]}")
    assert categories.search(every, "gibtesnicht") == []
    assert categories.search(every, "") == every


def test_an_earlier_voucher_lends_all_but_number_and_days(receipts: Receipts) -> None:
    contact = next(iter(receipts.organization.contacts.ordered())).contact["id"]
    old = receipts.booked(collective=False, contact_id=contact, number="R-1", remark="einmalig")
    receipts.unchecked()

    (found,) = copying.earlier(receipts.connection, UUID(contact))
    values = copying.values_of(found)

    assert found == old
    assert values["lines"] == fields.read(old.detail.raw)["lines"]
    assert (values["contact_id"], values["tax_type"]) == (contact, "gross")
    assert {values[name] for name in copying.OWN} == {""}
