"""Add a person to a firm from the command line: the first one of a new firm, for example."""

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from lexweb.firm.models import Firm, Staff
from lexweb.firm.roles import Role


class Command(BaseCommand):
    """manage.py add_staff "Kanzlei Muster" anna@muster.de "Anna Muster" --role partner --new-firm"""

    help = "Add a person to a firm; asks for the password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Firm, e-mail, name, role."""
        parser.add_argument("firm")
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--role", choices=Role.values, default=Role.CLERK)
        parser.add_argument("--new-firm", action="store_true", help="make the firm, too")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Check everything, then add."""
        if Staff.objects.filter(email=options["email"].lower()).exists():
            raise CommandError("There is a person with this e-mail address already.")
        firm = Firm.objects.filter(name=options["firm"]).first()
        if firm is None and not options["new_firm"]:
            raise CommandError("There is no such firm; add --new-firm to make it.")
        if firm is not None and options["new_firm"]:
            raise CommandError("There is a firm of this name already; give the new one another name.")
        password = getpass("Password: ")
        if getpass("Once more: ") != password:
            raise CommandError("The two passwords differ.")
        try:
            validate_password(password, Staff(email=options["email"], name=options["name"]))
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        firm = firm or Firm.objects.create(name=options["firm"])
        Staff.objects.create_user(options["email"], password, name=options["name"], role=options["role"], firm=firm)
        self.stdout.write(f"{options['name']} can sign in now.")
