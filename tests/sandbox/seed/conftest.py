"""The demo data of two days: an ordinary one, and a Sunday in another tax year of the inn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from lexweb.sandbox import seed
from lexweb.sandbox.organizations import Organization
from lexweb.sandbox.sales.kinds import ALL
from lexweb.sandbox.shelf import Record

DAYS = (date(2026, 11, 20), date(2026, 3, 1))
LISTED = tuple(kind.path for kind in ALL if kind.path != "dunnings")


@dataclass(frozen=True)
class Demo:
    """All organizations on one day."""

    today: date
    organizations: Mapping[str, Organization]

    def records(self, *kinds: str) -> list[tuple[Organization, Record]]:
        """All records of some kinds with their organizations."""
        return [(each, record) for each in self.organizations.values() for kind in kinds for record in each.shelf(kind)]


@pytest.fixture(scope="session", params=DAYS, ids=str)
def demo(request: pytest.FixtureRequest) -> Demo:
    by_slug = {each.email.split("@")[1].removesuffix(".example"): each for each in seed.organizations(request.param)}
    return Demo(request.param, by_slug)
