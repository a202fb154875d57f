"""The measurements on one database; one JSON line each: what, target, figure, unit."""

import json
import os
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lexweb.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.bench import contact_list, syncing  # noqa: E402


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
