"""Adding and changing the firm's clients."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients.models import COLORS, Assignment, Client
from lexweb.firm.models import Staff


class NumberTaken(Exception):
    """Another client of the firm has this number."""


def create(*, name: str, number: str, by: Staff) -> Client:
    """
    Add a client to the firm; whoever adds it works for it.

    :raises NumberTaken: the firm uses the number already
    """
    client = Client(firm_id=by.firm_id, name=name, number=number)
    client.color = _color(client.slug)
    try:
        with transaction.atomic():
            client.save()
            Assignment.objects.create(client=client, staff=by)
            activity.record(Kind.CLIENT_CREATED, client=client, by=by, name=name, number=number)
    except IntegrityError as problem:
        raise NumberTaken from problem
    return client


def change(client: Client, *, name: str, number: str, color: int, by: Staff) -> None:
    """
    Change what the firm calls the client.

    :raises NumberTaken: the firm uses the number already
    """
    labels = (gettext_noop("Name"), gettext_noop("Client number"), gettext_noop("Color"))
    pairs = zip(labels, (client.name, client.number, client.color), (name, number, color), strict=True)
    changes = [{"label": label, "before": was, "after": now} for label, was, now in pairs if was != now]
    if not changes:
        return
    try:
        with transaction.atomic():
            Client.objects.filter(pk=client.pk).update(name=name, number=number, color=color)
            activity.record(Kind.CLIENT_CHANGED, client=client, by=by, changes=changes)
    except IntegrityError as problem:
        raise NumberTaken from problem
    client.name, client.number, client.color = name, number, color  # not before: the page still shows what is stored


def _color(slug: str) -> int:
    """Pick one of the colours by hash, so that it is spread evenly and stays."""
    return hashlib.sha256(slug.encode()).digest()[0] % COLORS + 1
