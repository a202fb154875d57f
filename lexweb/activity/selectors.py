"""Reading the history."""

from collections.abc import Iterable

from django.db.models import QuerySet

from lexweb.activity.models import Entry


def of_client(client_id: int) -> QuerySet[Entry]:
    """Return a client's entries, the newest first."""
    return Entry.objects.filter(client_id=client_id).order_by("-at", "-id")


def of_target(client_id: int, target: str) -> QuerySet[Entry]:
    """Return the entries of one thing of a client, the newest first."""
    return Entry.objects.filter(client_id=client_id, target=target).order_by("-at", "-id")


def of_clients(client_ids: Iterable[int]) -> QuerySet[Entry]:
    """Return the entries of several clients, the newest first."""
    return Entry.objects.filter(client_id__in=client_ids).order_by("-at", "-id")
