"""After a new key came to the front of TOKEN_KEYS: seal everything with it, so that the old one can go."""

import contextlib
from typing import Any

from django.core.management.base import BaseCommand

from lexweb.clients import signals, vault
from lexweb.clients.models import Connection, LooseGrant


class Command(BaseCommand):
    """manage.py reseal"""

    help = "Seal all stored tokens with the first of TOKEN_KEYS. Safe to run while everything is running."

    def handle(self, *args: Any, **options: Any) -> None:
        """Reseal row by row; a row that was refreshed meanwhile already has the new seal."""
        done = lost = 0
        for connection in Connection.objects.exclude(access_token="").iterator():
            try:
                sealed = {
                    name: vault.rotate(getattr(connection, name))
                    for name in ("access_token", "refresh_token")
                    if getattr(connection, name)
                }
            except vault.Unreadable:
                lost += 1
                continue
            same = Connection.objects.filter(pk=connection.pk, token_version=connection.token_version)
            done += same.update(**sealed)
        for loose in LooseGrant.objects.iterator():
            with contextlib.suppress(vault.Unreadable):
                LooseGrant.objects.filter(pk=loose.pk).update(secret=vault.rotate(loose.secret))
        signals.resealing.send(sender=None)
        self.stdout.write(f"{done} connections sealed anew, {lost} cannot be read with any of TOKEN_KEYS.")
