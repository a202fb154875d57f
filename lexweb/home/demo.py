"""
The demo's firms, people and clients. The password is public: it works only while the demo setting is on.

Some clients come connected, by the API keys that the sandbox hands out; the others wait to be connected by hand.
"""

import json
import urllib.request
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from lexweb.clients import connecting
from lexweb.clients import services as clients
from lexweb.clients.models import Assignment, Client
from lexweb.firm.models import Firm, Staff
from lexweb.firm.roles import Role

SOMMER = "Kanzlei Sommer & Partner"
NORD = "Beratung Nord"
PEOPLE = {
    SOMMER: (
        ("Paula Sommer", "paula@sommer.example", Role.PARTNER),
        ("Klaus Brandt", "klaus@sommer.example", Role.CLERK),
        ("Aylin Demir", "aylin@sommer.example", Role.ASSISTANT),
        ("Robert Prüfer", "robert@sommer.example", Role.AUDITOR),
    ),
    NORD: (("Fremd Hansen", "fremd@nord.example", Role.PARTNER),),
}
UNASSIGNED = {"paula@sommer.example", "robert@sommer.example"}  # they see every client anyway
CONNECTED, WAITING, STRANGERS = 5, 4, 2  # how many of the sandbox's organizations become what


def seed() -> bool:
    """Make firms, people and clients, once; return whether there was anything to do."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Demo people are made in the demo only: set LEXWARE_ENVIRONMENT=demo.")
    if Firm.objects.exists():
        return False
    with transaction.atomic():
        people = {firm: _people(firm) for firm in PEOPLE}
    *small, largest = _organizations()
    theirs, small = small[:STRANGERS], small[STRANGERS:]
    ours = [*small[: CONNECTED + WAITING - 1], largest]
    for number, organization in enumerate(ours):
        client = _client(people[SOMMER], organization, f"{10010 + 10 * number}")
        if number < CONNECTED:
            connecting.connect_key(client, key=organization["apiKey"], by=people[SOMMER][0])
    for number, organization in enumerate(theirs):
        client = _client(people[NORD], organization, f"{501 + number}")
        connecting.connect_key(client, key=organization["apiKey"], by=people[NORD][0])
    return True


def _people(firm_name: str) -> list[Staff]:
    firm = Firm.objects.create(name=firm_name)
    return [
        Staff.objects.create_user(email, settings.DEMO_PASSWORD, name=name, role=role, firm=firm, is_demo=True)
        for name, email, role in PEOPLE[firm_name]
    ]


def _client(people: list[Staff], organization: dict[str, Any], number: str) -> Client:
    client = clients.create(name=organization["companyName"], number=number, by=people[0])
    for person in people[1:]:
        if person.email not in UNASSIGNED:
            Assignment.objects.create(client=client, staff=person)
    return client


def _organizations() -> list[dict[str, Any]]:
    """Ask the sandbox what it has, the largest last: it is left for the person to connect and watch the sync."""
    address = f"{settings.LEXWARE_API_URL}/_sandbox/organizations"
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 — our own sandbox
        organizations: list[dict[str, Any]] = json.load(answer)
    return sorted(organizations, key=lambda organization: organization["contacts"])
