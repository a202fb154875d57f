"""The door for pages that belong to no client: signed in, and with the permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.http.response import HttpResponseBase

from lexweb.firm import roles
from lexweb.firm.roles import Permission
from lexweb.ui import htmx
from lexweb.ui.http import Request

View = Callable[..., HttpResponseBase]


def staff_view(permission: Permission) -> Callable[[View], View]:
    """Let in who is signed in and has the permission: else the sign-in page, or 403. Stamps the view for the tests."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            roles.check_may(request.user, permission)
            return view(request, *args, **kwargs)

        return stamp(signed_in(guarded), permission)

    return decorate


def signed_in(view: View) -> View:
    """Send people who are signed out to the sign-in page; htmx must not swap that page into a part of another one."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return htmx.go(request, redirect_to_login(_page(request)).url)

    return guarded


def _page(request: Request) -> str:
    """Return the page the person is at: what a form is sent to may have none."""
    if request.htmx:
        return request.htmx.current_url_abs_path or "/"
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    return urlunsplit(("", "", came_from.path, came_from.query, "")) if came_from.netloc == request.get_host() else "/"


def stamp(view: View, permission: Permission) -> View:
    """Mark the view as guarded; tests/test_architecture.py fails on any address whose view has no mark."""
    view.permission = permission  # type: ignore[attr-defined]
    return view
