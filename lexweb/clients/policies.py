"""What the state of clients and connections allows."""

import re
from uuid import UUID

from lexweb.clients import selectors
from lexweb.clients.models import Client, Connection, LooseGrant

LEGAL_FORMS = {"gmbh", "gbr", "ohg", "partg", "mbb", "und", "der", "die", "haftungsbeschränkt", "inh"}


class ConnectionTaken(Exception):
    """The grant or key is bound to another client already."""


def check_free(client: Client, lexware_connection_id: UUID) -> None:
    """
    Refuse a grant or key that another client uses: their data would mix.

    :raises ConnectionTaken: says nothing of that client, which may be another firm's
    """
    taken = Connection.objects.filter(lexware_connection_id=lexware_connection_id).exclude(client=client)
    if taken.exists():
        raise ConnectionTaken


def names_differ(client: Client, company: str) -> bool:
    """Say whether client and company have no word in common: most often the consent was given as somebody else."""
    ours, theirs = (set(re.findall(r"\w{3,}", name.casefold())) - LEGAL_FORMS for name in (client.name, company))
    return not ours & theirs


def question(client: Client, organization_id: UUID) -> str:
    """
    Return what a person has to answer before this organization is bound to the client, or an empty string.

    Another organization than before may be connected elsewhere, too; the page says both.
    """
    connection = getattr(client, "connection", None)
    if connection is not None and connection.organization_id != organization_id:
        return LooseGrant.Question.OTHER_ORGANIZATION
    if selectors.same_organization(client, organization_id):
        return LooseGrant.Question.ORGANIZATION_TWICE
    return LooseGrant.Question.NONE
