"""
The addresses for machines: `/healthz`, `/readyz`, `/readyz/web` and `/metrics`.

They are asked from inside, by plain http and under whatever name the host has there, so they are answered before
anything looks at that; and several times a minute, so they are not logged.
"""

import hmac
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST

from lexweb.ops import health, metrics

log = structlog.get_logger(__name__)


class Probes:
    """Answers these addresses, and passes everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = ANSWERS.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        structlog.contextvars.clear_contextvars()
        response = answer(request)
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def _alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def _ready(request: HttpRequest) -> HttpResponse:
    return _told(health.everything())


def _ready_web(request: HttpRequest) -> HttpResponse:
    return _told(health.pages())


def _told(checks: dict[str, str]) -> HttpResponse:
    return JsonResponse(checks, status=200 if set(checks.values()) == {health.OK} else 503)


def _metrics(request: HttpRequest) -> HttpResponse:
    if not settings.METRICS_TOKEN and not settings.DEMO:
        return HttpResponseNotFound("", content_type="text/plain")
    expected = f"Bearer {settings.METRICS_TOKEN}".encode()
    given = request.headers.get("Authorization", "").encode()
    if settings.METRICS_TOKEN and not hmac.compare_digest(given, expected):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    try:
        return HttpResponse(metrics.text(), content_type=CONTENT_TYPE_LATEST)
    except Exception as error:  # the database is away, or not migrated
        log.warning("metrics.failed", kind=type(error).__name__)
        return HttpResponse(status=503)


ANSWERS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": _alive,
    "/readyz": _ready,
    "/readyz/web": _ready_web,
    "/metrics": _metrics,
}
