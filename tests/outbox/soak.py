"""
Thousands of mixed writes against a Lexware Office that breaks off again and again: each exactly once in the end.

    python -m tests.outbox.soak [how many, 5000]

The same from elsewhere: `fill` puts the wishes in, any worker does them, `check` says what is wrong.
"""

import os
import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import pytest

from lexweb.clients.models import Connection
from lexweb.contacts import acts, policies
from lexweb.contacts.models import Contact
from lexweb.contacts.wishes import Wish
from lexweb.firm.models import Staff
from lexweb.outbox import services
from lexweb.outbox.models import Item
from lexweb.sandbox.server import RunningSandbox
from tests.outbox.worker import NOW


@dataclass
class Wishes:
    """What has been wished for: lines of notes and roles by contact, and names of new contacts."""

    lines: dict[str, list[str]] = field(default_factory=dict)
    vendors: set[str] = field(default_factory=set)
    created: list[str] = field(default_factory=list)


def misbehave(sandbox: RunningSandbox, probability: float = 0.01) -> None:
    """Reset one of a hundred connections, and break off one of a hundred writes after it was carried out."""
    for kind in ("reset", "504_after"):
        sandbox.fault(kind, path="/v1/contacts*", method="PUT", probability=probability, count=None)
        sandbox.fault(kind, path="/v1/contacts*", method="POST", probability=probability, count=None)


def fill(connection: Connection, count: int, *, by: Staff, seed: int = 1) -> Wishes:
    """Put `count` wishes in: lines appended to notes, roles added, contacts created."""
    dice, wishes = random.Random(seed), Wishes()  # noqa: S311 — the same wishes every time
    editable = [c for c in Contact.objects.filter(connection=connection, archived=False) if not _locked(c)]
    known = [str(contact.lexware_id) for contact in editable]
    for number in range(count):
        kind = dice.choice(["append", "append", "vendor", "create"])
        if kind == "create":
            name = f"Soak {seed}-{number:05d} GmbH"
            wishes.created.append(name)
            _put(connection, acts.CREATE, "", name, {"customer": True, "company_name": name}, by)
            continue
        contact = dice.choice(known)
        if kind == "vendor":
            wishes.vendors.add(contact)
            wish = Wish("vendor")
        else:
            line = f"z{number:05d}"
            wishes.lines.setdefault(contact, []).append(line)
            wish = Wish("append_note", line)
        _put(connection, acts.CHANGE, f"contact:{contact}", contact, wish.stored, by)
    return wishes


def check(wishes: Wishes, api: httpx.Client) -> list[str]:
    """Return what is not as wished, over there and in the outbox."""
    found = [f"{state}: {count} items" for state, count in _states().items() if state != "done"]
    for contact, lines in wishes.lines.items():
        written = _read(api, contact).get("note", "").split("\n")
        ours = [line for line in written if line in set(lines)]
        if ours != lines:
            found.append(f"lines of {contact}: {len(ours)} instead of {len(lines)}, or another order")
    found += [f"{contact} is no vendor" for contact in wishes.vendors if "vendor" not in _read(api, contact)["roles"]]
    there = Counter(_names(api))
    found += [f"{name} exists {there[name]} times" for name in wishes.created if there[name] != 1]
    return found


def _put(connection: Connection, act: str, target: str, label: str, wish: Any, by: Staff) -> None:
    wanted = [services.Wanted(target, label)]
    services.put(connection, act, wanted, wish=wish, by=by, batch_id=uuid4(), hold=NOW)


def _locked(contact: Contact) -> bool:
    return bool(policies.long_lists(contact)) or len(contact.raw.get("note") or "") > 100


def _states() -> Counter[str]:
    return Counter(Item.objects.values_list("state", flat=True))


def _read(api: httpx.Client, contact: str) -> Any:
    return api.get(f"/v1/contacts/{contact}").raise_for_status().json()


def _names(api: httpx.Client) -> list[str]:
    names: list[str] = []
    number, last = 0, False
    while not last:
        page = api.get("/v1/contacts", params={"name": "Soak", "page": number, "size": 250}).json()
        names += [contact["company"]["name"] for contact in page["content"]]
        number, last = number + 1, page["last"]
    return names


if __name__ == "__main__":
    os.environ["SOAK"] = sys.argv[1] if len(sys.argv) > 1 else "5000"
    sys.exit(pytest.main(["-n0", "-s", "--timeout=3600", "tests/outbox/test_soak.py"]))
