"""The door for pages that belong to no client: signed in, and with the permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase

from lexweb.firm import roles
from lexweb.firm.roles import Permission
from lexweb.ui.http import Request

View = Callable[..., HttpResponseBase]


def staff_view(permission: Permission) -> Callable[[View], View]:
    """Let in who is signed in and has the permission: else the sign-in page, or 403. Stamps the view for the tests."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            roles.check_may(request.user, permission)
            return view(request, *args, **kwargs)

        return stamp(login_required(guarded), permission)

    return decorate


def stamp(view: View, permission: Permission) -> View:
    """Mark the view as guarded; tests/test_architecture.py fails on any address whose view has no mark."""
    view.permission = permission  # type: ignore[attr-defined]
    return view
