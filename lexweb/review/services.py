"""Keeping views of the queue under a name."""

from django.db import IntegrityError, transaction

from lexweb.firm.models import Staff
from lexweb.review.filters import Filters
from lexweb.review.models import View
from lexweb.review.tabs import MOST


class NameTaken(Exception):
    """The person has a view of this name."""


class TooMany(Exception):
    """The person has as many views as they can."""


def save(staff: Staff, name: str, filters: Filters) -> View:
    """
    Keep the filters under a name.

    :raises NameTaken: it is used already
    :raises TooMany: one has to be deleted first
    """
    if View.objects.filter(staff=staff).count() >= MOST:
        raise TooMany
    try:
        with transaction.atomic():
            return View.objects.create(staff=staff, name=name, query=filters.query)
    except IntegrityError as error:
        raise NameTaken from error


def rename(view: View, name: str) -> None:
    """
    Give a view another name.

    :raises NameTaken: it is used already
    """
    try:
        with transaction.atomic():
            View.objects.filter(pk=view.pk).update(name=name)
    except IntegrityError as error:
        raise NameTaken from error


def delete(view: View) -> None:
    """Forget a view; what it showed stays where it is."""
    View.objects.filter(pk=view.pk).delete()
