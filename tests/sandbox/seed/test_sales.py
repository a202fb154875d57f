"""Sales documents: sums, numbers, chains, payments."""

import re
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lexweb.sandbox.sales import rules
from lexweb.sandbox.sales.draft import Draft
from lexweb.sandbox.sales.kinds import ALL, BY_PATH
from lexweb.sandbox.sales.payments import open_amount
from tests.sandbox.seed.conftest import LISTED, Demo

CENT = Decimal("0.01")
SUMMED = tuple(kind.path for kind in ALL if kind.summed)


def test_totals_are_the_sums_of_their_lines(demo: Demo) -> None:
    for _, record in demo.records(*SUMMED):
        assert _recomputed(record.document) == {
            name: _decimal(value) for name, value in record.document["totalPrice"].items() if name.endswith("Amount")
        }


def test_what_the_api_would_refuse_is_not_there(demo: Demo) -> None:
    writable = [
        (each, kind, record)
        for each in demo.organizations.values()
        for kind in ALL
        for record in each.shelf(kind.path)
        if kind.writable and not record.document.get("closingInvoice")
    ]
    for organization, kind, record in writable:
        body = {name: value for name, value in record.document.items() if name != "relatedVouchers"}
        preceding = record.document["relatedVouchers"][0]["id"] if kind.path == "dunnings" else None
        draft = Draft(kind, organization, body, body["voucherStatus"] != "draft", preceding)
        assert rules.findings(draft) == []
        assert not rules.needs_pro(draft) or "INVOICING_PRO" in organization.business_features


def test_numbers_have_no_gaps_and_follow_the_days(demo: Demo) -> None:
    for organization in demo.organizations.values():
        ranges: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for kind in LISTED:
            for record in organization.shelf(kind):
                prefix, digits = re.fullmatch(r"(\D+)(\d+)", record.document["voucherNumber"]).groups()  # type: ignore[union-attr]
                ranges[prefix].append((int(digits), record.document["voucherDate"]))
        for numbered in ranges.values():
            numbered.sort()
            assert [number for number, _ in numbered] == list(range(1, len(numbered) + 1))
            assert [day for _, day in numbered] == sorted(day for _, day in numbered)


def test_related_documents_name_each_other(demo: Demo) -> None:
    types = {kind.type: kind.path for kind in ALL}
    links = 0
    for organization, record in demo.records(*LISTED, "dunnings"):
        for related in record.document["relatedVouchers"]:
            other = organization.shelf(types[related["voucherType"]]).get(related["id"])
            assert other
            assert other.document.get("voucherNumber") == related.get("voucherNumber")
            assert record.id in [back["id"] for back in other.document["relatedVouchers"]]
            links += 1
    assert links > 10_000


def test_status_and_payments_agree(demo: Demo) -> None:
    for organization, record in demo.records("invoices", "down-payment-invoices", "credit-notes"):
        kind = BY_PATH[_path(organization, record.id)]
        document, paid = record.document, sum(_decimal(each["amount"]) for each in record.hidden.get("payments", ()))
        due = _decimal(document.get("claimedGrossAmount", document["totalPrice"]["totalGrossAmount"]))
        tied = kind.path == "credit-notes" and document["relatedVouchers"]
        left = due - _decimal(record.hidden.get("credited", 0)) - paid
        assert left >= 0
        if document["voucherStatus"] in ("draft", "voided"):
            assert not paid
        elif document["voucherStatus"] == "open":
            assert left > 0
            assert _decimal(open_amount(kind, record)) == left
        else:
            assert document["voucherStatus"] == kind.settled
            assert tied or left == 0


def test_payments_do_not_come_before_the_bill(demo: Demo) -> None:
    for _, record in demo.records("invoices", "down-payment-invoices"):
        assert all(each["date"] >= record.document["voucherDate"][:10] for each in record.hidden.get("payments", ()))


def test_tied_credit_notes_lower_their_invoice(demo: Demo) -> None:
    tied = 0
    for organization, record in demo.records("credit-notes"):
        for related in record.document["relatedVouchers"]:
            invoice = organization.shelf("invoices").get(related["id"])
            assert invoice
            assert invoice.hidden["credited"] == record.document["totalPrice"]["totalGrossAmount"]
            assert record.document["voucherStatus"] == "paidoff"
            tied += 1
    assert tied > 100
    assert any(not record.document["relatedVouchers"] for _, record in demo.records("credit-notes"))


def test_final_invoices_deduct_what_was_paid_down(demo: Demo) -> None:
    finals = 0
    for organization, record in demo.records("invoices"):
        deductions = record.document.get("downPaymentDeductions", [])
        if not record.document["closingInvoice"]:
            assert not deductions
            continue
        received = sum(_decimal(each["receivedGrossAmount"]) for each in deductions)
        total = _decimal(record.document["totalPrice"]["totalGrossAmount"])
        assert _decimal(record.document["claimedGrossAmount"]) == total - received
        for each in deductions:
            part = organization.shelf("down-payment-invoices").get(each["id"])
            assert part
            assert part.document["closingInvoiceId"] == record.id
            assert part.document["voucherStatus"] == "paid"
        finals += 1
    assert finals > 30


