"""Somebody of the joinery at its pages."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from lexweb.sandbox.server import RunningSandbox
from tests.sandbox import partner
from tests.sandbox.office.people import People


@pytest.fixture
def people(sandbox: RunningSandbox, brandt: dict[str, Any], http: httpx.Client) -> Iterator[People]:
    with partner.client(sandbox, brandt["apiKey"]) as api:
        yield People(sandbox, brandt["organizationId"], http, api)
