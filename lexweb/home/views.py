"""The start page."""

from django.http import HttpResponse
from django.shortcuts import render

from lexweb.firm.access import staff_view
from lexweb.firm.roles import Permission
from lexweb.home import selectors
from lexweb.ui.http import Request


@staff_view(Permission.CLIENT_VIEW)
def start(request: Request) -> HttpResponse:
    """All clients at a glance, and what needs attention."""
    return render(request, "home/start.html", {"start": selectors.start(request.user)})
