"""What is the same on every page of a person: nobody else may keep it, and it speaks their language."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class PrivatePages:
    """Let no browser keep a page of somebody: after signing out, Back would show it again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response


class Preferences:
    """Activate the person's language; signed out, the cookie and the browser decide."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        staff = request.user
        if staff.is_authenticated:
            structlog.contextvars.bind_contextvars(staff=staff.pk)
            if staff.language in dict(settings.LANGUAGES):
                translation.activate(staff.language)
                request.LANGUAGE_CODE = staff.language
        return self.get_response(request)
