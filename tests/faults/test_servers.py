"""
Two web processes and two workers on PostgreSQL and Redis: killed, paused, cut off, with clocks that differ.

After each the mirror is held against what Lexware Office really holds, record by record.
"""

import contextlib
import http.client
import threading
import time

import pytest

from tests.faults.books import MIDDLE, Books, Shelf
from tests.faults.conftest import Installation
from tests.faults.fleet import Fleet
from tests.faults.processes import until

AWAY = [
    "OperationalError",
    "InterfaceError",
    "AdminShutdown",
    "CrashShutdown",
    "ConnectionTimeout",
    "IdleInTransaction",
]

LOST_QUEUE = ["Error reading from queue", "Error reading schedule", "Error enqueueing", "ConnectionError"]


def test_a_worker_killed_in_the_middle_of_a_page(servers: Installation, shelf: Shelf) -> None:
    first, second = servers.fleet.workers
    second.stop()
    servers.fleet.office.misbehave("slow", path="/v1/voucherlist", count=None, seconds=0.5)
    books = shelf.connect(MIDDLE)
    until(lambda: len(books.asked("/v1/voucherlist")) == 2 and books.held("/v1/voucherlist"), every=0.02)
    first.kill()
    read = books.status["passes"]

    second.start()
    books.listed()

    assert read["vouchers"] == 1, "the first page was stored, the second was under way"
    pages = [row["query"] for row in books.asked("/v1/voucherlist") if "createdDate" in row["query"]]
    assert sum("page=0" in each for each in pages) == 1, pages
    assert not books.differences("contacts", "vouchers")


def test_a_worker_that_wakes_up_after_its_lease_writes_over_nothing(servers: Installation, shelf: Shelf) -> None:
    first, second = servers.fleet.workers
    second.stop()
    books = shelf.connect()
    books.hooked()
    books.settle()
    contact_id = next(iter(servers.fleet.ask("mirror", books.connection)["contacts"]))
    servers.fleet.office.misbehave("slow", path="/v1/contacts", organization=books.organization, seconds=0.5)
    servers.fleet.ask("wake", books.connection, "contacts")
    until(lambda: books.held("/v1/contacts"), every=0.02)
    first.pause()

    second.start()
    books.rename(contact_id, "newer than the page of the one that sleeps")
    until(lambda: servers.fleet.ask("mirror", books.connection)["contacts"][contact_id].get("note", "").startswith("n"))
    first.go_on()
    until(lambda: "lease_lost" in first.said, what="waking up")

    books.settle()


@pytest.mark.parametrize(("fault", "outcome"), [("timeout", "connected"), ("slow", "reconnect")])
def test_a_worker_killed_while_it_renews_a_token(servers: Installation, shelf: Shelf, fault: str, outcome: str) -> None:
    """Before the authorization server acts, everything goes on; after it, the old refresh token is burnt."""
    first, second = servers.fleet.workers
    second.stop()
    books = shelf.connect(by="oauth")
    books.settle()
    servers.fleet.office.misbehave(fault, path="/oauth2/token", seconds=1.0)
    servers.fleet.ask("expire", books.connection)
    servers.fleet.ask("wake", books.connection, "contacts")
    tokens = lambda: servers.fleet.office.requests("POST", "/oauth2/token")  # noqa: E731
    until(lambda: tokens() and tokens()[-1]["status"] is None and tokens()[-1]["fault"], every=0.02)
    first.kill()
    before = books.status["vouched"]["contacts"]

    second.start()
    until(lambda: books.status["state"] != "connected" or books.status["vouched"]["contacts"] > before)

    assert books.status["state"] == outcome
    page = servers.fleet.ask("words", books.connection)
    assert ("reconnect" in page.lower()) is (outcome == "reconnect"), page


@pytest.mark.parametrize("fault", ["timeout", "slow"])
def test_a_worker_killed_in_the_middle_of_a_write(servers: Installation, shelf: Shelf, fault: str) -> None:
    """Neither lost nor done twice, whether Lexware Office carried it out (later) or never did."""
    first, second = servers.fleet.workers
    second.stop()
    books = shelf.connect()
    books.settle()
    contacts = servers.fleet.ask("editable", books.connection, 4)
    names = [f"Made by a batch {number}" for number in range(4)]
    for method, act, what in (("PUT", "change", contacts), ("POST", "create", names)):
        details = (what, "once and only once") if act == "change" else (what,)
        servers.fleet.office.misbehave(fault, path="/v1/contacts*", method=method, seconds=1.0)
        servers.fleet.ask(act, books.connection, *details)
        until(lambda method=method: _held(servers, books, method), every=0.02, what="a write")
        first.kill()
        first.start()
    second.start()

    books.settle()
    assert servers.fleet.ask("sent", books.connection) == {"done": 8}
    real = servers.fleet.ask("mirror", books.connection)["contacts"].values()
    assert [servers.fleet.ask("note", books.connection, each).count("only once") for each in contacts] == [1] * 4
    made = [each["company"]["name"] for each in real if "company" in each]
    assert [made.count(name) for name in names] == [1] * 4


