"""What can be set from outside, by argument or by environment variable."""

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

CLIENT_ID = "5a6e3f0c-7d0f-4c1e-9c35-2f1f5f0d7a11"
CLIENT_SECRET = "sandbox-secret"  # noqa: S105  (a demo value, printed in the readme)
REDIRECT_URIS = ("http://localhost:8000/connect/callback/", "http://127.0.0.1:8000/connect/callback/")


@dataclass(frozen=True, kw_only=True)
class Options:
    """
    One sandbox's settings.

    ``rate`` (requests per second) and ``burst`` (requests at once) count per organization; see behaviour.md,
    chapter 2. ``recognition`` is how many seconds text recognition takes. ``port`` 0 takes any free port.
    ``today`` is the day the demo data end; None for the real one.
    ``http_callbacks`` lets webhooks go to http://localhost, for demos and tests. ``copies`` is how many accounts there
    are besides the fifteen.
    """

    host: str = "127.0.0.1"
    port: int = 8001
    state: Path | None = None
    client_id: str = CLIENT_ID
    client_secret: str = CLIENT_SECRET
    redirect_uris: tuple[str, ...] = REDIRECT_URIS
    rate: float = 2.0
    burst: float = 4.0
    recognition: float = 2.0
    today: date | None = None
    http_callbacks: bool | None = None
    copies: int = 0

    @property
    def allows_http_callbacks(self) -> bool:
        """Whether events may go to this machine without TLS; if not said, when the sandbox listens here only."""
        here = self.host in {"127.0.0.1", "localhost", "::1"}
        return here if self.http_callbacks is None else self.http_callbacks

    @property
    def oauth_rate(self) -> float:
        """Requests per second to the token endpoints; the real limit is not published (our choice)."""
        return 5 * self.rate

    @property
    def oauth_burst(self) -> float:
        """Requests to the token endpoints at once."""
        return 5 * self.burst


def read(arguments: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> Options:
    """Options from the command line, else from the environment, else the defaults."""
    given = vars(_parser(environ).parse_args(arguments))
    uris = given.pop("redirect_uri") or _split(environ.get("SANDBOX_REDIRECT_URIS", "")) or REDIRECT_URIS
    return Options(**given, redirect_uris=tuple(uris))


def _parser(environ: Mapping[str, str]) -> argparse.ArgumentParser:
    def default(name: str, otherwise: object) -> object:
        return environ.get(name) or otherwise

    parser = argparse.ArgumentParser("lexweb.sandbox", description="A stand-in for Lexware Office.")
    parser.add_argument("--host", default=default("SANDBOX_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=default("SANDBOX_PORT", 8001))
    parser.add_argument("--state", type=Path, default=default("SANDBOX_STATE", None), help="file that keeps the state")
    parser.add_argument("--client-id", default=default("LEXWARE_CLIENT_ID", CLIENT_ID))
    parser.add_argument("--client-secret", default=default("LEXWARE_CLIENT_SECRET", CLIENT_SECRET))
    parser.add_argument("--redirect-uri", action="append", help="may be repeated")
    parser.add_argument("--rate", type=_positive, default=default("SANDBOX_RATE", 2.0), help="requests per second")
    parser.add_argument("--burst", type=_positive, default=default("SANDBOX_BURST", 4.0), help="requests at once")
    parser.add_argument("--recognition", type=_positive, default=default("SANDBOX_RECOGNITION", 2.0), help="seconds")
    parser.add_argument("--copies", type=int, default=default("SANDBOX_COPIES", 0), help="accounts besides the fifteen")
    http_callbacks = parser.add_mutually_exclusive_group()
    http_callbacks.add_argument(
        "--http-callbacks", action="store_true", default=None, help="webhooks to http://localhost"
    )
    http_callbacks.add_argument("--no-http-callbacks", action="store_false", dest="http_callbacks")
    return parser


def _positive(text: str) -> float:
    number = float(text)
    if number <= 0:
        raise argparse.ArgumentTypeError("must be above zero")
    return number


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
