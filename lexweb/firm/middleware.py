"""The language a person chose, on every page."""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


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
