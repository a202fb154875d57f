"""Shapes keep what Lexware sends, and show it under friendly names."""

from datetime import timedelta
from uuid import UUID

import pydantic
import pytest

from lexweb.lexware import errors, shapes
from lexweb.lexware.api.contacts import (
    Address,
    Addresses,
    Company,
    Contact,
    ContactDraft,
    Emails,
    Person,
    Roles,
    XRechnung,
)
from lexweb.lexware.api.countries import Country
from lexweb.lexware.api.profile import Profile
from lexweb.lexware.paging import Page
from tests.lexware import drafts

ROUND_TRIPS = [
    (Contact, "contacts.get.company.response"),
    (Page[Contact], "contacts.list.response"),
    (ContactDraft, "contacts.create.authority.request"),
    (ContactDraft, "contacts.create.company.request"),
    (ContactDraft, "contacts.create.person.request"),
    (ContactDraft, "contacts.update.request"),
    (shapes.ActionResult, "contacts.create.response"),
    (shapes.ActionResult, "contacts.update.response"),
    (Profile, "profile.get.response"),
]


def decode(kind, document):
    return shapes.decode(kind, document, method="GET", path="/v1/x")


@pytest.fixture
def elbufer(sample):
    return decode(Contact, sample("contacts.get.company.response"))


def strangers(document):
    """Add an unknown member to every object at every level."""
    if isinstance(document, list):
        return [strangers(entry) for entry in document]
    if isinstance(document, dict):
        return {name: strangers(value) for name, value in document.items()} | {
            "neuesFeld": {"a": [1.5, None]},
            "copy": "x",
            "snake_case": "y",
        }
    return document


@pytest.mark.parametrize(("kind", "name"), ROUND_TRIPS)
def test_samples_come_back_without_loss(kind, name, sample):
    document = sample(name)
    assert decode(kind, document).payload() == document


@pytest.mark.parametrize(("kind", "name"), ROUND_TRIPS)
def test_unknown_members_survive_at_every_level(kind, name, sample):
    document = strangers(sample(name))
    assert decode(kind, document).payload() == document


def test_countries_come_back_without_loss(sample):
    document = sample("countries.list.response")
    countries = decode(list[Country], document)
    assert [country.payload() for country in countries] == document
    assert countries[1].country_name_de == "Österreich"


def test_null_and_absent_mean_the_same(elbufer):
    document = elbufer.payload()
    without = {name: value for name, value in document.items() if name not in ("note", "emailAddresses")}
    null = decode(Contact, {**document, "note": None, "person": None, "emailAddresses": None})
    assert null.payload() == without
    assert null.email_addresses.business == ()


def test_reading_a_contact(elbufer):
    assert elbufer.id == UUID("05ad6609-d267-437f-ab28-0d11a4d4dc67")
    assert elbufer.name == "Elbufer Medien & Druck GmbH"
    assert elbufer.roles.customer.number == 10042
    assert elbufer.roles.vendor is None
    assert elbufer.addresses.billing[0].zip == "20457"
    assert elbufer.email_addresses.business == ("rechnung@elbufer-medien.example",)
    assert elbufer.email_addresses.private == ()
    assert elbufer.company.contact_persons[0].last_name == "Lohse"
    assert not elbufer.archived


def test_absent_parts_can_be_read_like_empty_ones():
    bare = decode(
        Contact,
        {"id": str(UUID(int=1)), "version": 1, "roles": {}, "archived": False, "person": {"lastName": "X"}},
    )
    assert bare.addresses.shipping == ()
    assert bare.phone_numbers.fax == ()
    assert bare.name == "X"
    assert set(bare.payload()) == {"id", "version", "roles", "archived", "person"}


def test_shapes_are_frozen(elbufer):
    with pytest.raises(pydantic.ValidationError):
        elbufer.note = "x"


