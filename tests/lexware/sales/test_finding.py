"""Did an uncertain create of a sales document happen?"""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest

from lexweb.lexware import errors
from lexweb.lexware.api.sales import lookup
from lexweb.lexware.api.sales.documents import SalesDocument
from lexweb.lexware.api.sales.invoices import Invoice, InvoiceDraft
from lexweb.lexware.api.sales.parts import Address, TotalPrice
from tests.lexware import drafts
from tests.lexware.sales import kinds


@pytest.fixture
def draft(sample):
    return InvoiceDraft.model_validate(sample("invoices.create.request"))


@pytest.fixture
def document(sample):
    return sample("invoices.get.response")


@pytest.fixture
def since(document):
    return Invoice.model_validate(document).created_date


def row(document, **changes):
    facts = {name: document[name] for name in ("id", "voucherStatus", "createdDate", "updatedDate", "archived")}
    return facts | {"voucherType": "invoice", "currency": "EUR"} | changes


def listed(answer, *rows, pages=1, number=0):
    last = number + 1 == pages
    facts = {"number": number, "size": 250, "totalPages": pages, "totalElements": 250 * pages, "first": not number}
    return answer(200, {"content": rows, "last": last, **facts})


def targets(stage):
    return [urlsplit(heard.target).path for heard in stage.heard]


# The comparison


def holds(document, draft, **changes):
    return lookup.holds(Invoice.model_validate(document | changes), draft)


@pytest.mark.parametrize("kind", kinds.LISTED, ids=lambda kind: kind.resource)
def test_what_lexware_makes_of_a_draft_is_recognized(sample, kind):
    draft = kind.draft.model_validate(sample(f"{kind.resource}.create.request"))
    assert lookup.holds(kind.shape.model_validate(sample(f"{kind.resource}.get.response")), draft)


def test_reformatted_values_are_recognized(document, draft):
    assert holds(document, draft, voucherDate="2026-03-31T22:00:00.000Z")
    assert holds(document, draft, introduction=" Wir berechnen Ihnen\r\ndie folgenden  Leistungen")
    assert holds(document, draft, paymentConditions=None, shippingConditions=None, version=9)
    silent = drafts.changed(draft, title=None, introduction=None, remark="", language=None)
    assert holds(document, silent, remark=None)


@pytest.mark.parametrize(
    "changes",
    [
        {"voucherDate": "2026-04-02T00:00:00.000+02:00"},
        {"introduction": "Wir berechnen Ihnen etwas anderes."},
        {"taxConditions": {"taxType": "gross"}},
        {"address": {"contactId": str(uuid4())}},
        {"lineItems": []},
        {"lineItems": None},
    ],
)
def test_another_document_is_not_taken_for_it(document, draft, changes):
    assert not holds(document, draft, **changes)


@pytest.mark.parametrize(
    ("index", "member", "value"),
    [
        (0, "quantity", 11),
        (0, "name", "Beratung"),
        (0, "unitPrice", {"netAmount": 95.01, "grossAmount": 113.06, "taxRatePercentage": 19, "currency": "EUR"}),
        (0, "id", None),
        (1, "discountPercentage", 0),
        (2, "description", None),
    ],
)
def test_each_line_item_counts(document, draft, index, member, value):
    document["lineItems"][index][member] = value
    assert not holds(document, draft)


def test_the_order_and_number_of_line_items_count(document, draft):
    items = document["lineItems"]
    assert not holds(document, draft, lineItems=items[::-1])
    assert not holds(document, draft, lineItems=[*items, items[0]])
    assert not holds(document, drafts.changed(draft, line_items=(*draft.line_items, draft.line_items[0])))


def test_a_discount_on_the_whole_counts(document, draft):
    assert not holds(document, drafts.changed(draft, total_price=TotalPrice(total_discount_percentage=3)))


def test_a_one_time_address_counts(document, draft):
    once = drafts.changed(draft, address=Address(name="Ole Tiedemann", country_code="DE"))
    assert holds(document, once, address={"name": "Ole  Tiedemann", "countryCode": "DE", "street": "Birkenweg 8"})
    assert not holds(document, once)


# The search


