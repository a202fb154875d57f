"""Desks in the demo's companies."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from lexweb.sandbox.server import RunningSandbox
from tests.sandbox.sales.desk import Desk

OpenDesk = Callable[[str], Desk]


@pytest.fixture
def desk_of(sandbox: RunningSandbox) -> Iterator[OpenDesk]:
    """Opens a desk in the company with a slug, such as "zahnarzt-yildiz"."""
    with ExitStack() as stack:

        def opened(slug: str) -> Desk:
            desk = Desk(sandbox, slug)
            stack.callback(desk.api.close)
            return desk

        yield opened


@pytest.fixture
def desk(desk_of: OpenDesk) -> Desk:
    """In the joinery, which has every feature and charges net prices."""
    return desk_of("tischlerei-brandt")
