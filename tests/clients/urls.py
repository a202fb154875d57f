"""All of lexweb, and a page that asks Lexware Office without catching anything."""

from django.http import HttpResponse
from django.urls import path

from lexweb.clients import gateway
from lexweb.clients.access import client_view
from lexweb.firm.roles import Permission
from lexweb.ui.http import Request
from lexweb.urls import handler403, handler404, handler500, urlpatterns

__all__ = ["handler403", "handler404", "handler500"]


@client_view(Permission.CLIENT_VIEW)
def company(request: Request) -> HttpResponse:
    """Show whose Lexware Office it is."""
    with gateway.open_office(request.client.connection) as office:
        return HttpResponse(office.profile.get().company_name)


urlpatterns = [*urlpatterns, path("clients/<slug:slug>/company/", company)]