def test_only_what_is_overdue_is_dunned(demo: Demo) -> None:
    for organization, record in demo.records("dunnings"):
        invoice = organization.shelf("invoices").get(record.document["relatedVouchers"][0]["id"])
        assert invoice
        assert invoice.document["voucherStatus"] == "open"
        assert invoice.document["dueDate"] < record.document["voucherDate"]


def test_recurring_invoices_name_their_template(demo: Demo) -> None:
    made = Counter(record.document.get("recurringTemplateId") for _, record in demo.records("invoices"))
    for organization, record in demo.records("recurring-templates"):
        settings = record.document["recurringTemplateSettings"]
        assert made[record.id] >= 1
        assert settings["lastExecutionDate"] <= demo.today.isoformat() < settings["nextExecutionDate"]
        assert organization.contacts.get(record.document["address"]["contactId"])


def test_there_is_some_of_everything(demo: Demo) -> None:
    documents = [record.document for _, record in demo.records(*LISTED)]
    statuses = Counter((each["voucherStatus"], _prefix(each)) for each in documents)
    for wanted in ("draft", "open", "paid", "voided"):
        assert statuses[wanted, "RE"] > 10, wanted
    for wanted in ("draft", "open", "accepted", "rejected"):
        assert statuses[wanted, "AG"] > 10, wanted
    assert {each["electronicDocumentProfile"] for each in documents} == {"NONE", "EN16931", "XRechnung"}
    assert {each["taxConditions"]["taxType"] for each in documents} >= {
        *("net", "gross", "vatfree", "intraCommunitySupply", "constructionService13b", "externalService13b"),
        *("thirdPartyCountryDelivery", "thirdPartyCountryService"),
    }
    assert "distanceSales" in {each["taxConditions"].get("taxSubType") for each in documents}
    items = [item for each in documents for item in each["lineItems"]]
    assert any(item.get("discountPercentage") for item in items)
    assert any(item.get("optional") for item in items)
    assert any("subItems" in item for item in items)
    totals = [each.get("totalPrice", {}) for each in documents]
    assert any("totalDiscountAbsolute" in each for each in totals)
    assert any("totalDiscountPercentage" in each for each in totals)
    payments = [each for _, record in demo.records("invoices") for each in record.hidden.get("payments", ())]
    assert "cashDiscount" in {each["type"] for each in payments}
    assert any(r.hidden.get("payments") and r.document["voucherStatus"] == "open" for _, r in demo.records("invoices"))


def test_the_special_ones_are_there(demo: Demo) -> None:
    hanse = [record.document for record in demo.organizations["hanse-sanitaer"].shelf("invoices")]
    assert max(len(each["lineItems"]) for each in hanse) == 300
    assert 1_234_567.89 in {each["totalPrice"]["totalGrossAmount"] for each in hanse}
    free = [record.document for record in demo.organizations["lindenblatt"].shelf("invoices")]
    assert ("paid", 0.0) in {(each["voucherStatus"], each["totalPrice"]["totalGrossAmount"]) for each in free}
    joinery = [record.document for record in demo.organizations["tischlerei-brandt"].shelf("invoices")]
    assert any(each["electronicDocumentProfile"] == "XRechnung" for each in joinery)
    names = {record.document["address"]["name"] for _, record in demo.records("invoices")}
    assert all(any(mark in name for name in names) for mark in ("&", '"', "ß", "ö"))


def _recomputed(document: dict[str, Any]) -> dict[str, Decimal]:
    """Sums by rate, written anew: not with the code that made them."""
    gross = document["taxConditions"]["taxType"] == "gross"
    sums: dict[Decimal, Decimal] = defaultdict(Decimal)
    for item in document["lineItems"]:
        if "unitPrice" in item and not item.get("optional"):
            price = _decimal(item["unitPrice"]["grossAmount" if gross else "netAmount"])
            amount = price * _decimal(item["quantity"]) * (100 - _decimal(item.get("discountPercentage", 0))) / 100
            sums[_decimal(item["unitPrice"]["taxRatePercentage"])] += _cents(amount)
    _take_off(sums, document["totalPrice"])
    nets = {rate: amount - _cents(amount * rate / (100 + rate)) if gross else amount for rate, amount in sums.items()}
    taxes = {rate: sums[rate] - nets[rate] if gross else _cents(nets[rate] * rate / 100) for rate in sums}
    net, tax = sum(nets.values(), Decimal()), sum(taxes.values(), Decimal())
    return {"totalNetAmount": net, "totalGrossAmount": net + tax, "totalTaxAmount": tax}


def _take_off(sums: dict[Decimal, Decimal], total: dict[str, Any]) -> None:
    """The total discount, in proportion; the last rate takes the rest."""
    before = sum(sums.values(), Decimal())
    percent = _decimal(total.get("totalDiscountPercentage", 0))
    off = _cents(before * percent / 100) + _decimal(total.get("totalDiscountAbsolute", 0))
    rest = off
    for rate in list(sums)[:-1]:
        share = _cents(off * sums[rate] / before)
        sums[rate] -= share
        rest -= share
    if off:
        sums[list(sums)[-1]] -= rest


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value))


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def _prefix(document: dict[str, Any]) -> str:
    return str(document["voucherNumber"][:2])


def _path(organization: Any, record_id: str) -> str:
    return next(each for each in LISTED if organization.shelf(each).get(record_id))
