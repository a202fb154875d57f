"""The link with which a client renews the connection without an account here: one use, one company, no traces."""

import re
from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.db import connection as database
from django.http import HttpResponse
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lexweb.activity import presenters
from lexweb.activity.kinds import Kind
from lexweb.activity.models import Entry
from lexweb.clients import attempts, connecting, ending, invitations, limits, signals
from lexweb.clients.models import Client, Connection, Invitation, LooseGrant
from lexweb.sandbox.server import RunningSandbox
from tests import cast as casting
from tests.cast import Cast
from tests.clients import flow
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"http://testserver(/reconnect/[\w.-]+/)")


@pytest.fixture
def connection(cast: Cast, lexware: RunningSandbox, sign_in: SignIn) -> Connection:
    """A connection by consent that has been lost over there."""
    connection = flow.connected(sign_in(cast.klaus), lexware, cast.client)
    lexware.state.grants.end(str(connection.lexware_connection_id))
    Connection.objects.update(state="reconnect", state_reason="refused")
    return Connection.objects.select_related("client").get()


@pytest.fixture
def link(connection: Connection, cast: Cast) -> str:
    """The path of a fresh link."""
    _invitation, address = invitations.create(connection, by=cast.klaus)
    return address.removeprefix("http://testserver")


def stranger() -> Browser:
    """The client's browser: nobody here, English."""
    return Browser(headers={"accept-language": "en"})


def consent(browser: Browser, lexware: RunningSandbox, link: str, *, index: int = 0, allow: bool = True) -> str:
    """Press the button and answer over there; return the address that the browser is sent back to."""
    answer = browser.post(link)
    assert answer.status_code == 302
    organization = flow.organization(lexware, index)["organizationId"]
    return lexware.consent(answer["Location"], organization, allow=allow)


def end(browser: Browser, back: str) -> HttpResponse:
    """Come back, and follow to the last page."""
    return browser.get(back, follow=True)


# --- making one ----------------------------------------------------------------------------------------------------


def test_a_link_is_shown_once_and_only_its_hash_is_kept(connection: Connection, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.klaus)

    asked = browser.get(f"{cast.client.url}connection/link/").content.decode()
    shown = browser.post(f"{cast.client.url}connection/link/")
    page = browser.get(f"{cast.client.url}connection/").content.decode()

    [path] = ADDRESS.findall(shown.content.decode())
    invitation = Invitation.objects.get()
    assert not ADDRESS.search(asked + page)
    assert "Withdraw the link" in page
    assert invitation.digest not in path
    assert invitation.created_by == cast.klaus
    assert timedelta(days=6) < invitation.expires_at - timezone.now() < timedelta(days=7, seconds=1)
    assert Entry.objects.latest("pk").kind == Kind.LINK_CREATED
    assert shown["Cache-Control"] == "private, no-store"


def test_a_new_link_ends_the_one_before(connection: Connection, cast: Cast, link: str) -> None:
    _invitation, newer = invitations.create(connection, by=cast.klaus)

    assert stranger().get(link).status_code == 410
    assert stranger().get(newer).status_code == 200


def test_withdrawn_is_withdrawn(cast: Cast, link: str, sign_in: SignIn, lexware: RunningSandbox) -> None:
    browser = stranger()
    back = consent(browser, lexware, link)  # the client is on the way already

    answer = sign_in(cast.klaus).post(f"{cast.client.url}connection/link/withdraw/")
    page = end(browser, back)

    assert answer.status_code == 302
    assert stranger().get(link).status_code == 410
    assert (page.status_code, Connection.objects.get().state) == (410, "reconnect")
    assert flow.living(lexware) == set()
    assert not LooseGrant.objects.exclude(secret="").filter(profile__isnull=False).exists()
    assert Entry.objects.filter(kind=Kind.LINK_WITHDRAWN).count() == 1


