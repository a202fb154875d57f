"""The whole way, against the stateful stand-in: it was written by others from the same facts."""

from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest

from lexweb.lexware import errors, oauth
from lexweb.lexware.api.contacts import (
    Address,
    Addresses,
    Company,
    ContactDraft,
    ContactPerson,
    Emails,
    Person,
    Phones,
    XRechnung,
)
from lexweb.lexware.office import ApiKey, NoPace, Office
from tests.lexware import drafts
from tests.lexware.conftest import PATIENT

server = pytest.importorskip("lexweb.sandbox.server")

CALLBACK = "http://testserver.example/connect/callback/?a=b"
SECRET = "Geheim: 100 %+/="  # what a Basic header must get through unharmed
DRAFT = ContactDraft(
    roles=drafts.BOTH,
    company=Company(
        name='Lohse & Söhne <Nord> "Ost"',
        vat_registration_id="DE225946740",
        allow_tax_free_invoices=False,
        contact_persons=(ContactPerson(first_name="Mareike", last_name="Lohse", email_address="m_l@lohse.example"),),
    ),
    addresses=Addresses(billing=(Address(street="Am Speicher 14", zip="20457", city="Hamburg", country_code="DE"),)),
    x_rechnung=XRechnung(buyer_reference="99-1-79", vendor_number_at_customer="K-1"),
    email_addresses=Emails(business=("rechnung_1@lohse.example",)),
    phone_numbers=Phones(mobile=("0171 3920001",)),
    note="Zeile eins\nZeile zwei & mehr",
)


@pytest.fixture(scope="module")
def running():
    with server.serve_in_thread(rate=10_000, burst=10_000, redirect_uris=(CALLBACK,), client_secret=SECRET) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running):
    running.reset()
    return running


@pytest.fixture
def organization(sandbox):
    return max(sandbox.organizations(), key=lambda each: each["contacts"])


@pytest.fixture
def naps():
    return []


@pytest.fixture
def office(sandbox, organization, naps):
    with Office(
        sandbox.url,
        credentials=ApiKey(organization["apiKey"]),
        pace=NoPace(),
        timeout=PATIENT,
        sleep=naps.append,
    ) as office:
        yield office


@pytest.fixture
def authorization(sandbox, naps):
    options = sandbox.options
    with oauth.AuthorizationServer(
        sandbox.url, options.client_id, SECRET, timeout=PATIENT, sleep=naps.append
    ) as authorization:
        yield authorization


# Reading


def test_profile_and_ping(office, organization):
    profile = office.profile.get()
    assert str(profile.organization_id) == organization["organizationId"]
    assert profile.company_name == organization["companyName"]
    assert list(profile.business_features) == organization["businessFeatures"]
    assert profile.created.date.tzinfo is not None
    assert office.ping().user_email == organization["email"]


def test_countries(office):
    countries = {country.country_code: country for country in office.countries.list()}
    assert countries["DE"].tax_classification == "de"
    assert countries["AT"].country_name_de == "Österreich"
    assert len(countries) > 200


def test_all_pages_hold_every_contact_once_and_without_loss(office, sandbox, organization):
    pages = list(office.contacts.pages())
    contacts = [contact for page in pages for contact in page.content]
    assert len({contact.id for contact in contacts}) == len(contacts) == organization["contacts"]
    assert len(pages) == pages[0].total_pages > 1
    assert all(contact.name for contact in contacts)
    raw = httpx.get(
        f"{sandbox.url}/v1/contacts?size=250", headers={"Authorization": f"Bearer {organization['apiKey']}"}
    ).json()
    assert pages[0].payload() == raw


def test_filters(office, organization):
    customers = sum(len(page.content) for page in office.contacts.pages(customer=True))
    others = sum(len(page.content) for page in office.contacts.pages(customer=False))
    assert customers
    assert others
    assert customers + others == organization["contacts"]
    some = office.contacts.page(size=1, vendor=True).content[0]
    assert [found.id for found in office.contacts.page(number_is=some.roles.vendor.number).content] == [some.id]


@pytest.mark.parametrize(
    ("name", "decoy", "search"),
    [
        ("Alpha & Beta", "Alpha amp Beta", "a & b"),
        ("under_score", "underXscore", "DER_SC"),
        ("100% Bio", "100 Prozent Bio", "00% b"),
        ("back\\slash", "backslash", "ck\\sl"),
        ("<Klammern>", "Klammern", "<kla"),
        ("Tom &amp; Co", "Tom & Co", "m &amp; c"),
    ],
)
def test_a_search_is_literal(office, name, decoy, search):
    ids = {}
    for each in (name, decoy):
        draft = ContactDraft(roles=drafts.CUSTOMER, company=Company(name=each))
        ids[each] = office.contacts.create(draft).id
    assert [found.id for found in office.contacts.page(name=search).content] == [ids[name]]


def test_an_email_search_looks_at_contact_persons_too(office):
    created = office.contacts.create(DRAFT)
    for email in ("rechnung_1@lohse", "M_L@LOHSE.example"):
        assert [found.id for found in office.contacts.page(email=email).content] == [created.id]
    assert office.contacts.page(email="rechnung_2@lohse").content == ()


