"""The progress of a sync, as a page and as a fragment that other pages borrow by its address."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseStopPolling, trigger_client_event

from lexweb.clients.access import client_view
from lexweb.firm.roles import Permission
from lexweb.sync import selectors, services
from lexweb.ui import htmx
from lexweb.ui.http import Request


@client_view(Permission.CLIENT_VIEW)
def status(request: Request) -> HttpResponse:
    """How far the sync is; polled while it runs."""
    progress = selectors.progress(request.client)
    if progress is not None and progress.waiting:
        services.nudge_if_waiting(progress.state)
    response = htmx.page(request, "sync/status.html", "progress", {"progress": progress})
    if htmx.wants_fragment(request) and not (progress and progress.running):
        response.status_code = HttpResponseStopPolling.status_code
        if progress and progress.state.finished_at and not progress.trouble:
            trigger_client_event(response, "contacts:changed")  # a list on the same page shows what came
    return response


@require_POST
@client_view(Permission.SYNC_START)
def start(request: Request) -> HttpResponse:
    """Sync now."""
    connection = getattr(request.client, "connection", None)
    if connection is not None and connection.is_connected:
        services.begin(connection)
    return redirect("sync:status", request.client.slug)
