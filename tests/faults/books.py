"""A client whose account no other test uses: its books over there, and its mirror here."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.e2e.office import Organization
from tests.faults import truth
from tests.faults.fleet import Fleet
from tests.faults.processes import until

MIDDLE = "Architekturbüro"  # 75 contacts, 380 vouchers: two pages of the voucher list
SETTLED = 120.0  # seconds, as a busy machine takes its time


@dataclass
class Books:
    """One connected client."""

    fleet: Fleet
    organization: Organization
    connection: int

    @property
    def account(self) -> truth.Account:
        """The account as another program of the client sees it."""
        return truth.Account(self.fleet.office.url, self.organization.key)

    @property
    def status(self) -> truth.Json:
        """How far we are; see desk.py."""
        return dict(self.fleet.ask("status", self.connection))

    def listed(self, within: float = SETTLED) -> None:
        """Wait until everything has been listed once."""
        until(lambda: self.status["listed"], within=within, what="the first list")

    def hooked(self, within: float = SETTLED) -> None:
        """Wait until Lexware Office tells us of changes."""
        until(lambda: self.status["hooked"], within=within, every=0.2, what=lambda: f"subscribing of {self.status}")

    def settle(self, within: float = SETTLED) -> None:
        """Wait until nothing is left to do, and hold the mirror against the truth, record by record."""
        deadline = time.monotonic() + within
        while True:
            until(
                self.idle,
                within=max(deadline - time.monotonic(), 1),
                every=0.2,
                what=lambda: f"an end of {self.status}",
            )
            wrong = self.differences()
            if not wrong or time.monotonic() > deadline:
                break
            time.sleep(0.5)  # a webhook may be on its way
        assert not wrong, "\n".join([f"{len(wrong)} differences", *wrong[:5], str(self.status)])

    def idle(self) -> bool:
        """Say whether nothing is left to do, as far as we know."""
        now = self.status
        return now["state"] != "connected" or (now["listed"] and not (now["left"] or now["events"] or now["open"]))

    def differences(self, *tables: str) -> list[str]:
        """Say in which records the mirror is wrong now; in all tables if none is named."""
        real = truth.read(self.fleet.office.url, self.organization.key)
        ours = self.fleet.ask("mirror", self.connection)
        return truth.differences(ours, {name: real[name] for name in tables or real})

    def rename(self, contact_id: str, note: str) -> None:
        """Change a contact in Lexware Office, as its own user would."""
        self.fleet.office.change(self.organization, contact_id, {"note": note})

    def asked(self, path: str) -> list[truth.Json]:
        """Return the requests to an address of this account, oldest first."""
        return [row for row in self.fleet.office.requests("GET", path) if row["organizationId"] == self.organization.id]

    def held(self, path: str) -> bool:
        """Say whether a request to this address waits for its answer at this moment."""
        return any(row["status"] is None for row in self.asked(path))


class Shelf:
    """The accounts of a fleet's sandbox; each is given out once."""

    def __init__(self, fleet: Fleet) -> None:
        self._fleet = fleet
        self._free: list[Organization] = fleet.office.organizations()
        self._numbers = itertools.count(1)
        self._given: list[Books] = []

    def connect(self, trade: str = "", *, by: str = "key") -> Books:
        """Connect an account that nobody has used yet, the smallest of its trade, by API key or OAuth."""
        organization = next(each for each in self._free if trade in each.name)
        self._free.remove(organization)
        details = ("connect", organization.name, organization.key)
        if by == "oauth":
            details = ("authorize", organization.name, organization.id)
        books = Books(self._fleet, organization, self._fleet.ask(*details))
        self._given.append(books)
        return books

    def end(self) -> Iterator[Books]:
        """Disconnect what has been given out, so that nobody works on it any more."""
        while self._given:
            books = self._given.pop()
            self._fleet.ask("disconnect", books.connection)
            yield books
