"""Calls over real sockets: what a server can do to us, and what we make of it."""

import json
import socket
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from lexweb.lexware import _http, errors
from lexweb.lexware.api.contacts import Company, ContactDraft, Person
from lexweb.lexware.office import NoPace
from tests.lexware import drafts
from tests.lexware.conftest import IMPATIENT

SOME_ID = UUID("05ad6609-d267-437f-ab28-0d11a4d4dc67")
PROFILE = {"organizationId": str(SOME_ID), "connectionId": str(SOME_ID)}
DONE = {
    "id": str(SOME_ID),
    "resourceUri": "https://api.lexware.io/v1/contacts/1",
    "createdDate": "2026-01-12T10:31:07.214+01:00",
    "updatedDate": "2026-01-12T10:31:07.214+01:00",
    "version": 1,
}
DRAFT = ContactDraft(roles=drafts.CUSTOMER, company=Company(name="Lohse & Söhne"))


def page(*contacts, number=0, pages=1):
    return {
        "content": list(contacts),
        "number": number,
        "size": 250,
        "totalPages": pages,
        "totalElements": len(contacts),
        "first": number == 0,
        "last": number == pages - 1,
    }


class Renewing:
    """Credentials that know a second token."""

    def __init__(self, *, renewal=None):
        self.rejected = []
        self.renewal = renewal

    partner = True

    scopes = None

    def current(self):
        return "old"

    def renew(self, rejected):
        self.rejected.append(rejected)
        if self.renewal:
            raise self.renewal
        return "new"


# What goes over the wire


def test_a_read_is_signed_and_introduces_itself(stage, office, answer):
    stage.play(answer(200, PROFILE))
    assert office.profile.get().organization_id == SOME_ID
    (request,) = stage.heard
    assert (request.method, request.target) == ("GET", "/v1/profile")
    assert request.headers["authorization"] == "Bearer geheimer-schluessel"
    assert request.headers["user-agent"] == "lexweb"
    assert request.headers["accept"] == "application/json"


def test_a_base_url_may_have_a_path(stage, open_office, answer):
    stage.play(answer(200, {"userEmail": "w@x.example"}))
    assert open_office(base_url=f"{stage.url}/lexware/").ping().user_email == "w@x.example"
    assert stage.heard[0].target == "/lexware/v1/ping"


def test_a_write_sends_json(stage, office, answer):
    stage.play(answer(201, DONE))
    assert office.contacts.create(DRAFT).version == 1
    (request,) = stage.heard
    assert (request.method, request.target) == ("POST", "/v1/contacts")
    assert request.headers["content-type"] == "application/json"
    assert json.loads(request.body) == {
        "version": 0,
        "roles": {"customer": {}},
        "company": {"name": "Lohse & Söhne"},
    }


def test_an_update_names_the_contact_in_the_address(stage, office, answer):
    stage.play(answer(200, DONE | {"version": 4}))
    assert office.contacts.update(SOME_ID, drafts.changed(DRAFT, version=3)).version == 4
    assert (stage.heard[0].method, stage.heard[0].target) == ("PUT", f"/v1/contacts/{SOME_ID}")
    assert json.loads(stage.heard[0].body)["version"] == 3


def test_filters_are_escaped_for_html_then_for_the_address(stage, office, answer):
    stage.play(answer(200, page()))
    office.contacts.page(2, 50, name="A & <b_c>", email="100%\\x", number_is=10042, customer=True, vendor=False)
    target = stage.heard[0].target
    assert "name=A+%26amp%3B+%26lt%3Bb%5C_c%26gt%3B&" in target
    assert parse_qs(urlsplit(target).query) == {
        "page": ["2"],
        "size": ["50"],
        "name": [r"A &amp; &lt;b\_c&gt;"],
        "email": [r"100\%\\x"],
        "number": ["10042"],
        "customer": ["true"],
        "vendor": ["false"],
    }


@pytest.mark.parametrize("wrong", [{"name": "ab"}, {"email": ""}, {"number": -1}, {"size": 251}, {"size": 0}])
def test_an_impossible_question_is_not_sent(stage, office, wrong):
    with pytest.raises(ValueError, match=r"characters|pages|page"):
        office.contacts.page(**wrong)
    assert stage.heard == []


def test_only_an_id_gets_into_the_address(stage, office):
    with pytest.raises(ValueError, match="badly formed"):
        office.contacts.get("../profile")
    assert stage.heard == []


def test_pages_are_read_one_by_one(stage, office, answer):
    stage.play(*(answer(200, page(number=number, pages=3) | {"content": [CONTACT]}) for number in range(3)))
    pages = office.contacts.pages(name="Elbufer")
    assert stage.heard == []
    next(pages)
    assert len(stage.heard) == 1
    assert [page.number for page in pages] == [1, 2]
    assert [parse_qs(urlsplit(request.target).query)["page"] for request in stage.heard] == [
        ["0"],
        ["1"],
        ["2"],
    ]