@pytest.mark.parametrize("act", ["disconnect", "connect"])
def test_a_link_does_not_outlive_its_occasion(
    act: str, cast: Cast, link: str, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    if act == "disconnect":
        ending.disconnect(cast.client, by=cast.paula)
    else:
        flow.connected(sign_in(cast.klaus), lexware, cast.client)

    assert stranger().get(link).status_code == 410


# --- using it ------------------------------------------------------------------------------------------------------


def test_the_page_names_firm_and_company_and_nothing_else(cast: Cast, connection: Connection, link: str) -> None:
    Client.objects.filter(pk=cast.client.pk).update(name="Wie er hier heißt")

    answer = stranger().get(link)

    page = answer.content.decode()
    assert connection.company_name.replace("&", "&amp;") in page
    assert "Kanzlei Sommer &amp; Partner" in page
    for secret in ("Wie er hier heißt", cast.client.number, cast.client.slug, cast.klaus.name, cast.klaus.email):
        assert secret not in page
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "Set-Cookie" not in answer


def test_the_browser_decides_the_language(link: str) -> None:
    page = Browser(headers={"accept-language": "de"}).get(link).content.decode()

    assert '<html lang="de"' in page
    assert "Zu Lexware Office" in page


def test_a_client_renews_the_connection(cast: Cast, connection: Connection, link: str, lexware: RunningSandbox) -> None:
    told: list[Connection] = []
    signals.connected.connect(lambda connection, **_: told.append(connection), weak=False, dispatch_uid="test")
    browser = stranger()

    page = end(browser, consent(browser, lexware, link))
    signals.connected.disconnect(dispatch_uid="test")

    renewed = Connection.objects.get()
    assert (page.status_code, page.redirect_chain) == (200, [("/reconnect/", 302)])
    assert "You can close this window." in page.content.decode()
    assert browser.get("/reconnect/").status_code == 200  # a reload says the same
    assert (renewed.pk, renewed.state, renewed.connected_by) == (connection.pk, "connected", cast.klaus)
    assert renewed.lexware_connection_id != connection.lexware_connection_id
    assert flow.living(lexware) == {str(renewed.lexware_connection_id)}
    assert flow.read(renewed) == renewed.company_name
    assert Invitation.objects.get().used_at
    assert told == [renewed]
    entry = Entry.objects.latest("pk")
    assert (entry.kind, entry.actor_id) == (Kind.RECONNECTED, None)
    assert presenters.present(entry).text.startswith(("The client (by link)", "Der Mandant (über einen Link)"))


def test_a_key_gives_way_to_the_consent(cast: Cast, lexware: RunningSandbox) -> None:
    connection = casting.connect(cast.client, lexware, by=cast.klaus)
    _invitation, address = invitations.create(connection, by=cast.klaus)
    browser = stranger()

    end(browser, consent(browser, lexware, address))

    assert Connection.objects.get().kind == "oauth"


def test_used_once_it_is_void(link: str, lexware: RunningSandbox) -> None:
    browser = stranger()
    end(browser, consent(browser, lexware, link))

    assert browser.get(link).status_code == 410
    assert browser.post(link).status_code == 410


def test_of_two_windows_one_wins_and_the_other_leaves_no_grant(link: str, lexware: RunningSandbox) -> None:
    browsers = [stranger(), stranger()]
    backs = [consent(browser, lexware, link) for browser in browsers]

    first, second = (end(browser, back) for browser, back in zip(browsers, backs, strict=True))

    assert (first.status_code, second.status_code) == (200, 410)
    assert flow.living(lexware) == {str(Connection.objects.get().lexware_connection_id)}
    assert Entry.objects.filter(kind=Kind.RECONNECTED).count() == 1


def test_two_windows_at_the_same_moment(
    cast: Cast, link: str, lexware: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have exchanged their code when the first one binds."""
    winner, loser = stranger(), stranger()
    backs = [consent(browser, lexware, link) for browser in (winner, loser)]
    identify = connecting.identify

    def overtaken(loose: LooseGrant) -> object:
        profile = identify(loose)
        monkeypatch.setattr(connecting, "identify", identify)
        assert end(winner, backs[0]).status_code == 200
        return profile

    monkeypatch.setattr(connecting, "identify", overtaken)
    page = end(loser, backs[1])

    assert page.status_code == 410
    assert flow.living(lexware) == {str(Connection.objects.get().lexware_connection_id)}
    assert not LooseGrant.objects.filter(question="unchecked").exists()


def test_another_company_is_never_bound(cast: Cast, connection: Connection, link: str, lexware: RunningSandbox) -> None:
    browser = stranger()

    page = end(browser, consent(browser, lexware, link, index=1))

    assert page.status_code == 409
    assert "another company" in page.content.decode()
    now = Connection.objects.get()
    assert (now.state, now.organization_id) == ("reconnect", connection.organization_id)
    assert flow.living(lexware) == set()
    assert not LooseGrant.objects.exists()
    assert Entry.objects.latest("pk").kind == Kind.OTHER_COMPANY
    assert stranger().get(link).status_code == 200  # the right company can still be chosen


def test_moved_to_another_company_while_the_client_consents(
    cast: Cast, connection: Connection, link: str, lexware: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = stranger()
    back = consent(browser, lexware, link)
    bind = connecting.bind

    def moved(*args: object, **values: object) -> Connection:
        Connection.objects.update(organization_id=flow.organization(lexware, 2)["organizationId"])
        return bind(*args, **values)

    monkeypatch.setattr(connecting, "bind", moved)

    assert end(browser, back).status_code == 410
    assert Connection.objects.get().state == "reconnect"
    assert flow.living(lexware) == set()


def test_a_refusal_changes_nothing_and_can_be_thought_over(link: str, lexware: RunningSandbox) -> None:
    browser = stranger()

    page = end(browser, consent(browser, lexware, link, allow=False))

    assert "You did not allow the access" in page.content.decode()
    assert Entry.objects.latest("pk").kind == Kind.CONSENT_REFUSED
    assert end(browser, consent(browser, lexware, link)).status_code == 200
    assert Connection.objects.get().state == "connected"


@pytest.mark.usefixtures("impatient")
def test_lexware_office_away_leaves_the_link_good_and_no_grant(link: str, lexware: RunningSandbox) -> None:
    browser = stranger()
    back = consent(browser, lexware, link)
    lexware.fault("503", path="/v1/profile", count=9)

    page = end(browser, back)
    lexware.clear_faults()
    ending.revoke_due()

    assert page.status_code == 503
    assert flow.living(lexware) == set()
    assert end(browser, consent(browser, lexware, link)).status_code == 200


def test_an_invented_code_says_to_open_the_link_again(link: str, lexware: RunningSandbox) -> None:
    browser = stranger()
    browser.post(link)
    [state] = browser.session[attempts.ATTEMPTS]

    page = end(browser, f"{flow.CALLBACK}?code=invented&state={state}")

    assert page.status_code == 503
    assert Connection.objects.get().state == "reconnect"


def test_the_answer_counts_in_the_browser_that_asked(link: str, lexware: RunningSandbox, cast: Cast) -> None:
    back = consent(stranger(), lexware, link)

    answer = stranger().get(back)

    assert answer.status_code == 400
    assert "open it again" in answer.content.decode()
    assert Connection.objects.get().state == "reconnect"


def test_who_is_signed_in_may_use_the_link_as_well(
    link: str, lexware: RunningSandbox, cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.aylin)  # may not connect herself

    assert end(browser, consent(browser, lexware, link)).status_code == 200
    assert Connection.objects.get().state == "connected"


# --- what tells nothing --------------------------------------------------------------------------------------------


def test_links_that_are_void_look_all_the_same(
    cast: Cast, connection: Connection, lexware: RunningSandbox, sign_in: SignIn
) -> None:
    def made() -> str:
        return invitations.create(connection, by=cast.klaus)[1]

    expired = made()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    withdrawn = made()
    used = made()
    browser = stranger()
    end(browser, consent(browser, lexware, used))
    signed = f"/reconnect/{Signer(sep='.', salt='lexweb.clients.invitations').sign('nobody')}/"
    void = [expired, withdrawn, used, signed, "/reconnect/garbage/", "/reconnect/a.b/", f"/reconnect/{'x' * 3000}/"]

    answers = [method(link) for link in void for method in (stranger().get, stranger().post)]

    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.content for answer in answers}) == 1
    assert "no longer valid" in answers[0].content.decode()


def test_garbage_costs_no_look_at_the_links(link: str) -> None:
    with CaptureQueriesContext(database) as queries:
        stranger().get(link.replace(link[20:24], "AAAA"))

    assert not [query for query in queries if "invitation" in query["sql"]]


def test_nobody_tries_for_long(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST", 3)
    knocks = [stranger().get("/reconnect/garbage/").status_code for _ in range(4)]

    assert knocks == [410, 410, 410, 429]
    assert stranger().get(link).status_code == 429
    assert Browser(REMOTE_ADDR="192.0.2.7").get(link).status_code == 200


def test_neighbours_of_one_ipv6_network_are_one(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST", 1)

    knocks = [Browser(REMOTE_ADDR=f"2001:db8::{end}").get(link).status_code for end in (1, 2)]

    assert (knocks, Browser(REMOTE_ADDR="2001:db8:0:1::1").get(link).status_code) == ([200, 429], 200)


def test_the_last_page_says_nothing_to_others(link: str) -> None:
    assert stranger().get("/reconnect/").status_code == 410


def test_another_firm_has_no_such_page(cast: Cast, link: str, sign_in: SignIn) -> None:
    browser = sign_in(cast.fremd)

    for page in ("connection/", "connection/link/"):
        assert browser.get(f"{cast.client.url}{page}").status_code == 404
    assert browser.post(f"{cast.client.url}connection/link/withdraw/").status_code == 404
    assert stranger().get(link).status_code == 200
