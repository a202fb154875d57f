"""The door for pages of a client: finds the client of the address, checks the person, or answers 404 or 403."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.http import Http404
from django.http.response import HttpResponseBase

from lexweb.clients import selectors
from lexweb.firm import roles
from lexweb.firm.access import View, signed_in, stamp
from lexweb.firm.roles import Permission
from lexweb.ui.http import Request


def client_view(permission: Permission) -> Callable[[View], View]:
    """
    Let in who may see the client and has the permission; the view finds it as `request.client`.

    A client one may not know of answers 404, like one that does not exist; a missing permission 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            client = selectors.find(request.user, slug)
            if client is None:
                raise Http404
            roles.check_may(request.user, permission)
            request.client = client
            structlog.contextvars.bind_contextvars(client=client.pk)
            return view(request, *args, **kwargs)

        return stamp(signed_in(guarded), permission)

    return decorate