def test_an_unknown_id_is_not_found(office):
    with pytest.raises(errors.NotFound):
        office.contacts.get(uuid4())


# Writing


def test_create_then_read(office):
    created = office.contacts.create(DRAFT)
    contact = office.contacts.get(created.id)
    assert contact.version == created.version
    assert contact.roles.customer.number
    assert contact.name == DRAFT.name
    again = drafts.changed(drafts.from_contact(contact), roles=DRAFT.roles, version=0)
    persons = again.company.contact_persons
    company = drafts.changed(again.company, contact_persons=DRAFT.company.contact_persons)
    assert drafts.changed(again, company=company) == DRAFT
    assert persons[0].last_name == "Lohse"


def test_update_keeps_what_was_not_touched(office):
    contact = office.contacts.get(office.contacts.create(DRAFT).id)
    draft = drafts.changed(drafts.from_contact(contact), note="neu")
    result = office.contacts.update(contact.id, draft)
    after = office.contacts.get(contact.id)
    assert after.version == result.version > contact.version
    assert after.payload() == contact.payload() | {"note": "neu", "version": after.version}


@pytest.mark.parametrize("status", [406, 409])
def test_an_update_with_an_old_version_is_a_conflict(office, sandbox, status):
    contact = office.contacts.get(office.contacts.create(DRAFT).id)
    draft = drafts.from_contact(contact)
    office.contacts.update(contact.id, drafts.changed(draft, note="erste"))
    if status == 409:
        sandbox.fault("conflict_409")
    with pytest.raises(errors.Conflict) as caught:
        office.contacts.update(contact.id, drafts.changed(draft, note="zweite"))
    assert caught.value.status == status
    assert office.contacts.get(contact.id).note == "erste"


def test_somebody_saves_at_the_same_moment(office, sandbox):
    contact = office.contacts.get(office.contacts.create(DRAFT).id)
    sandbox.fault("foreign_edit", changes={"note": "fremd"})
    with pytest.raises(errors.Conflict):
        office.contacts.update(contact.id, drafts.changed(drafts.from_contact(contact), note="meine"))
    assert office.contacts.get(contact.id).note == "fremd"


def test_a_rejection_names_the_member(office):
    nameless = drafts.changed(DRAFT, company=drafts.changed(DRAFT.company, name=""))
    with pytest.raises(errors.Rejected) as caught:
        office.contacts.create(nameless)
    assert "company.name" in [issue.source for issue in caught.value.issues]


def test_a_contact_with_two_entries_in_a_list_is_refused(office):
    contacts = [contact for page in office.contacts.pages() for contact in page.content]
    locked = next(contact for contact in contacts if len(contact.email_addresses.business) > 1)
    with pytest.raises(errors.Rejected):
        office.contacts.update(locked.id, drafts.changed(drafts.from_contact(locked), note="x"))


# Trouble


@pytest.mark.parametrize("kind", ["504_after", "500_after", "timeout_after", "reset", "garbage", "empty"])
def test_an_uncertain_create_that_happened_is_found(office, sandbox, naps, kind):
    sandbox.fault(kind, method="POST", seconds=0.05)
    with pytest.raises(errors.Uncertain) as caught:
        office.contacts.create(DRAFT)
    assert naps == []
    found = office.contacts.find(caught.value.sent)
    assert [contact.name for contact in found] == [DRAFT.name]


@pytest.mark.parametrize("kind", ["504", "502", "timeout"])
def test_an_uncertain_create_that_did_not_happen_is_not_found(office, sandbox, naps, kind):
    office.contacts.create(drafts.changed(DRAFT, note="ein anderer"))
    sandbox.fault(kind, method="POST", seconds=0.05)
    with pytest.raises(errors.Uncertain) as caught:
        office.contacts.create(DRAFT)
    assert office.contacts.find(caught.value.sent) == []
    assert naps == [2.0]


def test_a_person_is_found_by_last_name(office):
    person = ContactDraft(roles=drafts.CUSTOMER, person=Person(first_name="Ole", last_name="Ö_d & X"))
    short = drafts.changed(person, person=Person(last_name="Li"), email_addresses=Emails(private=("l_i@x.example",)))
    for draft in (person, short):
        created = office.contacts.create(draft)
        assert [contact.id for contact in office.contacts.find(draft)] == [created.id]


@pytest.mark.parametrize("kind", ["429", "500", "502", "503", "504", "reset", "timeout"])
def test_a_read_gets_over_it(office, sandbox, naps, kind):
    sandbox.fault(kind, seconds=0.05)
    office.profile.get()
    assert len(naps) == 1


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("plan_402", errors.PlanRequired),
        ("forbidden_403", errors.Forbidden),
        ("expired_token", errors.Unauthorized),
        ("garbage", errors.Unexpected),
        ("empty", errors.Unexpected),
    ],
)
def test_a_refused_read(office, sandbox, kind, error):
    sandbox.fault(kind, count=None)
    with pytest.raises(error):
        office.profile.get()


