"""Listens to the browser: console errors, broken scripts, refused content, requests to the outside."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

HOME = {"localhost", "127.0.0.1"}
STATUS = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")


class Watch:
    """Collects what went wrong. An answer with an error status is a complaint, too, unless the test `expects` it."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self._expected: set[str] = {"422"}  # a refused form

    def expects(self, *statuses: int) -> None:
        """Take answers with these statuses as part of the story."""
        self._expected.update(map(str, statuses))

    def over(self, context: BrowserContext) -> None:
        """Listen to every page of the context."""
        context.on("console", self._console)
        context.on("weberror", self._broken)
        context.on("request", self._request)

    def check(self) -> None:
        """Fail if there was anything."""
        assert not self.complaints, "\n".join(["The browser complained:", *self.complaints])

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        status = STATUS.match(message.text)
        if status and status[1] in self._expected:
            return
        where = message.location["url"]
        if urlsplit(where).hostname in HOME and ":" in where and "/oauth2/" in where:
            return  # the sandbox's own pages have no icon
        if "Response Status Error Code" in message.text and any(code in message.text for code in self._expected):
            return
        self.complaints.append(f"console {message.type}: {message.text} ({where})")

    def _broken(self, error: WebError) -> None:
        self.complaints.append(f"script: {error.error} on {error.page.url if error.page else '?'}")

    def _request(self, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if not request.url.startswith(("data:", "blob:")) and host not in HOME:
            self.complaints.append(f"request to the outside: {request.url}")
