"""To be run once after an older database was put back, before the first worker starts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lexweb.ops import restoring
from lexweb.sync import heartbeat


class Command(BaseCommand):
    """manage.py after_restore"""

    help = "Cancel changes that may have been sent after the backup, and have everything read anew."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse while somebody works; the workers of the backup are not meant, they have been silent."""
        if alive := heartbeat.alive():
            raise CommandError(f"Stop the workers first, or wait a minute: {', '.join(each.name for each in alive)}.")
        done = restoring.settle()
        self.stdout.write(
            f"{done.cancelled} waiting changes cancelled, as they may have been sent after the backup; "
            f"{done.connections} connections are read anew when a worker starts."
        )
