"""Sales documents and articles the whole way, against the stateful stand-in: written by others from the same facts."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from lexweb.lexware import days, errors
from lexweb.lexware.api import contacts
from lexweb.lexware.api.articles import ArticleDraft, ArticlePrice
from lexweb.lexware.api.sales import following, lookup
from lexweb.lexware.api.sales.conditions import ShippingConditions, TaxConditions
from lexweb.lexware.api.sales.interaction import InteractionStatusDraft
from lexweb.lexware.api.sales.invoices import InvoiceDraft
from lexweb.lexware.api.sales.line_items import LineItem, UnitPrice
from lexweb.lexware.api.sales.mailing import Mail
from lexweb.lexware.api.sales.parts import Address, TotalPrice
from lexweb.lexware.credentials import AccessToken
from lexweb.lexware.office import ApiKey, NoPace, Office
from lexweb.sandbox import server
from tests.lexware import drafts
from tests.lexware.conftest import PATIENT
from tests.lexware.sales import kinds
from tests.sandbox import partner

INVOICE, CREDIT_NOTE, ORDER, DELIVERY = kinds.PURSUABLE
DAY = days.moment(date(2026, 4, 1))
NET = TaxConditions(tax_type="net")
HOURS = LineItem(
    type="custom",
    name="Montage & Anfahrt",
    description="**12** Stunden\n- laut Zettel",
    quantity=Decimal("1.25"),
    unit_name="Stunde",
    unit_price=UnitPrice.net(Decimal("95.4"), 19),
    discount_percentage=Decimal("2.5"),
)
CUSTOMER = contacts.ContactDraft(
    roles=contacts.Roles(customer=contacts.Role()),
    company=contacts.Company(name="Elbufer Medien & Druck GmbH"),
    addresses=contacts.Addresses(
        billing=(contacts.Address(street="Am Speicher 14", zip="20457", city="Hamburg", country_code="DE"),)
    ),
)
AUTHORITY = drafts.changed(
    CUSTOMER,
    company=contacts.Company(name="Gemeinde Birkenhain"),
    x_rechnung=contacts.XRechnung(buyer_reference="99-BIRKENHAIN11-58", vendor_number_at_customer="K-1"),
)


@pytest.fixture(scope="module")
def running():
    with server.serve_in_thread(rate=10_000, burst=10_000) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running):
    running.reset()
    return running


@pytest.fixture
def organization(sandbox):
    return sandbox.organizations()[0]  # everything booked, taxed net


@pytest.fixture
def naps():
    return []


@pytest.fixture
def office(sandbox, organization, naps):
    credentials = AccessToken(partner.connect(sandbox, organization)["access_token"])
    with Office(sandbox.url, credentials=credentials, pace=NoPace(), timeout=PATIENT, sleep=naps.append) as office:
        yield office


@pytest.fixture
def customer(office):
    return Address(contact_id=office.contacts.create(CUSTOMER).id)


@pytest.fixture
def draft(customer):
    """Make a draft of any kind, with what that kind needs."""

    def make(kind, **changes):
        members = {
            "voucher_date": DAY,
            "address": customer,
            "tax_conditions": NET,
            "shipping_conditions": ShippingConditions.during(DAY, DAY + timedelta(days=6)),
            "expiration_date": DAY + timedelta(days=30),
            "introduction": "Wir berechnen Ihnen\ndie folgenden Leistungen.",
            "line_items": [HOURS.payload()],
        }
        if kind in (CREDIT_NOTE, DELIVERY):
            members["line_items"] = [drafts.changed(HOURS, discount_percentage=None).payload()]
        wanted = {name: value for name, value in members.items() if name in kind.draft.model_fields}
        return kind.draft.model_validate(wanted | changes)

    return make


def every(*wanted):
    return pytest.mark.parametrize("kind", wanted, ids=lambda kind: kind.resource)


def fetched(download):
    with download as incoming:
        return incoming.media_type, b"".join(incoming.chunks())


# Documents


@every(*kinds.LISTED)
def test_create_then_read(office, draft, kind):
    endpoint, sent = getattr(office, kind.endpoint), draft(kind)
    created = endpoint.create(sent)
    document = endpoint.get(created.id)
    assert (document.id, document.version, document.voucher_status) == (created.id, created.version, "draft")
    assert lookup.holds(document, sent)
    assert type(document).model_validate(document.payload()) == document
    assert not document.model_extra
    assert not document.line_items[0].model_extra


def test_lexware_computes_the_sums(office, draft):
    sent = draft(INVOICE, total_price=TotalPrice(total_discount_percentage=Decimal(10)))
    invoice = office.invoices.get(office.invoices.create(sent).id)
    assert invoice.line_items[0].line_item_amount == Decimal("116.27")
    assert invoice.total_price.total_net_amount == Decimal("104.64")
    assert invoice.tax_amounts[0].tax_rate_percentage == 19
    total = invoice.total_price
    assert total.total_gross_amount == total.total_net_amount + total.total_tax_amount


def test_a_gross_invoice_to_a_one_time_address(office, draft):
    item = drafts.changed(HOURS, unit_price=UnitPrice.gross(Decimal("23.95"), 19))
    sent = draft(
        INVOICE,
        address=Address(name="Ole Tiedemann", street="Birkenweg 8", city="Kiel", zip="24103", country_code="DE"),
        tax_conditions=TaxConditions(tax_type="gross"),
        line_items=(item, LineItem.text("Hinweis", "Danke")),
    )
    invoice = office.invoices.get(office.invoices.create(sent).id)
    assert invoice.address.name == "Ole Tiedemann"
    assert invoice.line_items[0].unit_price.net_amount
    assert lookup.holds(invoice, sent)


@every(*kinds.LISTED)
def test_a_final_document_has_a_file_and_a_draft_has_none(office, draft, kind):
    endpoint = getattr(office, kind.endpoint)
    pending, final = endpoint.create(draft(kind)).id, endpoint.create(draft(kind), finalize=True).id
    assert endpoint.get(final).voucher_status == "open"
    media_type, content = fetched(endpoint.file(final))
    assert (media_type, content[:5]) == ("application/pdf", b"%PDF-")
    with pytest.raises(errors.NotReady):
        fetched(endpoint.file(pending))
    assert isinstance(endpoint.document(final), UUID)
    with pytest.raises(errors.Rejected):
        endpoint.document(pending)


def test_from_the_quotation_to_the_dunning(office, draft):
    before, numbers = None, []
    for kind in (kinds.QUOTATION, ORDER, DELIVERY, INVOICE):
        endpoint = getattr(office, kind.endpoint)
        follows = {"preceding": before} if before else {}
        created = endpoint.create(draft(kind), finalize=True, **follows)
        document = endpoint.get(created.id)
        assert before is None or before in {related.id for related in document.related_vouchers}
        before, numbers = created.id, [*numbers, document.voucher_number]
    assert all(numbers)
    dunning = office.dunnings.get(office.dunnings.create(draft(kinds.DUNNING), preceding=before).id)
    assert (dunning.voucher_status, dunning.voucher_number) == ("draft", None)
    assert fetched(office.dunnings.file(dunning.id))[1].startswith(b"%PDF-")
    credit = office.credit_notes.create(draft(CREDIT_NOTE), finalize=True, preceding=before)
    assert office.credit_notes.get(credit.id).voucher_status == "paidoff"


def test_a_draft_made_of_a_document_is_accepted_after_it(office, draft):
    order = office.order_confirmations.create(draft(ORDER), finalize=True).id
    made = following.draft(InvoiceDraft, office.order_confirmations.get(order), voucher_date=DAY)
    invoice = office.invoices.get(office.invoices.create(made, finalize=True, preceding=order).id)
    assert invoice.total_price.total_net_amount == Decimal("116.27")
    made = following.draft(CREDIT_NOTE.draft, invoice, voucher_date=DAY)
    credit = office.credit_notes.get(office.credit_notes.create(made, finalize=True, preceding=invoice.id).id)
    assert credit.total_price.total_net_amount == invoice.total_price.total_net_amount
    made = following.draft(kinds.DUNNING.draft, invoice, voucher_date=DAY)
    assert office.dunnings.create(made, preceding=invoice.id).id


def test_a_step_outside_of_the_chain_is_refused(office, draft):
    quotation = office.quotations.create(draft(kinds.QUOTATION), finalize=True)
    with pytest.raises(errors.Rejected):
        office.credit_notes.create(draft(CREDIT_NOTE), preceding=quotation.id)
    with pytest.raises(errors.LexwareError):
        office.invoices.create(draft(INVOICE), preceding=uuid4())


def test_an_xrechnung_is_xml_and_a_plain_invoice_is_not(office, draft):
    authority = Address(contact_id=office.contacts.create(AUTHORITY).id)
    official = office.invoices.create(draft(INVOICE, address=authority), finalize=True).id
    assert office.invoices.get(official).is_xrechnung
    assert fetched(office.invoices.file(official))[0] == "application/xml"
    assert b"99-BIRKENHAIN11-58" in fetched(office.invoices.file(official, accept="xml"))[1]
    assert fetched(office.invoices.file(official, accept="pdf"))[0] == "application/pdf"
    plain = office.invoices.create(draft(INVOICE), finalize=True).id
    assert not office.invoices.get(plain).is_xrechnung
    with pytest.raises(errors.NotFound):
        fetched(office.invoices.file(plain, accept="xml"))


def test_a_refusal_names_the_member(office, draft):
    with pytest.raises(errors.Rejected) as caught:
        office.invoices.create(draft(INVOICE, line_items=(drafts.changed(HOURS, name=None),)))
    assert caught.value.status == 406
    assert any("name" in issue.source for issue in caught.value.issues)


@every(*kinds.ALL)
def test_an_unknown_id_is_not_found(office, kind):
    with pytest.raises(errors.NotFound):
        getattr(office, kind.endpoint).get(uuid4())


# Uncertain creates


@every(*kinds.LISTED)
@pytest.mark.parametrize("trouble", ["504_after", "reset", "garbage"])
def test_an_uncertain_create_that_happened_is_found(office, sandbox, draft, kind, trouble):
    endpoint, since = getattr(office, kind.endpoint), datetime.now(UTC)
    endpoint.create(draft(kind, introduction="Eine andere"))
    sandbox.fault(trouble, method="POST")
    with pytest.raises(errors.Uncertain) as caught:
        endpoint.create(draft(kind), finalize=True)
    (found,) = endpoint.find(caught.value.sent, since=since)
    assert (type(found), found.voucher_status) == (kind.shape, "open")


def test_an_uncertain_create_that_did_not_happen_is_not_found(office, sandbox, draft, naps):
    sandbox.fault("504", method="POST")
    since = datetime.now(UTC)
    with pytest.raises(errors.Uncertain) as caught:
        office.invoices.create(draft(INVOICE))
    assert office.invoices.find(caught.value.sent, since=since) == []
    assert naps == [2.0]


def test_an_earlier_twin_is_not_taken_for_it(office, sandbox, draft):
    office.invoices.create(draft(INVOICE))
    sandbox.state.clock.advance(600)
    later = datetime.now(UTC) + timedelta(seconds=600)
    assert office.invoices.find(draft(INVOICE), since=later) == []
    created = office.invoices.create(draft(INVOICE))
    assert [found.id for found in office.invoices.find(draft(INVOICE), since=later)] == [created.id]


def test_an_uncertain_step_is_told_from_the_same_on_its_own(office, draft):
    since = datetime.now(UTC)
    before = office.delivery_notes.create(draft(DELIVERY), finalize=True).id
    office.invoices.create(draft(INVOICE))
    assert office.invoices.find(draft(INVOICE), since=since, preceding=before) == []
    followed = office.invoices.create(draft(INVOICE), preceding=before)
    assert [each.id for each in office.invoices.find(draft(INVOICE), since=since, preceding=before)] == [followed.id]


# Partner API


@every(*kinds.LISTED)
def test_mail(office, draft, kind):
    endpoint = getattr(office, kind.endpoint)
    final = endpoint.create(draft(kind), finalize=True).id
    assert endpoint.send_mail(final, Mail(recipients=("lohse@elbufer.example",), subject="Guten Tag")) is None
    with pytest.raises(errors.Rejected):
        endpoint.send_mail(final, Mail(recipients=("lohse",)))


def test_interaction_status(office, draft):
    invoice = office.invoices.create(draft(INVOICE), finalize=True).id
    status = office.invoices.interaction_status(invoice)
    assert status.word == "transmitted"
    accepted = InteractionStatusDraft(status="accepted", version=status.version)
    office.invoices.set_interaction_status(invoice, accepted)
    assert office.invoices.interaction_status(invoice).word == "accepted"
    with pytest.raises(errors.Conflict):
        office.invoices.set_interaction_status(invoice, accepted)


def test_an_api_key_reads_and_writes_but_does_not_mail(sandbox, organization, draft):
    with Office(sandbox.url, credentials=ApiKey(organization["apiKey"]), pace=NoPace(), timeout=PATIENT) as office:
        final = office.invoices.create(draft(INVOICE), finalize=True).id
        with pytest.raises(errors.OutsideTier):
            office.invoices.send_mail(final, Mail(recipients=("lohse@elbufer.example",)))


# Articles and settings

ROLL = ArticleDraft(
    title="Etikettenrolle <62 mm>",
    type="PRODUCT",
    article_number="ETI & 062",
    gtin="4006381333931",
    unit_name="Rolle",
    note="Zeile eins\nZeile zwei",
    price=ArticlePrice.gross(Decimal("23.95"), 19),
)


def test_an_article_from_beginning_to_end(office):
    created = office.articles.create(ROLL)
    article = office.articles.get(created.id)
    assert round(article.price.net_price, 2) == Decimal("20.13")
    result = office.articles.update(article.id, drafts.changed(ArticleDraft.of(article), title="Rolle"))
    changed = office.articles.get(article.id)
    assert changed.version == result.version > article.version
    later = {"title": "Rolle", "version": changed.version, "updatedDate": changed.payload()["updatedDate"]}
    assert changed.payload() == article.payload() | later
    with pytest.raises(errors.Conflict):
        office.articles.update(article.id, ArticleDraft.of(article))
    office.articles.delete(article.id)
    with pytest.raises(errors.NotFound):
        office.articles.get(article.id)


def test_articles_are_found_by_number_and_gtin(office):
    created = office.articles.create(ROLL)
    other = drafts.changed(ROLL, article_number="ETI", gtin=None)
    office.articles.create(other)
    for filters in ({"article_number": "ETI & 062"}, {"gtin": "4006381333931"}):
        assert [article.id for page in office.articles.pages(**filters) for article in page.content] == [created.id]
    assert office.articles.page(type="SERVICE", gtin="4006381333931").content == ()
    with pytest.raises(errors.Rejected):
        office.articles.create(ROLL)


@pytest.mark.parametrize("draft", [ROLL, drafts.changed(ROLL, article_number=None, gtin=None)], ids=["number", "none"])
def test_an_uncertain_article_is_found(office, sandbox, draft):
    sandbox.fault("504_after", method="POST")
    with pytest.raises(errors.Uncertain) as caught:
        office.articles.create(draft)
    assert [found.title for found in office.articles.find(caught.value.sent)] == ["Etikettenrolle <62 mm>"]


def test_layouts_and_payment_conditions_can_be_used(office, draft):
    layout = next(layout for layout in office.print_layouts.list() if not layout.default)
    assert [each.organization_default for each in office.payment_conditions.list()].count(True) == 1
    final = office.invoices.create(draft(INVOICE, print_layout_id=layout.id), finalize=True).id
    assert office.invoices.get(final).print_layout_id == layout.id


def test_recurring_templates(office):
    for page in office.recurring_templates.pages(sort="createdDate", descending=False):
        assert page.misfits == 0
        for row in page.content:
            assert not office.recurring_templates.get(row.id).model_extra
    with pytest.raises(errors.NotFound):
        office.recurring_templates.get(uuid4())


def test_all_documents_of_the_demo_can_be_read(office):
    words = {kind.resource.replace("-", "").removesuffix("s"): kind for kind in kinds.ALL}
    rows = {row.voucher_type: row for rows in office.voucherlist.everything("any", "any") for row in rows}
    for word in rows.keys() & words.keys():
        document = getattr(office, words[word].endpoint).get(rows[word].id)
        assert not document.model_extra
        assert document.line_items


def test_the_draft_of_an_invoice_needs_all_of_it():
    with pytest.raises(ValueError, match="shippingConditions"):
        InvoiceDraft(voucher_date=DAY, address=Address(), line_items=(HOURS,), tax_conditions=NET)
