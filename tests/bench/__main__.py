"""
`make bench`: what was promised, measured, as a table with target and figure.

Each database gets a process of its own. Nothing here fails because of a slow machine: the reader judges.
"""

import json
import os
import subprocess
import sys
import tempfile

from tests import postgres

MODULES = [f"tests.bench.{name}" for name in ("measure", "fresh", "uploads", "review", "duplicates")]
ROW = "{:<62} {:<11} {:>14} {:>14}  {}"


def main() -> None:
    """Run all measurements on SQLite and, if it is installed, on PostgreSQL."""
    print(ROW.format("what", "database", "target", "figure", ""))
    _measure("–", None, "tests.bench.api")
    _measure("–", None, "tests.bench.archive")
    for module in MODULES:
        _measure("SQLite", None, module)
    if postgres.programs() is None:
        print("PostgreSQL is not installed: not measured.")
        return
    for module in MODULES:  # each fills a database of its own
        with postgres.server() as address:
            _measure("PostgreSQL", address, module)


def _measure(name: str, address: str | None, module: str) -> None:
    with tempfile.TemporaryDirectory(prefix="lexweb-bench-") as folder:
        environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "QUEUE_URL"}}
        environment |= {"VAR_DIR": folder, "LEXWARE_ENVIRONMENT": "demo", "LOG_LEVEL": "ERROR"}
        if address:
            environment["DATABASE_URL"] = address
        command = [sys.executable, "-m", module]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        for line in process.stdout:
            what, target, figure, unit, *least = json.loads(line)
            if least:
                verdict = "ok" if figure >= target else "BELOW TARGET"
            else:
                verdict = "ok" if figure <= target else "ABOVE TARGET"
            print(ROW.format(what, name, f"{target:g} {unit}", f"{figure:.3g} {unit}", verdict), flush=True)
        if process.wait():
            sys.exit(f"The measurement on {name} broke off.")


if __name__ == "__main__":
    main()