def test_the_real_limit_is_reached_and_respected(organization):
    with (
        server.serve_in_thread(rate=2, burst=1) as slow,
        Office(slow.url, credentials=ApiKey(organization["apiKey"]), pace=NoPace(), timeout=PATIENT) as office,
    ):
        for _ in range(4):  # however slow this machine is, it does not take half a second before each of them
            office.profile.get()
        assert 429 in [request["status"] for request in slow.requests()]


# Connecting


def connect(authorization, organization, *, action="allow", **wishes):
    """Log in and agree as a person would, with a browser; return what comes back to the callback address."""
    verifier = oauth.new_verifier()
    url = authorization.authorization_url(redirect_uri=CALLBACK, state="zu&stand", verifier=verifier, **wishes)
    with httpx.Client(follow_redirects=True) as browser:
        login = browser.get(url)
        assert "Anmelden" in login.text
        consent = browser.post(
            url,
            data={"email": organization["email"], "password": organization["password"], "action": "login"},
        )
        assert "Zugriff erlauben" in consent.text
        back = browser.post(url, data={"action": action}, follow_redirects=False)
    assert back.headers["location"].startswith(CALLBACK)
    answer = {name: values[0] for name, values in parse_qs(urlsplit(back.headers["location"]).query).items()}
    assert answer["state"] == "zu&stand"
    return answer, verifier, consent.text


class Stored:
    """Credentials as the Django side keeps them, without the database."""

    def __init__(self, authorization, tokens):
        self.authorization = authorization
        self.tokens = tokens

    partner = True

    scopes = None

    def current(self):
        return self.tokens.access_token

    def renew(self, rejected):
        assert rejected == self.tokens.access_token
        self.tokens = self.authorization.refresh(self.tokens.refresh_token)
        return self.tokens.access_token


def test_connect_refresh_and_disconnect(authorization, organization, sandbox):
    answer, verifier, page = connect(authorization, organization, connection_name="Kanzlei & Söhne, Mandant 12")
    assert "Kanzlei Söhne, Mandant 12" in page
    first = authorization.exchange(answer["code"], verifier=verifier, redirect_uri=CALLBACK)
    assert first.expires_in > 3600
    stored = Stored(authorization, first)
    with Office(sandbox.url, credentials=stored, pace=NoPace()) as office:
        profile = office.profile.get()
        assert str(profile.organization_id) == organization["organizationId"]
        sandbox.fault("expired_token")
        assert office.profile.get().connection_id == profile.connection_id
        assert stored.tokens.access_token != first.access_token
        with pytest.raises(errors.InvalidGrant):
            authorization.refresh(first.refresh_token)


def test_a_revoked_connection_is_gone(authorization, organization, sandbox):
    answer, verifier, _ = connect(authorization, organization)
    tokens = authorization.exchange(answer["code"], verifier=verifier, redirect_uri=CALLBACK)
    authorization.revoke(tokens.refresh_token)
    authorization.revoke(tokens.refresh_token)
    with (
        Office(sandbox.url, credentials=Stored(authorization, tokens), pace=NoPace()) as office,
        pytest.raises(errors.InvalidGrant),
    ):
        office.profile.get()


def test_a_refusal_comes_back_as_an_error(authorization, organization):
    answer, _, _ = connect(authorization, organization, action="deny")
    assert answer["error"] == "access_denied"


def test_a_code_works_once_and_with_its_verifier_only(authorization, organization):
    answer, verifier, _ = connect(authorization, organization)
    with pytest.raises(errors.InvalidGrant):
        authorization.exchange(answer["code"], verifier=oauth.new_verifier(), redirect_uri=CALLBACK)
    answer, verifier, _ = connect(authorization, organization)
    authorization.exchange(answer["code"], verifier=verifier, redirect_uri=CALLBACK)
    with pytest.raises(errors.InvalidGrant):
        authorization.exchange(answer["code"], verifier=verifier, redirect_uri=CALLBACK)


def test_missing_scopes_are_forbidden(authorization, organization, sandbox):
    answer, verifier, _ = connect(authorization, organization, scope="profile.read contacts.read")
    tokens = authorization.exchange(answer["code"], verifier=verifier, redirect_uri=CALLBACK)
    with Office(sandbox.url, credentials=ApiKey(tokens.access_token), pace=NoPace()) as office:
        assert office.contacts.page(size=1).content
        with pytest.raises(errors.Forbidden):
            office.contacts.create(DRAFT)


def test_a_wrong_secret_is_our_own_fault(sandbox):
    with (
        oauth.AuthorizationServer(sandbox.url, sandbox.options.client_id, "falsch") as wrong,
        pytest.raises(errors.ClientRejected),
    ):
        wrong.refresh("x")


def test_ids_are_what_they_seem(office):
    created = office.contacts.create(DRAFT)
    assert isinstance(created.id, UUID)
    assert str(created.id) in created.resource_uri