def test_an_empty_page_ends_the_walk_whatever_it_claims(stage, office, answer):
    stage.play(answer(200, page(number=0, pages=99)))
    assert len(list(office.contacts.pages())) == 1


def test_a_page_of_misfits_does_not_end_the_walk(stage, office, answer):
    stage.play(
        answer(200, page({"id": "odd"}, pages=2)),
        answer(200, page(CONTACT, number=1, pages=2)),
    )
    assert [(len(each.content), each.misfits) for each in office.contacts.pages()] == [(0, 1), (1, 0)]


CONTACT = {
    "id": str(SOME_ID),
    "version": 1,
    "roles": {"customer": {"number": 1}},
    "company": {"name": "Lohse & Söhne"},
    "archived": False,
}


# The rate limit


def test_429_then_200(stage, office, tape, answer):
    stage.play(answer(429, {"message": "Rate limit exceeded"}), answer(200, PROFILE))
    office.profile.get()
    assert len(tape.naps) == 1
    assert tape.pace.penalties == [1]
    assert tape.pace.waits == 2


def test_even_a_write_is_repeated_after_429(stage, office, tape, answer):
    stage.play(answer(429, Retry_After="3"), answer(429), answer(201, DONE))
    office.contacts.create(DRAFT)
    assert tape.pace.penalties == [3, 2]
    assert tape.naps[0] == 3


def test_nobody_is_held_back_for_hours(stage, office, tape, answer):
    stage.play(answer(429, Retry_After="86400"))
    with pytest.raises(errors.RateLimited) as caught:
        office.profile.get()
    assert caught.value.retry_after == 30
    assert tape.pace.penalties == [30]


class Full:
    """A pace that hands out some slots, and then none in time."""

    def __init__(self, slots):
        self.slots = slots
        self.refusals = []

    def wait(self):
        if not self.slots:
            self.refusals.append(errors.RateLimited("the account is busy"))
            raise self.refusals[-1]
        self.slots -= 1

    def penalize(self, seconds):
        pass


@pytest.mark.parametrize("call", [lambda office: office.profile.get(), lambda office: office.contacts.create(DRAFT)])
@pytest.mark.parametrize("slots", [0, 1])
def test_a_slot_that_comes_too_late_is_told_at_once(stage, open_office, tape, answer, call, slots):
    stage.play(*[answer(429)] * slots)
    pace = Full(slots)
    with pytest.raises(errors.RateLimited) as caught:
        call(open_office(pace=pace))
    assert pace.refusals == [caught.value]
    assert len(stage.heard) == len(tape.naps) == slots


def test_exchanges_use_up_the_patience(stage, open_office, tape):
    stage.play(stage.hang)
    with pytest.raises(errors.Unavailable):
        open_office(timeout=IMPATIENT, clock=iter([0.0, 19.9]).__next__, patience=20).profile.get()
    assert tape.naps == []


def test_a_person_does_not_wait_for_ever(stage, open_office, tape, answer):
    stage.play(answer(429, Retry_After="30"))
    with pytest.raises(errors.RateLimited) as caught:
        open_office(patience=20).profile.get()
    assert caught.value.retry_after == 30
    assert tape.naps == []


def test_a_500_may_be_a_hidden_429(stage, office, tape, answer):
    hint = {"message": "Internal server error or rate limit exceeded"}
    stage.play(answer(500, hint), answer(200, PROFILE), answer(500, hint))
    office.profile.get()
    assert tape.pace.penalties == [1]
    with pytest.raises(errors.Uncertain):
        office.contacts.create(DRAFT)
    assert tape.pace.penalties == [1, 1]
    assert len(stage.heard) == 3


# Tokens


def test_401_renews_the_token_once(stage, open_office, answer):
    credentials = Renewing()
    stage.play(answer(401, {"message": "Unauthorized"}), answer(200, PROFILE))
    open_office(credentials=credentials).profile.get()
    assert credentials.rejected == ["old"]
    assert [request.headers["authorization"] for request in stage.heard] == ["Bearer old", "Bearer new"]


def test_a_write_is_repeated_with_the_new_token(stage, open_office, answer):
    stage.play(answer(401), answer(429), answer(201, DONE))
    open_office(credentials=Renewing()).contacts.create(DRAFT)
    assert [request.headers["authorization"] for request in stage.heard] == [
        "Bearer old",
        "Bearer new",
        "Bearer new",
    ]


def test_a_second_401_gives_up(stage, open_office, tape, answer):
    credentials = Renewing()
    stage.play(answer(401), answer(401))
    with pytest.raises(errors.Unauthorized):
        open_office(credentials=credentials).profile.get()
    assert credentials.rejected == ["old"]
    assert tape.naps == []


