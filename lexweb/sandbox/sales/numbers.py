"""Voucher numbers: one range per kind, continued after what is there (our choice; drafts get one, too)."""

import re
from weakref import WeakKeyDictionary

from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.sales.kinds import ALL
from lexweb.sandbox.shelf import Shelf

NUMBER = re.compile(r"(.*?)(\d{1,12})")
WIDTH = 4

# The last number given out, by the first shelf of its range; scanned once, for shelves can hold 10,000 records.
_LAST: WeakKeyDictionary[Shelf, tuple[str, str]] = WeakKeyDictionary()


def following(organization: Organization, prefix: str) -> str:
    """The next number of a range, such as RE0118 after RE0117; prefix and width go on as they were."""
    shelves = [organization.shelf(kind.path) for kind in ALL if kind.range == prefix]
    head, digits = _LAST.get(shelves[0]) or _highest(shelves) or (prefix, "0" * WIDTH)
    raised = str(int(digits) + 1).zfill(len(digits))
    _LAST[shelves[0]] = (head, raised)
    return f"{head}{raised}"


def _highest(shelves: list[Shelf]) -> tuple[str, str] | None:
    numbers = (record.document.get("voucherNumber") or "" for shelf in shelves for record in shelf)
    found = ((match[1], match[2]) for match in map(NUMBER.fullmatch, numbers) if match)
    return max(found, key=lambda parts: int(parts[1]), default=None)
