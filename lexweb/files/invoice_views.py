"""The electronic invoice in a file as a page."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from lexweb.clients import troubles
from lexweb.clients.access import client_view
from lexweb.files import invoices, services
from lexweb.files.models import File
from lexweb.firm.roles import Permission
from lexweb.ui import htmx
from lexweb.ui.http import Request


@client_view(Permission.VOUCHER_VIEW)
def invoice(request: Request, file_id: UUID) -> HttpResponse:
    """Who, what, how much and how to pay; the page, or its content alone for the viewer."""
    files = File.objects.select_related("connection__client", "blob")
    file = files.filter(connection__client=request.client, lexware_id=file_id).first()
    if file is None:
        raise Http404
    context: dict[str, Any] = {"file": file}
    try:
        found = invoices.of_file(file)
    except services.Gone as error:
        raise Http404 from error
    except troubles.Trouble as trouble:
        context["trouble"] = trouble.words
    except invoices.Unreadable:
        context["unreadable"] = True
    else:
        if found is None:
            raise Http404
        context |= invoices.context(found)
    return htmx.page(request, "files/invoice.html", "invoice", context)
