"""Troubles with Lexware Office that no view caught: one friendly page, or a toast when htmx asked."""

from collections.abc import Callable

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lexweb.clients.troubles import Trouble


class LexwareTroubles:
    """Show a `Trouble` as what it is, instead of a server error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for `Trouble`; leave everything else to Django."""
        if not isinstance(exception, Trouble):
            return None
        words = exception.words
        number = structlog.contextvars.get_contextvars().get("request", "")
        if getattr(request, "htmx", None):
            noted = f" ({number})" if exception.code == "unexpected" else ""
            messages.error(request, f"{words.title}. {words.text}{noted}")
            response = HttpResponse(status=words.status)
            response["HX-Reswap"] = "none"
            return response
        return render(request, "clients/trouble.html", {"trouble": exception, "number": number}, status=words.status)
