"""The stack, the browser, and the watch that fails a test on anything the browser complains about."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lexweb.home import demo
from tests.e2e.database import own_database
from tests.e2e.office import Sandbox
from tests.e2e.stack import Stack
from tests.e2e.steps import Desk
from tests.e2e.watch import Watch
from tests.e2e.words import Words

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop lives in this thread; our tests share it
PATIENCE = 30_000  # milliseconds, for every step; a busy machine stands still for some of them now and then
expect.set_options(timeout=PATIENCE)
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Desks = Callable[..., Desk]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give each browser test a second chance, as five processes share two cores with it; the run's end names them."""
    if not config.pluginmanager.hasplugin("rerunfailures"):  # -p no:rerunfailures shows who needs it
        return
    for item in items:
        if item.get_closest_marker("e2e"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium instead of a downloaded one."""
    if not shutil.which(CHROMIUM):
        reason = f"there is no {CHROMIUM}: install chromium, or name it with CHROMIUM"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return {"executable_path": CHROMIUM, "args": FLAGS, "headless": True}


@pytest.fixture(scope="session")
def stack(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Yield the demo, started as `make demo` does it. In the end Ctrl-C has to leave nothing behind."""
    with own_database() as database:
        stack = Stack(tmp_path_factory.mktemp("demo"), database)
        stack.start()
        try:
            yield stack
            assert stack.stop() == 0, stack.said
            assert stack.processes() == []
            assert stack.listening() == []
            assert not stack.breakdowns, "\n".join(stack.breakdowns)
        finally:
            stack.kill()


@pytest.fixture
def sandbox(stack: Stack) -> Iterator[Sandbox]:
    """Yield the stand-in for Lexware Office; its faults end with the test."""
    stack.check_alive()
    sandbox = Sandbox(stack.sandbox_url)
    yield sandbox
    stack.check_alive()
    sandbox.behave()


@pytest.fixture(scope="session")
def keyrings() -> dict[str, Any]:
    """Sessions of people who have signed in once."""
    return {}


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Yield what the browser complained about; anything that the test did not expect fails it."""
    watch = Watch()
    yield watch
    watch.check()


@pytest.fixture
def open_desk(browser: Browser, stack: Stack, watch: Watch, keyrings: dict[str, Any]) -> Iterator[Desks]:
    """Yield a maker of desks: open_desk("paula") is Paula signed in, open_desk() is nobody yet."""
    contexts: list[BrowserContext] = []

    def open_desk(person: str = "", language: str = "de", **options: Any) -> Desk:
        """Open a browser window of its own."""
        given = {"locale": "de-DE" if language == "de" else "en-GB", "base_url": stack.url, **options}
        given.setdefault("viewport", {"width": 1280, "height": 800})
        context = browser.new_context(**given)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watch.over(context)
        desk = Desk(context.new_page(), Words(language), settings.DEMO_PASSWORD)
        if person:
            if person not in keyrings:
                keyrings[person] = _sign_in(browser, stack, person)
            context.add_cookies(keyrings[person])
        return desk

    yield open_desk
    for context in contexts:
        context.close()


@pytest.fixture
def desk(open_desk: Desks) -> Desk:
    """Paula, partner of the first firm, in German."""
    return open_desk("paula")


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where screenshots go: into the documentation only when asked for."""
    if os.environ.get("SCREENSHOTS") != "1":
        return tmp_path
    folder = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _sign_in(browser: Browser, stack: Stack, person: str) -> Any:
    email = next(email for people in demo.PEOPLE.values() for _, email, _ in people if email.startswith(person))
    context = browser.new_context(locale="de-DE", base_url=stack.url)
    page: Page = context.new_page()
    Desk(page, Words("de"), settings.DEMO_PASSWORD).sign_in(email)
    cookies = context.cookies()
    context.close()
    return cookies
