"""Middleware around every request: the request id with its log line, and toasts for htmx."""

import json
import time
import uuid
from collections.abc import Callable

import structlog
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse

from lexweb.ui import htmx

log = structlog.get_logger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]


class RequestLog:
    """Give each request an id, and log one line for it. The route is logged, never the address as typed."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex[:12]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        if not request.path.startswith("/static/"):
            log.info(
                "request.done",
                method=request.method,
                route=match.view_name if match else "",
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000),
            )
        response["X-Request-Id"] = request_id
        return response


class Toasts:
    """
    Hand messages to htmx as one `toasts` event.

    On redirects of either kind they wait for the next page, which shows them itself; and a fragment that asks all the
    time (`Page.keeps_toasts`) must not take them away from the page that is just loading.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not getattr(request, "htmx", None) or 300 <= response.status_code < 400:
            return response
        if isinstance(response, htmx.Page) and response.keeps_toasts:
            return response
        if "HX-Redirect" in response or "HX-Location" in response or "HX-Refresh" in response:
            return response
        toasts = [{"text": str(m.message), "level": m.level_tag} for m in get_messages(request)]
        if toasts:
            events = json.loads(response.get("HX-Trigger", "{}"))
            response["HX-Trigger"] = json.dumps(events | {"toasts": toasts})
        return response
