"""Assign people to clients, until there is a page for it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lexweb.clients.models import Assignment, Client
from lexweb.firm.models import Staff


class Command(BaseCommand):
    """manage.py assign anna@muster.de 10010 10020 [--remove]"""

    help = "Let a person work for clients of their firm, or no longer."

    def add_arguments(self, parser: CommandParser) -> None:
        """E-mail and client numbers."""
        parser.add_argument("email")
        parser.add_argument("numbers", nargs="+")
        parser.add_argument("--remove", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find everything first, then assign."""
        staff = Staff.objects.filter(email=options["email"].lower()).first()
        if staff is None:
            raise CommandError("There is no person with this e-mail address.")
        clients = Client.objects.filter(firm_id=staff.firm_id, number__in=options["numbers"])
        if unknown := set(options["numbers"]) - {client.number for client in clients}:
            raise CommandError(f"The firm has no client with the number {', '.join(sorted(unknown))}.")
        for client in clients:
            if options["remove"]:
                Assignment.objects.filter(client=client, staff=staff).delete()
            else:
                Assignment.objects.get_or_create(client=client, staff=staff)
        self.stdout.write(f"{staff.name} now works for {Assignment.objects.filter(staff=staff).count()} clients.")
