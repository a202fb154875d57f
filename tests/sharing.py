"""
Which tests share a worker of pytest-xdist, as they share what is costly to start, or stand in each other's way.

The browser's tests above all: their stack of five processes is started once. The marks that xdist offers for this have
no effect with pytest 9.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/e2e/", "tests/sandbox/seed/", "tests/ops/test_queue.py", "tests/sync/test_worker.py")


class Sharing(LoadScopeScheduling):
    """Hands out tests one by one, but those of a place in `TOGETHER` to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    """Called by pytest-xdist."""
    return Sharing(config, log)