@pytest.mark.parametrize("trouble", [errors.RateLimited(), errors.Unavailable(), errors.InvalidGrant()])
def test_a_trouble_in_renewing_reaches_the_caller(stage, open_office, tape, answer, trouble):
    stage.play(answer(401))
    with pytest.raises(type(trouble)) as caught:
        open_office(credentials=Renewing(renewal=trouble)).profile.get()
    assert caught.value is trouble
    assert tape.naps == []


def test_a_refused_api_key_is_unauthorized(stage, office, answer):
    stage.play(answer(401, {"message": "Unauthorized"}))
    with pytest.raises(errors.Unauthorized):
        office.profile.get()


@pytest.mark.parametrize("token", ["", "töken", "token\r\nX-Evil: yes"])
def test_a_token_that_no_header_can_hold_is_not_sent(stage, open_office, token):
    class Broken:
        partner = True
        scopes = None

        def current(self):
            return token

        def renew(self, rejected):
            return rejected

    with pytest.raises(errors.Unauthorized, match=r"^GET /v1/profile: the token is malformed$"):
        open_office(credentials=Broken()).profile.get()
    assert stage.heard == []


# Trouble on the way


@pytest.mark.parametrize("trouble", ["hang", "reset", "hang_up", "break_in_body", "drip"])
def test_a_read_is_repeated_until_it_succeeds(stage, impatient, tape, answer, trouble):
    stage.play(getattr(stage, trouble), answer(200, PROFILE))
    impatient.profile.get()
    assert len(tape.naps) == 1
    assert [exchange.status for exchange in tape.exchanges] == [None, 200]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_read_fails_as_unavailable_after_four_attempts(stage, office, tape, answer, status):
    stage.play(*[answer(status, b"<html>Bad Gateway</html>")] * 4)
    with pytest.raises(errors.Unavailable) as caught:
        office.profile.get()
    assert caught.value.status == status
    assert len(tape.naps) == 3
    assert tape.pace.penalties == []


@pytest.mark.parametrize("trouble", ["hang", "reset", "hang_up", "break_in_body", "drip"])
def test_a_write_without_an_answer_is_uncertain_and_never_repeated(stage, impatient, tape, trouble):
    stage.play(getattr(stage, trouble))
    with pytest.raises(errors.Uncertain) as caught:
        impatient.contacts.create(DRAFT)
    assert caught.value.sent is DRAFT
    assert "find" in caught.value.look
    assert "Lohse" not in f"{caught.value} {caught.value!r}"
    assert caught.value.__context__ is None  # httpx's error would carry the request along
    assert len(stage.heard) == 1
    assert tape.naps == []


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_write_that_fails_over_there_is_uncertain(stage, office, answer, status):
    stage.play(answer(status, b"<html>Gateway Timeout</html>"), answer(status, {"message": None}))
    with pytest.raises(errors.Uncertain) as caught:
        office.contacts.create(DRAFT)
    assert (caught.value.status, caught.value.sent) == (status, DRAFT)
    with pytest.raises(errors.Uncertain, match=r"PUT /v1/contacts/\{id\}"):
        office.contacts.update(SOME_ID, DRAFT)


@pytest.mark.parametrize("body", [b"", b"<html>", {"id": "geheim"}, []])
def test_a_write_whose_answer_is_garbage_is_uncertain(stage, office, answer, body):
    stage.play(answer(201, body))
    with pytest.raises(errors.Uncertain) as caught:
        office.contacts.create(DRAFT)
    assert caught.value.sent is DRAFT
    assert "geheim" not in repr(caught.value)


@pytest.mark.parametrize("body", [b"<html>", {"companyName": "geheim"}, [], b""])
def test_a_read_whose_answer_is_garbage_is_unexpected(stage, office, answer, body):
    stage.play(answer(200, body))
    with pytest.raises(errors.Unexpected):
        office.profile.get()


def test_a_body_that_does_not_unpack_is_the_ways_fault(stage, office, answer):
    stage.play(answer(200, b"no gzip", Content_Encoding="gzip"), answer(200, PROFILE))
    office.profile.get()


def test_a_redirect_is_not_followed(stage, office, answer):
    stage.play(answer(302, b"", Location="https://elsewhere.example/"))
    with pytest.raises(errors.Unexpected):
        office.profile.get()


def test_nobody_listening_is_unreachable_for_both(open_office, tape):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    office = open_office(base_url=f"http://127.0.0.1:{port}")
    with pytest.raises(errors.Unreachable):
        office.contacts.create(DRAFT)
    assert tape.naps == []
    with pytest.raises(errors.Unreachable):
        office.profile.get()
    assert len(tape.naps) == 3


