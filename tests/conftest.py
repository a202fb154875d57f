"""What all tests share: the cast, the sandbox on a real port, signed-in browsers."""

import atexit
import faulthandler
import os
import sys
from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import LazySettings
from django.test import Client as Browser

from lexweb.clients import tallies
from lexweb.firm.models import Staff
from lexweb.sandbox import state
from lexweb.sandbox.server import RunningSandbox, serve_in_thread
from tests import cast as casting
from tests.cast import Cast
from tests.contract.witness import Witness

# The same examples at every run, and as long as they take: a busy machine is no reason to fail.
hypothesis.settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")
atexit.unregister(tallies._at_exit)  # what a test counted last belongs into no database


@pytest.hookimpl(trylast=True)
def pytest_exception_interact(node: pytest.Item | pytest.Collector) -> None:
    """A test has failed: what it leaves behind has its time, too. Pytest's own limit ends here."""
    if limit := float(node.config.getini("faulthandler_timeout")):
        faulthandler.dump_traceback_later(limit, exit=True, file=sys.__stderr__)


def pytest_unconfigure() -> None:
    """All tests are over: a thread that nobody ended keeps this process for a while at most, and is named then."""
    waits_for_others = "PYTEST_XDIST_WORKER" in os.environ
    faulthandler.dump_traceback_later(1200 if waits_for_others else 60, exit=True, file=sys.__stderr__)


@pytest.fixture(scope="session", autouse=True)
def witness() -> Iterator[Witness]:
    """Watches all sandboxes of this process."""
    watching = Witness()
    state.WITNESSES.append(watching)
    yield watching
    state.WITNESSES.remove(watching)


@pytest.fixture(autouse=True)
def contract_kept(witness: Witness, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail any test in which the sandbox, or our own client package, left the contract without meaning to."""
    witness.forget()
    yield
    complaints = witness.forget()
    assert not complaints or request.node.get_closest_marker("off_contract"), "\n".join(complaints)


@pytest.fixture(scope="session")
def running_sandbox() -> Iterator[RunningSandbox]:
    """One sandbox for all tests of this process, without a rate limit."""
    # Text recognition waits until a test moves the clock: within two seconds it could come before what is tested.
    options = {"rate": 10_000, "burst": 10_000, "recognition": 30.0}
    with serve_in_thread(**options, redirect_uris=("http://testserver/connect/callback/",)) as server:
        yield server


@pytest.fixture
def lexware(running_sandbox: RunningSandbox, settings: LazySettings) -> RunningSandbox:
    """The sandbox as it is after seeding, and lexweb talking to it."""
    running_sandbox.reset()
    running_sandbox.clear_faults()
    settings.LEXWARE_API_URL = settings.LEXWARE_APP_URL = running_sandbox.url
    return running_sandbox


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and clients."""
    return casting.make()


class SignIn:
    """sign_in(cast.paula) returns a browser with her session."""

    def __call__(self, staff: Staff) -> Browser:
        """Sign in without the form."""
        browser = Browser(headers={"accept-language": "en"})
        browser.force_login(staff, backend="lexweb.firm.backends.StaffBackend")
        return browser


@pytest.fixture
def sign_in() -> SignIn:
    """A maker of signed-in browsers."""
    return SignIn()
