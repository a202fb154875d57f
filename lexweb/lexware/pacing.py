"""
The rate limit's side of the API: two requests per second and connection (behaviour.md, chapter 2).

The budget is shared by web and worker processes, so whoever opens an Office brings the pace along.
"""

from typing import Protocol


class Pace(Protocol):
    """Hands out the connection's request slots."""

    def wait(self) -> None:
        """
        Block until a slot is free. Called before each send, repeats included.

        :raises RateLimited: it would take longer than the caller has; reaches the caller as it is, nothing is sent
        """

    def penalize(self, seconds: float) -> None:
        """Hold everyone back for that long: Lexware said (or hinted) that we are too fast."""


class NoPace:
    """No limit; for tests and single calls."""

    def wait(self) -> None:
        """Return at once."""

    def penalize(self, seconds: float) -> None:
        """Ignore it."""
