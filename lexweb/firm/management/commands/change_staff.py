"""Change what a person may do, until there is a page for it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lexweb.firm.models import Staff
from lexweb.firm.roles import Role


class Command(BaseCommand):
    """manage.py change_staff anna@muster.de --role clerk | --leave | --return"""

    help = "Change a person's role, or end or restore their access. Takes effect with their next click."

    def add_arguments(self, parser: CommandParser) -> None:
        """E-mail, and what to change."""
        parser.add_argument("email")
        parser.add_argument("--role", choices=Role.values)
        parser.add_argument("--leave", action="store_true", help="end the access")
        parser.add_argument("--return", action="store_true", dest="back", help="restore the access")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the person, change, save."""
        staff = Staff.objects.filter(email=options["email"].lower()).first()
        if staff is None:
            raise CommandError("There is no person with this e-mail address.")
        staff.role = options["role"] or staff.role
        if options["leave"] or options["back"]:
            staff.is_active = options["back"]
        staff.save(update_fields=["role", "is_active"])
        access = "may sign in" if staff.is_active else "may not sign in"
        self.stdout.write(f"{staff.name}: {staff.role}, {access}.")
