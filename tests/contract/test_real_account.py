"""
The contract against a real account, and, so that this file itself is tested, against the sandbox.

    LEXWARE_API_KEY=… pytest tests/contract/test_real_account.py -rs

`LEXWARE_API_URL` names another address than Lexware's. A walk takes about two minutes, as calls go out 1.5 times a
second. It reads; all it writes is one contact called "lexweb contract test" (made once, and used again by every later
run, as contacts cannot be deleted), and an article that it deletes again. Documents it cannot take back are never made.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import httpx
import pytest

from lexweb.lexware import errors
from lexweb.lexware.api.articles import ArticleDraft
from lexweb.lexware.api.contacts import ContactDraft
from lexweb.lexware.office import BASE_URL
from lexweb.sandbox import server
from tests.contract import account as accounts
from tests.contract import connected, schema
from tests.contract.account import Account, Spaced
from tests.contract.calls import CALLS
from tests.contract.coverage import ROOT
from tests.lexware.drafts import changed

KEY = os.environ.get("LEXWARE_API_KEY", "")
URL = os.environ.get("LEXWARE_API_URL") or BASE_URL
ASKED = ["sandbox", *(["lexware"] if KEY else [])]
UNSET = "LEXWARE_API_KEY is not set, so no real account of Lexware Office was asked; the sandbox was."
READS = [
    each.id
    for each in schema.contracts()[0].operations
    if each.method == "GET" and each.path.startswith("/v1/") and each.id in CALLS
]
pytestmark = pytest.mark.enable_socket  # Lexware's addresses change while a test runs: no list of hosts would do


@pytest.fixture(scope="module", params=ASKED)
def account(request: pytest.FixtureRequest) -> Iterator[Account]:
    """The account that is asked."""
    if request.param == "lexware":
        yield from _opened(Account(URL, KEY, accounts.RATE if URL.startswith("https") else 1_000))
        return
    with server.serve_in_thread(rate=1_000_000, burst=1_000_000) as sandbox:
        yield from _opened(Account(sandbox.url, _key(sandbox), 1_000))


def _opened(account: Account) -> Iterator[Account]:
    with account.office:
        yield account


def _key(sandbox: server.RunningSandbox) -> str:
    found = next(each for each in sandbox.organizations() if each["companyName"] == connected.RICHEST)
    return str(found["apiKey"])


def test_a_real_account_is_asked() -> None:
    if not KEY:
        pytest.skip(UNSET)
    assert "lexware" in ASKED


@pytest.mark.parametrize("name", READS)
def test_what_is_read_keeps_the_contract(account: Account, name: str) -> None:
    account.complaints()
    before = account.watched.witness.seen
    try:
        CALLS[name].call(account)  # type: ignore[arg-type]
    except (errors.Forbidden, errors.PlanRequired) as refusal:
        pytest.skip(f"not for this key: {refusal}")
    except errors.Unexpected as misfit:
        pytest.fail("\n".join([str(misfit), *account.complaints()]))
    assert account.watched.witness.seen > before
    told = account.complaints()
    assert not told, "\n".join(told)


def test_one_contact_is_used_again_and_again(account: Account) -> None:
    account.complaints()
    first, note = account.the_contact(), account.note()
    account.office.contacts.update(first.id, changed(ContactDraft.of(first), note=note))
    again = account.the_contact()
    assert (again.id, again.note) == (first.id, note)
    assert again.version > first.version
    with pytest.raises(errors.Conflict):
        account.office.contacts.update(first.id, ContactDraft.of(first))
    assert account.complaints() == []


def test_an_article_comes_and_goes(account: Account) -> None:
    account.complaints()
    articles, draft = account.office.articles, account.article_draft()
    created = articles.create(draft)
    try:
        [found] = articles.page(article_number=str(draft.article_number)).content
        assert (found.id, found.title, found.price.net_price) == (created.id, draft.title, draft.price.net_price)
        articles.update(found.id, changed(ArticleDraft.of(found), note=account.note()))
        with pytest.raises(errors.Conflict):
            articles.update(found.id, ArticleDraft.of(found))
    finally:
        articles.delete(created.id)
    with pytest.raises(errors.NotFound):
        articles.get(created.id)
    assert account.complaints() == []


# This file itself


def test_a_key_in_the_environment_is_all_it_takes() -> None:
    with server.serve_in_thread(rate=1_000_000, burst=1_000_000) as sandbox:
        told = _run({"LEXWARE_API_KEY": _key(sandbox), "LEXWARE_API_URL": sandbox.url})
        assert UNSET not in told
        assert f"{len(READS) + 2 - told.count('SKIPPED [1]')} passed" in told
        # All that is written: one contact is made and changed, and an article comes and goes.
        writes = Counter(f"{each['method']} {each['path'].split('/')[2]}" for each in sandbox.requests())
        assert {call: count for call, count in writes.items() if not call.startswith("GET ")} == {
            "POST contacts": 1,
            "PUT contacts": 2,
            "POST articles": 1,
            "PUT articles": 2,
            "DELETE articles": 1,
        }


@pytest.mark.parametrize("account", ["sandbox"], indirect=True)
@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"newMember": 1}, r"GET /v1/ping 200 answered \$\.newMember: not in the contract"),
        ({"userEmail": 7}, r"userEmail"),
    ],
)
def test_what_left_the_contract_is_named(
    account: Account, monkeypatch: pytest.MonkeyPatch, members: dict[str, object], told: str
) -> None:
    monkeypatch.setattr(account.watched, "_inner", _Changing(account.watched._inner, members))
    with pytest.raises((AssertionError, pytest.fail.Exception), match=told):
        test_what_is_read_keeps_the_contract(account, "ping")


def test_the_pace() -> None:
    naps: list[float] = []
    now = [100.0]

    def nap(seconds: float) -> None:
        naps.append(round(seconds, 3))
        now[0] += seconds

    pace = Spaced(accounts.RATE, nap, lambda: now[0])
    for _ in range(3):
        pace.wait()
    pace.penalize(4)
    pace.wait()
    now[0] += 60
    pace.wait()
    assert naps == [0.667, 0.667, 4.0]


class _Changing(httpx.BaseTransport):
    """A network on which every answer gets other members."""

    def __init__(self, inner: httpx.BaseTransport, members: dict[str, object]) -> None:
        self._inner, self._members = inner, members

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        return httpx.Response(response.status_code, json=json.loads(response.read()) | self._members)


def _run(environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "pytest", "-n0", "-rs", "-p", "no:cacheprovider", "-k", "lexware", __file__]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=90)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