def test_the_database_is_restarted_under_everybody(servers: Installation, shelf: Shelf, expected: list[str]) -> None:
    expected += AWAY
    books = shelf.connect()
    until(lambda: books.status["passes"].get("contacts"))
    servers.server.stop()
    time.sleep(1)
    servers.server.start()

    books.settle()
    books.hooked()
    session = servers.fleet.ask("session")
    assert {servers.fleet.get("/", session=session)[0] for _ in range(6)} == {200}


def test_the_queue_is_lost(servers: Installation, shelf: Shelf, expected: list[str]) -> None:
    """Redis without its data: the truth about what is to be done stands in the database."""
    expected += LOST_QUEUE
    servers.redis.process.kill()
    books = shelf.connect()

    books.listed()
    servers.redis.process.start()
    books.settle()


def test_clocks_that_differ_by_five_seconds(servers: Installation, shelf: Shelf) -> None:
    """First what the fast clock has read is replaced under the slow one, then both work at the same time."""
    first, second = servers.fleet.workers
    ahead = servers.fleet.worker(3, skew=5.0)
    first.stop()
    second.stop()
    try:
        ahead.start()
        books = shelf.connect()
        books.hooked()
        books.settle()
        ahead.stop()
        first.start()
        _change_contacts(servers, books, "under the slow clock")
        books.settle(within=60)

        ahead.start()
        other = shelf.connect()
        _change_contacts(servers, books, "under both")
        books.settle()
        other.settle()
    finally:
        ahead.kill()


def test_all_of_it_at_once(servers: Installation, shelf: Shelf, expected: list[str]) -> None:
    """Clients are connected, their own people work, and everything that can be killed is, one after the other."""
    expected += [*AWAY, *LOST_QUEUE]
    fleet = servers.fleet
    session = fleet.ask("session")
    fleet.office.misbehave("429", count=None, probability=0.1, path="/v1/*")
    fleet.office.misbehave("reset", count=None, probability=0.02, path="/v1/*", method="GET")
    everybody = [shelf.connect() for _ in range(3)]
    for books in everybody:
        books.hooked()
    over, answers = threading.Event(), list[int]()
    people = threading.Thread(target=_read_pages, args=(fleet, session, over, answers), daemon=True)
    people.start()
    for round, victim in enumerate((fleet.workers[0], fleet.webs[0], fleet.workers[1], fleet.webs[1])):
        for books in everybody:
            _change_contacts(servers, books, f"round {round}")
        victim.kill()
        for books in everybody:
            _change_contacts(servers, books, f"round {round}, with one less")
        victim.start()
    servers.server.stop()
    servers.server.start()
    over.set()
    people.join(60)

    fleet.office.behave()
    fleet.office.pass_time(15)  # what could not be delivered is tried again after ten seconds
    for books in everybody:
        books.settle()
    assert answers.count(200) > 5, answers
    assert servers.fleet.ask("workers") >= 2  # those killed a moment ago said no goodbye


def _held(servers: Installation, books: Books, method: str) -> bool:
    """Say whether a write of this account waits for its answer at this moment."""
    rows = servers.fleet.office.requests(method, "/v1/contacts")
    return any(row["status"] is None and row["organizationId"] == books.organization.id for row in rows)


def _change_contacts(servers: Installation, books: Books, note: str) -> None:
    for contact_id in list(servers.fleet.ask("mirror", books.connection)["contacts"])[:5]:
        books.rename(contact_id, note)


def _read_pages(fleet: Fleet, session: str, over: threading.Event, answers: list[int]) -> None:
    """Be a person who reads pages; whoever is cut off by a kill tries again."""
    while not over.wait(0.1):
        with contextlib.suppress(OSError, http.client.HTTPException):
            answers.append(fleet.get("/", session=session)[0])
