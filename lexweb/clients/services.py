"""Adding and changing the firm's clients."""

import hashlib
from collections import Counter
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients.models import COLORS, Assignment, Client, Connection
from lexweb.firm.models import Staff

LABELS = {
    "name": gettext_noop("Name"),
    "number": gettext_noop("Client number"),
    "color": gettext_noop("Color"),
    "expires_on": gettext_noop("Valid until"),
}


class NumberTaken(Exception):
    """Another client of the firm has this number."""


def create(*, name: str, number: str, by: Staff) -> Client:
    """
    Add a client to the firm; whoever adds it works for it.

    :raises NumberTaken: the firm uses the number already
    """
    client = Client(firm_id=by.firm_id, name=name, number=number)
    client.color = _color(client)
    try:
        with transaction.atomic():
            client.save()
            Assignment.objects.create(client=client, staff=by)
            activity.record(Kind.CLIENT_CREATED, client=client, by=by, name=name, number=number)
    except IntegrityError as problem:
        raise NumberTaken from problem
    return client


def change(
    client: Client, *, name: str | None = None, number: str | None = None, color: int | None = None, by: Staff
) -> None:
    """
    Change what the firm calls the client; what is None stays as it is, whoever changed it meanwhile.

    :raises NumberTaken: the firm uses the number already
    """
    stored = Client.objects.get(pk=client.pk)
    given = {"name": name, "number": number, "color": color}
    changed = {key: value for key, value in given.items() if value not in (None, getattr(stored, key))}
    if not changed:
        return
    changes = [{"label": LABELS[key], "before": getattr(stored, key), "after": changed[key]} for key in changed]
    try:
        with transaction.atomic():
            Client.objects.filter(pk=client.pk).update(**changed)
            activity.record(Kind.CLIENT_CHANGED, client=client, by=by, changes=changes)
    except IntegrityError as problem:
        raise NumberTaken from problem


def correct_expiry(connection: Connection, day: date, *, by: Staff) -> None:
    """Note until when the API key is valid; who renewed the connection meanwhile knows better."""
    before = connection.expires_on
    if before == day:
        return
    same = Connection.objects.filter(pk=connection.pk, connected_at=connection.connected_at)
    change = {"label": LABELS["expires_on"], "before": _written(before), "after": _written(day)}
    with transaction.atomic():
        if same.update(expires_on=day):
            activity.record(Kind.CLIENT_CHANGED, client=connection.client, by=by, changes=[change])


def _written(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _color(client: Client) -> int:
    """Pick a colour that few of the firm's clients have: by hash, or the next one that is rarer."""
    start = hashlib.sha256(client.slug.encode()).digest()[0]
    used = Counter(Client.objects.filter(firm_id=client.firm_id).values_list("color", flat=True))
    return min(((start + step) % COLORS + 1 for step in range(COLORS)), key=lambda color: used[color])
