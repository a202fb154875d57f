"""The request as our views see it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from lexweb.clients.models import Client
    from lexweb.firm.models import Staff

View = TypeVar("View", bound=Callable[..., Any])


class Request(HttpRequest):
    """
    A request behind `staff_view` or `client_view`.

    `client` is there only behind `client_view`; `htmx` is true when htmx asks. A page that goes from one client to the
    next sets `over_clients`: then its frame belongs to none of them.
    """

    user: "Staff"
    client: "Client"
    htmx: HtmxDetails
    over_clients: bool


def public(why: str) -> Callable[[View], View]:
    """Mark a view that everybody may see, signed in or not; all others are stamped with a permission."""

    def mark(view: View) -> View:
        view.public = why  # type: ignore[attr-defined]
        return view

    return mark