def test_building_a_draft():
    draft = ContactDraft(
        roles=drafts.BOTH,
        company=Company(name="Gemeinde Birkenhain"),
        addresses=Addresses(billing=(Address(city="Birkenhain", country_code="DE"),)),
        x_rechnung=XRechnung(buyer_reference="99-1", vendor_number_at_customer="K-1"),
        email_addresses=Emails(office=("amt@birkenhain.example",)),
    )
    assert draft.payload() == {
        "version": 0,
        "roles": {"customer": {}, "vendor": {}},
        "company": {"name": "Gemeinde Birkenhain"},
        "addresses": {"billing": [{"city": "Birkenhain", "countryCode": "DE"}]},
        "xRechnung": {"buyerReference": "99-1", "vendorNumberAtCustomer": "K-1"},
        "emailAddresses": {"office": ["amt@birkenhain.example"]},
    }


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"company": Company(name="A & B")}, "A & B"),
        ({"person": Person(first_name="Ole", last_name="Tiedemann")}, "Ole Tiedemann"),
        ({"person": Person(last_name="Tiedemann")}, "Tiedemann"),
        ({}, ""),
    ],
)
def test_name(parts, name):
    assert ContactDraft(roles=Roles(), **parts).name == name


@pytest.mark.parametrize(
    ("written", "again"),
    [
        ("2026-01-12T10:31:07.214+01:00", "2026-01-12T10:31:07.214+01:00"),
        ("2026-01-12T10:31:07Z", "2026-01-12T10:31:07.000Z"),
        ("2026-01-12T10:31:07.000000+00:00", "2026-01-12T10:31:07.000Z"),
    ],
)
def test_moments_are_aware_and_written_with_three_digits(sample, written, again):
    result = decode(shapes.ActionResult, sample("contacts.create.response") | {"createdDate": written})
    assert result.created_date.utcoffset() in (timedelta(0), timedelta(hours=1))
    assert result.payload()["createdDate"] == again


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "geheim",
        {"content": "geheim"},
        {"content": [{"id": "geheim"}], "number": 0, "size": 1, "totalPages": 1, "totalElements": 1},
    ],
)
def test_a_misfit_is_unexpected_and_quotes_nothing(document):
    with pytest.raises(errors.Unexpected) as caught:
        decode(Page[Contact], document)
    assert "geheim" not in f"{caught.value} {caught.value!r}"
    assert caught.value.__context__ is None  # pydantic's error would carry the input along


def test_a_page_needs_neither_sort_nor_an_order(sample):
    document = sample("contacts.list.response")
    del document["sort"]
    page = decode(Page[Contact], dict(reversed(document.items())))
    assert (page.number, page.total_elements, page.last, len(page.content)) == (0, 2, True, 2)
    assert not page.capped
    assert decode(Page[Contact], document | {"totalElements": 10_000}).capped


def test_an_odd_entry_is_left_out_and_counted(sample):
    document = sample("contacts.list.response")
    first, second = document["content"]
    odd = [None, "geheim", {**first, "version": "geheim", "archived": "geheim"}, {**second, "company": {}}]
    page = decode(Page[Contact], document | {"content": [odd[0], first, *odd[1:3], second, odd[3]]})
    assert page.misfits == 4
    assert page.payload() == document
    assert "geheim" not in repr(page)
    assert decode(Page[Contact], document).misfits == 0


def test_a_page_of_odd_entries_only_is_still_a_page(sample):
    document = sample("contacts.list.response") | {"content": [{}] * 3}
    page = decode(Page[Contact], document)
    assert (page.content, page.misfits) == ((), 3)
    assert "misfits" not in page.payload()


@pytest.mark.parametrize("wrong", [{"totalPages": "viele"}, {"last": None}, {"content": {"0": {}}}, {"content": None}])
def test_a_wrong_envelope_is_unexpected_whatever_its_entries(sample, wrong):
    document = sample("contacts.list.response")
    for content in (document["content"], [{}, *document["content"]]):
        with pytest.raises(errors.Unexpected):
            decode(Page[Contact], document | {"content": content} | wrong)
