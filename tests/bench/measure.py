"""The measurements on one database; one JSON line each: what, target, figure, unit."""

import json
from collections.abc import Callable

from django.core.management import call_command

from lexweb import wsgi  # noqa: F401 — Django as in a web process
from tests.bench import contact_list, syncing


def report(what: str, target: float, figure: float, unit: str) -> None:
    """Print one figure."""
    print(json.dumps([what, target, figure, unit]), flush=True)


def main() -> None:
    """Migrate, then measure."""
    call_command("migrate", verbosity=0)
    measurements: tuple[Callable[[Callable[[str, float, float, str], None]], None], ...] = (
        contact_list.measure,
        syncing.measure,
    )
    for measurement in measurements:
        measurement(report)


if __name__ == "__main__":
    main()
