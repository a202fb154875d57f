"""Listens to the browser: console errors, broken scripts, refused content, requests to the outside."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

HOME = {"localhost", "127.0.0.1"}
INSIDE = ("data:", "blob:", "chrome:", "chrome-extension:")  # the last two: Chromium's own viewer of PDF


class Watch:
    """Collects what went wrong. An answer with an error status is a complaint, too, unless the test `expects` it."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self._expected = ["status of 422", "Error Code 422"]  # a refused form

    def expects(self, *what: int | str) -> None:
        """Take answers with these statuses, or complaints with these words, as part of the story."""
        for each in what:
            self._expected += [each] if isinstance(each, str) else [f"status of {each}", f"Error Code {each}"]

    def over(self, context: BrowserContext) -> None:
        """Listen to every page of the context."""
        context.on("console", self._console)
        context.on("weberror", self._broken)
        context.on("request", self._request)

    def check(self) -> None:
        """Fail if there was anything."""
        assert not self.complaints, "\n".join(["The browser complained:", *self.complaints])

    def _console(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        if message.type not in {"error", "warning"} or any(words in message.text for words in self._expected):
            return
        if urlsplit(where).path == "/favicon.ico":
            return  # the sandbox's pages have none; ours name theirs
        self.complaints.append(f"console {message.type}: {message.text} ({where})")

    def _broken(self, error: WebError) -> None:
        self.complaints.append(f"script: {error.error} on {error.page.url if error.page else '?'}")

    def _request(self, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if not request.url.startswith(INSIDE) and host not in HOME:
            self.complaints.append(f"request to the outside: {request.url}")
