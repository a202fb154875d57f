"""`make demo`: sandbox, data, web and worker in one terminal."""

import os
import sys
import threading
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser

from lexweb.home import demo

PATIENCE = 120  # seconds


class Command(BaseCommand):
    """Run everything until Ctrl-C; nothing is left behind."""

    help = "Run sandbox, web and worker with demo data."

    def add_arguments(self, parser: CommandParser) -> None:
        """No seeding for tests that bring their own data."""
        parser.add_argument("--quiet", action="store_true", help="do not print the processes' output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, start the sandbox, seed, start the rest, and wait."""
        if not settings.DEMO:
            raise CommandError("Set LEXWARE_ENVIRONMENT=demo.")
        call_command("migrate", verbosity=0)
        from honcho import manager as honcho
        from honcho.printer import Printer

        honcho.KILL_WAIT = 20  # seconds; its 5 are not enough for a worker to finish what it does on a busy machine
        output = open(os.devnull, "w", encoding="utf-8") if options["quiet"] else sys.stdout  # noqa: PTH123, SIM115
        manager = honcho.Manager(Printer(output=output, colour=output.isatty()))
        for name, command in _commands().items():
            manager.add_process(name, command, env=_environment())
        threading.Thread(target=self._announce, daemon=True).start()
        manager.loop()
        sys.exit(manager.returncode if manager.returncode not in (None, 130, -2, -15) else 0)

    def _announce(self) -> None:
        """Seed as soon as the sandbox answers, and say where to go as soon as the pages do."""
        _await(f"{settings.LEXWARE_API_URL}/_sandbox/health")
        try:
            demo.seed()
        except Exception as problem:
            self.stderr.write(f"The demo data could not be made: {problem}")
            os.kill(os.getpid(), 15)
            raise
        _await(f"http://127.0.0.1:{settings.PORT}/accounts/login/")
        people = [f"  {email:<24} {role.label}" for firm in demo.PEOPLE.values() for _, email, role in firm]
        lines = [
            "", f"lexweb is ready: {settings.PUBLIC_URL}", f"Sandbox:         {settings.LEXWARE_APP_URL}", "",
            f"Sign in with the password {settings.DEMO_PASSWORD} as", *people, "", "Ctrl-C stops everything.", "",
        ]  # fmt: skip
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _commands() -> dict[str, str]:
    python = sys.executable
    web = f"--bind 127.0.0.1:{settings.PORT} --workers 2 --threads 8 --log-level warning"
    return {
        "sandbox": f"exec {python} -m lexweb.sandbox --port {settings.SANDBOX_PORT}",
        "web": f"exec {python} -m gunicorn lexweb.wsgi {web}",
        "worker": f"exec {python} manage.py run_huey --quiet",
    }


def _environment() -> dict[str, str]:
    callback = "/connect/callback/"
    addresses = {settings.PUBLIC_URL, f"http://localhost:{settings.PORT}", f"http://127.0.0.1:{settings.PORT}"}
    own = {
        "PYTHONUNBUFFERED": "1",
        "SANDBOX_STATE": str(settings.VAR_DIR / "sandbox.json"),
        "SANDBOX_REDIRECT_URIS": ",".join(sorted(address + callback for address in addresses)),
        "LEXWARE_CLIENT_ID": settings.LEXWARE_CLIENT_ID,
        "LEXWARE_CLIENT_SECRET": settings.LEXWARE_CLIENT_SECRET,
    }
    return {**os.environ, **own}


def _await(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 — our own processes
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer within {PATIENCE} s")