def test_an_idle_connection_the_server_closed_does_not_spoil_a_write(stage, office, answer):
    stage.play(stage.answer_then_hang_up(PROFILE), answer(201, DONE), answer(201, DONE))
    office.profile.get()
    office.contacts.create(DRAFT)
    office.contacts.create(DRAFT)
    assert [request.connection for request in stage.heard] == [1, 2, 3]


def test_reads_share_a_connection(stage, office, answer):
    stage.play(answer(200, PROFILE), answer(200, PROFILE))
    office.profile.get()
    office.profile.get()
    assert [request.connection for request in stage.heard] == [1, 1]


def test_a_malformed_request_of_our_own_never_leaves(stage):
    sender = _http.Sender(stage.url, timeout=_http.Timeouts())
    with pytest.raises(errors.Unexpected) as caught:
        sender.send(_http.Request("POST", "/v1/contacts", headers={"X-Test": "geheim\n"}))
    sender.close()
    assert "geheim" not in repr(caught.value)
    assert stage.heard == []


# Refusals


def test_a_conflict_is_never_repeated(stage, office, tape, answer):
    stale = {"IssueList": [{"i18nKey": "invalid_value", "source": "version"}]}
    stage.play(answer(409, {"message": "stale"}), answer(406, stale))
    for _ in range(2):
        with pytest.raises(errors.Conflict):
            office.contacts.update(SOME_ID, DRAFT)
    assert tape.naps == []


def test_a_rejection_names_the_issue(stage, office, answer):
    stage.play(answer(406, {"IssueList": [{"i18nKey": "missing_entity", "source": "company.name"}]}))
    with pytest.raises(errors.Rejected) as caught:
        office.contacts.create(DRAFT)
    assert caught.value.issues == (errors.Issue("company.name", "missing_entity"),)


# Watching


def test_every_exchange_is_told_without_ids_and_queries(stage, office, tape, answer):
    stage.play(answer(429), answer(200, CONTACT), answer(200, page()))
    office.contacts.get(SOME_ID)
    office.contacts.page(name="geheim")
    assert [(e.method, e.path_template, e.status, e.attempt) for e in tape.exchanges] == [
        ("GET", "/v1/contacts/{id}", 429, 1),
        ("GET", "/v1/contacts/{id}", 200, 2),
        ("GET", "/v1/contacts", 200, 1),
    ]
    assert all(0 <= exchange.seconds < 5 for exchange in tape.exchanges)


def test_no_pace_lets_everything_pass(stage, open_office, answer):
    stage.play(answer(429), answer(200, PROFILE))
    open_office(pace=NoPace()).profile.get()


# Looking whether an uncertain create happened


def test_find_returns_the_contact_that_was_created(stage, office, tape, answer):
    other = CONTACT | {"id": str(UUID(int=2)), "company": {"name": "Lohse & Söhne Nachf."}}
    stage.play(answer(200, page(other, CONTACT)))
    assert [contact.id for contact in office.contacts.find(DRAFT)] == [SOME_ID]
    assert tape.naps == []


def test_find_looks_again_because_new_contacts_take_a_moment(stage, office, tape, answer):
    stage.play(answer(200, page()), answer(200, page(CONTACT)))
    assert len(office.contacts.find(DRAFT)) == 1
    assert tape.naps == [2.0]


def test_find_comes_back_empty_handed(stage, office, answer):
    stage.play(answer(200, page()), answer(200, page()))
    assert office.contacts.find(DRAFT) == []


SHORT = ContactDraft(roles=drafts.CUSTOMER, person=Person(last_name="Li"))  # nothing to search for


def test_find_does_not_look_through_a_whole_account(stage, office, tape, answer):
    stage.play(*[answer(200, page(CONTACT, number=number, pages=5)) for number in range(4)] * 2)
    with pytest.raises(errors.Unavailable, match="too many"):
        office.contacts.find(SHORT)
    assert len(stage.heard) == 8
    assert tape.naps == [2.0]


def test_find_is_content_with_a_match_among_the_first(stage, office, answer):
    li = {**CONTACT, "company": None, "person": {"lastName": "Li"}}
    stage.play(*(answer(200, page(li if number == 2 else CONTACT, number=number, pages=5)) for number in range(4)))
    assert len(office.contacts.find(SHORT)) == 1


def test_find_looks_through_four_pages_if_that_is_all(stage, office, answer):
    stage.play(*[answer(200, page(CONTACT, number=number, pages=4)) for number in range(4)] * 2)
    assert office.contacts.find(SHORT) == []


def test_find_does_not_deny_what_it_cannot_read(stage, office, answer):
    stage.play(*[answer(200, page(CONTACT, {"id": "odd"}))] * 2)
    with pytest.raises(errors.Unavailable, match="cannot be read"):
        office.contacts.find(SHORT)
