"""Recognizing the contact we may have created."""

import pytest

from lexweb.lexware import shapes
from lexweb.lexware.api import contact_lookup
from lexweb.lexware.api.contacts import Company, Contact, ContactDraft, Emails, Person, Roles
from tests.lexware import drafts


@pytest.fixture
def draft(sample):
    return ContactDraft.model_validate(sample("contacts.create.company.request"))


def changed(sample, **members):
    document = sample("contacts.get.company.response") | members
    return shapes.decode(Contact, document, method="GET", path="/v1/contacts")


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"version": 2, "note": " Rechnungen bitte\r\nper E-Mail. "},
        {"phoneNumbers": {"business": ["0405550100"], "mobile": ["0170/5550111"], "fax": ["1"]}},
        {"emailAddresses": {"business": ["Rechnung@Elbufer-Medien.example", "second@x.example"]}},
        {"roles": {"customer": {"number": 1}, "vendor": {"number": 2}}},
    ],
)
def test_the_same_contact_is_recognized(draft, sample, members):
    assert contact_lookup.holds(changed(sample, **members), draft)


@pytest.mark.parametrize(
    "members",
    [
        {"company": {"name": "Elbufer Medien & Druck KG"}},
        {"roles": {"vendor": {"number": 7}}},
        {"emailAddresses": {}},
        {"emailAddresses": {"business": ["other@elbufer-medien.example"]}},
        {"note": None},
        {"company": None, "person": {"lastName": "Elbufer Medien & Druck GmbH"}},
    ],
)
def test_another_contact_is_not_taken_for_it(draft, sample, members):
    assert not contact_lookup.holds(changed(sample, **members), draft)


def test_empty_values_need_not_come_back(draft, sample):
    sent = drafts.changed(
        draft,
        company=drafts.changed(draft.company, allow_tax_free_invoices=False),
        note="",
        email_addresses=Emails(private=()),
    )
    company = {k: v for k, v in sent.company.payload().items() if k != "allowTaxFreeInvoices"}
    contact = changed(sample, company=company, note=None, emailAddresses=None)
    assert contact_lookup.holds(contact, sent)


@pytest.mark.parametrize(
    ("draft", "terms"),
    [
        (ContactDraft(roles=Roles(), company=Company(name=" Elbufer GmbH ")), ("Elbufer GmbH", None)),
        (
            ContactDraft(roles=Roles(), person=Person(first_name="Ole", last_name="Tiedemann")),
            ("Tiedemann", None),
        ),
        (ContactDraft(roles=Roles(), company=Company(name="&" * 200)), ("&" * 25, None)),
        (
            ContactDraft(roles=Roles(), person=Person(last_name="Li"), email_addresses=Emails(other=("li@x.example",))),
            (None, "li@x.example"),
        ),
        (ContactDraft(roles=Roles(), person=Person(last_name="Li")), (None, None)),
    ],
)
def test_one_filter_narrows_the_search_down(draft, terms):
    assert contact_lookup.terms(draft) == terms
