from typing import Any

import pytest

from lexweb.sandbox.server import RunningSandbox
from tests.sandbox.clients.wire import Wire


@pytest.fixture
def wire(sandbox: RunningSandbox, brandt: dict[str, Any]) -> Wire:
    """The joinery's key, on a bare socket."""
    return Wire(sandbox, brandt["apiKey"])
