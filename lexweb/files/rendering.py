"""Pages as pictures, kept beside the content."""

from django.core.cache import cache

from lexweb.clients import troubles
from lexweb.files import drawing, store, workshop
from lexweb.files.models import Blob

WIDTHS = (240, 900, 1800)  # a small preview, a screen, zoomed in
SECONDS = 15
PATIENCE = 600  # seconds in which nobody tries again what broke the workshop


class NoPage(Exception):
    """There is no such page, or it cannot be drawn."""


def width_for(asked: int) -> int:
    """Return the width that is drawn for the one that was asked for: the next one of `WIDTHS`."""
    return next((width for width in WIDTHS if width >= asked), WIDTHS[-1])


def page(blob: Blob, number: int, *, width: int = 900) -> bytes:
    """
    Return a page (from 1) as PNG or JPEG, in the next of `WIDTHS`; photos turned as they were taken.

    :raises NoPage: there is none, it is XML, or it cannot be drawn
    :raises store.Lost: the content is gone
    """
    width = width_for(width)
    name = f"{number}-{width}"
    tried = f"undrawable-{blob.pk}-{name}"

    def make(data: bytes) -> bytes:
        if cache.get(tried):
            raise NoPage
        try:
            return workshop.do(drawing.draw, data, number, width, seconds=SECONDS)
        except workshop.Busy:
            raise troubles.Trouble("busy") from None
        except workshop.Failed as problem:
            cache.set(tried, True, PATIENCE)
            raise NoPage from problem
        except drawing.CannotDraw as problem:
            raise NoPage from problem

    return store.derived(blob, name, make)
