"""The sync of one client and of the whole firm, and the fragments that other pages borrow by their address."""

import hashlib
from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseStopPolling, trigger_client_event

from lexweb.clients.access import client_view
from lexweb.clients.models import Connection
from lexweb.firm.access import staff_view
from lexweb.firm.roles import Permission
from lexweb.sync import forms, freshness, overview, reporting, selectors, services
from lexweb.sync.selectors import Progress
from lexweb.ui import htmx
from lexweb.ui.http import Request

PER_PAGE = 50
REPORT = "report"  # the fragment of the page itself; other pages borrow the small one


@client_view(Permission.CLIENT_VIEW)
def status(request: Request) -> HttpResponse:
    """How far the sync is; polled while it runs."""
    if htmx.wants_fragment(request) and request.htmx.target != REPORT:
        progress = selectors.progress(request.client)
        response = htmx.page(request, "sync/status.html", "progress", {"progress": progress, "polls": True})
    else:
        report = reporting.report(request.client)
        progress = report.progress if report else None
        context = {"report": report, "progress": progress, "workers": selectors.workers()}
        response = htmx.page(request, "sync/status.html", REPORT, context)
    if progress is not None and progress.waiting:
        services.nudge_if_waiting(progress.state)
    if htmx.wants_fragment(request):
        _end_or_go_on(request, response, progress)
    return response


def _end_or_go_on(request: Request, response: HttpResponse, progress: Progress | None) -> None:
    """Stop asking when nothing runs; a list of contacts on the same page shows what came as soon as it is complete."""
    running = progress is not None and progress.running
    came = progress is not None and progress.listed and request.GET.get("listed") == "0"
    if not running:
        response.status_code = HttpResponseStopPolling.status_code
    if came or (not running and progress is not None and progress.listed and not progress.trouble):
        trigger_client_event(response, "contacts:changed")


@require_POST
@client_view(Permission.SYNC_START)
def start(request: Request) -> HttpResponse:
    """Sync now."""
    return _change(request, services.begin)


@require_POST
@client_view(Permission.SYNC_START)
def pause(request: Request) -> HttpResponse:
    """Stop reading lists and details; what people and webhooks ask for goes on."""
    return _change(request, lambda connection: services.pause(connection, by=request.user))


@require_POST
@client_view(Permission.SYNC_START)
def resume(request: Request) -> HttpResponse:
    """Go on."""
    return _change(request, lambda connection: services.resume(connection, by=request.user))


def _change(request: Request, change: Callable[[Connection], object]) -> HttpResponse:
    connection = getattr(request.client, "connection", None)
    if connection is not None and connection.is_connected:
        change(connection)
    return redirect("sync:status", request.client.slug)


@client_view(Permission.CLIENT_VIEW)
def age(request: Request) -> HttpResponse:
    """As of when the open page is, and what others changed since; polled by every page of a client."""
    connection = getattr(request.client, "connection", None)
    if not htmx.wants_fragment(request) or connection is None:
        return redirect("sync:status", request.client.slug)
    about = request.GET.get("about", "")
    found = freshness.age(connection, about)
    news = freshness.news(request.client, about, request.GET.get("since", ""), reader=request.user)
    late = found.at is not None and (timezone.now() - found.at).total_seconds() > found.limit * 60
    seen = hashlib.sha256(repr((found, news, late)).encode()).hexdigest()[:12]
    if request.GET.get("seen") == seen:
        return HttpResponse(status=204)  # nothing new: the page stays as it is, and no screen reader says it again
    return htmx.page(request, "sync/age.html", "age", {"age": found, "news": news, "seen": seen})


@staff_view(Permission.CLIENT_VIEW)
def firm(request: Request) -> HttpResponse:
    """All clients I may see: how far each is, and when everything will be here."""
    form = forms.ShowForm(request.GET)
    form.is_valid()
    text, show = (form.cleaned_data.get(name, "") for name in ("q", "show"))
    found = overview.firm(request.user)
    page = Paginator(overview.choose(found, request.user, text=text, show=show), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "firm": found,
        "page": page,
        "rows": overview.rows(found, page),
        "workers": selectors.workers(),
        "filtered": bool(text or show),
    }
    return htmx.page(request, "sync/firm.html", "rows", context)
