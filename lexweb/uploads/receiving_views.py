"""
Where files come in: one in each request from our script, several from a plain form.

The token against forged forms is checked here, not by the middleware: that would read the whole body first, with
handlers of its own. Whoever is not signed in, or may not do it, is sent away before a single byte is read.
"""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lexweb.clients.access import client_view
from lexweb.clients.models import Connection
from lexweb.clients.troubles import Trouble
from lexweb.firm.roles import Permission
from lexweb.ui.http import Request
from lexweb.uploads import presenting, receiving, services
from lexweb.uploads.models import Upload
from lexweb.uploads.receiving import Delivery

TOKEN = "HTTP_X_CSRFTOKEN"  # noqa: S105 — the name of the header
Brought = list[tuple[Upload, bool]]


@csrf_exempt
@require_POST
@client_view(Permission.VOUCHER_EDIT)
def add(request: Request) -> HttpResponse:
    """Take files in."""
    connection: Connection | None = getattr(request.client, "connection", None)
    if connection is None:
        return _refuse(request, 409, _("Connect the client first: without Lexware Office there is nowhere to send it."))
    try:
        delivery = receiving.take(request, connection)
    except receiving.TooMuch:
        return _refuse(
            request, 413, _("That is too much at once: at most 200 files and 256 MB. Bring fewer at a time.")
        )
    except receiving.BrokenOff:
        return _refuse(request, 400, _("The transfer broke off. Nothing of it was kept; bring the file in again."))
    except Trouble as trouble:
        return _troubled(request, trouble)
    if forged := _forged(request, delivery):
        delivery.throw_away()
        return forged
    brought: Brought = []
    try:
        while delivery.files:
            brought.append(services.bring(connection, delivery.files.pop(0), by=request.user))
    except Trouble as trouble:
        delivery.throw_away()  # what nobody has looked into; the others are uploads now
        return _troubled(request, trouble)
    if wants_json(request):
        if not brought:  # what has no name after Django has cleaned it is passed over without a word
            return _refuse(request, 400, _("The name of the file cannot be read. Rename it, then bring it in again."))
        return JsonResponse({"files": [_told(connection, upload, new) for upload, new in brought]})
    _tell(request, brought)
    return _back(request)


def wants_json(request: Request) -> bool:
    """Say whether our script asks."""
    return request.headers.get("Accept") == "application/json"


def _forged(request: Request, delivery: Delivery) -> HttpResponse | None:
    """Return the refusal if the form is not one of ours; its token came with the fields."""
    request.META.setdefault(TOKEN, delivery.fields.get("csrfmiddlewaretoken", ""))
    checking = CsrfViewMiddleware(lambda _request: HttpResponse())
    return checking.process_view(request, _back, (), {})


def _told(connection: Connection, upload: Upload, new: bool) -> dict[str, object]:
    [shown] = presenting.uploads(connection, [upload])
    return {"name": upload.name, "state": upload.state, "word": str(shown.word), "new": new, "why": shown.sentences}


def _tell(request: Request, brought: Brought) -> None:
    """Say what became of the files of a plain form."""
    if not brought:
        messages.warning(request, _("Choose files first. Nothing was brought in."))
        return
    found = Counter(upload.state == Upload.State.REFUSED for upload, new in brought if new)
    known = sum(not new for _upload, new in brought)
    parts = [
        (found[False], ngettext("%(count)s file came in.", "%(count)s files came in.", found[False])),
        (known, ngettext("%(count)s was here already.", "%(count)s were here already.", known)),
        (found[True], ngettext("%(count)s cannot be sent.", "%(count)s cannot be sent.", found[True])),
    ]
    text = " ".join(words % {"count": count} for count, words in parts if count)
    level = messages.warning if found[True] else messages.success
    level(request, text)


def _troubled(request: Request, trouble: Trouble) -> HttpResponse:
    return _refuse(request, trouble.words.status, f"{trouble.words.title}. {trouble.words.text}")


def _refuse(request: Request, status: int, sentence: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"sentence": sentence}, status=status)
    messages.error(request, sentence)
    return _back(request)


def _back(request: Request) -> HttpResponse:
    return redirect("uploads:list", request.client.slug)