def test_find_asks_the_voucher_list_and_reads_what_comes_into_question(stage, office, answer, document, draft, since):
    other = document | {"id": str(uuid4()), "introduction": "Eine andere"}
    earlier = row(document, createdDate=(since - timedelta(minutes=3)).isoformat())
    stage.play(listed(answer, row(other), row(document), earlier), answer(200, other), answer(200, document))
    assert [found.id for found in office.invoices.find(draft, since=since)] == [UUID(document["id"])]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(stage.heard[0].target).query).items()}
    assert asked == {
        "page": "0",
        "size": "250",
        "voucherType": "invoice",
        "voucherStatus": "any",
        "contactId": "05ad6609-d267-437f-ab28-0d11a4d4dc67",
        "createdDateFrom": "2026-04-01",
        "sort": "createdDate,DESC",
    }
    ids = [other["id"], document["id"]]
    assert targets(stage) == ["/v1/voucherlist", *(f"/v1/invoices/{id_}" for id_ in ids)]


def test_a_little_earlier_is_our_clock_and_the_day_is_the_german_one(stage, office, answer, document, draft, since):
    slow = row(document, createdDate=(since - timedelta(minutes=1)).isoformat())
    stage.play(listed(answer, slow), answer(200, document))
    assert office.invoices.find(draft, since=since)
    midnight = since.replace(hour=0, minute=1)
    stage.play(listed(answer), listed(answer))
    assert office.invoices.find(draft, since=midnight) == []
    assert "createdDateFrom=2026-03-31" in stage.heard[-1].target


def test_without_a_contact_all_are_looked_at(stage, office, answer, document, draft, since):
    once = drafts.changed(draft, address=Address(name="Ole Tiedemann", country_code="DE"))
    stage.play(listed(answer, row(document)), answer(200, document), listed(answer))
    assert office.invoices.find(once, since=since) == []
    assert "contactId" not in stage.heard[0].target


def test_a_new_document_may_take_a_moment(stage, office, answer, document, draft, since, tape):
    stage.play(listed(answer), listed(answer, row(document)), answer(200, document))
    assert len(office.invoices.find(draft, since=since)) == 1
    assert tape.naps == [2.0]


def test_only_what_follows_the_preceding_document_is_taken(stage, office, answer, document, draft, since):
    before = UUID(document["relatedVouchers"][0]["id"])
    stage.play(listed(answer, row(document)), answer(200, document))
    assert office.invoices.find(draft, since=since, preceding=before)
    stage.play(*[listed(answer, row(document)), answer(200, document)] * 2)
    assert office.invoices.find(draft, since=since, preceding=uuid4()) == []


def test_a_document_deleted_meanwhile_is_none(stage, office, answer, document, draft, since):
    stage.play(*[listed(answer, row(document)), answer(404, {"message": "not found"})] * 2)
    assert office.invoices.find(draft, since=since) == []


@pytest.mark.parametrize("trouble", ["odd row", "odd document", "too many"])
def test_what_cannot_be_found_out_is_told(stage, office, answer, document, draft, since, trouble):
    other = document | {"introduction": "Eine andere"}
    if trouble == "odd row":
        acts = [listed(answer, {"id": "?"})]
    elif trouble == "odd document":
        acts = [listed(answer, row(document)), answer(200, {"id": document["id"]})]
    else:
        acts = [listed(answer, *[row(other)] * 21), *[answer(200, other)] * lookup.LOOKING]
    stage.play(*acts * 2)
    with pytest.raises(errors.Unavailable):
        office.invoices.find(draft, since=since)


def test_older_rows_end_the_search(stage, office, answer, document, draft, since):
    old = row(document, createdDate="2026-04-01T00:00:00.000+02:00")
    stage.play(listed(answer, row(document), old, pages=9), answer(200, document))
    assert len(office.invoices.find(draft, since=since)) == 1
    assert len(stage.heard) == 2


@pytest.mark.parametrize("kind", kinds.LISTED, ids=lambda kind: kind.resource)
def test_each_kind_has_its_word_in_the_voucher_list(stage, office, answer, sample, kind):
    document = sample(f"{kind.resource}.get.response")
    draft = kind.draft.model_validate(sample(f"{kind.resource}.create.request"))
    stage.play(listed(answer, row(document)), answer(200, document))
    found = getattr(office, kind.endpoint).find(draft, since=SalesDocument.model_validate(document).created_date)
    assert [type(each) for each in found] == [kind.shape]
    assert f"voucherType={kind.resource.replace('-', '').removesuffix('s')}&" in stage.heard[0].target
