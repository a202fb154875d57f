"""The files of a client: the list, and a selection of them as one archive."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lexweb.activity import services as activity
from lexweb.activity.kinds import Kind
from lexweb.clients.access import client_view
from lexweb.clients.models import Connection
from lexweb.firm.roles import Permission
from lexweb.outbox.selection import Selection, Void, posted
from lexweb.ui import htmx
from lexweb.ui.http import Request
from lexweb.ui.templatetags.words import grouped
from lexweb.vouchers import kinds, selectors
from lexweb.vouchers.files import archive, forms, listing, turns, words
from lexweb.vouchers.files.listing import Entry, Query


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    entry: Entry
    kind: str
    content: words.Content
    first: bool  # of its document


@client_view(Permission.VOUCHER_VIEW)
def index(request: Request) -> HttpResponse:
    """The list: search, filters and page, all in the address."""
    connection = getattr(request.client, "connection", None)
    if connection is None:
        return htmx.page(request, "vouchers/unconnected.html", "rows")
    form = forms.FileListForm(request.GET)
    query = form.query()
    page = listing.page(connection, query, number=request.GET.get("page"))
    found, counts = listing.totals(connection, query), listing.kinds(connection)
    left = selectors.left(connection).vouchers
    context = {
        "connection": connection,
        "form": form,
        "page": page,
        "rows": _rows(listing.entries(connection, page, query)),
        "query": query,
        "found": found,
        "seconds": archive.seconds(found.absent),
        "too_many": found.files > archive.MOST,
        "most": archive.MOST,
        "total": counts[""],
        "tabs": [(name, label, counts[name]) for name, (label, _kinds) in kinds.GROUPS.items() if counts[name]],
        "contents": words.CHIPS,
        "left": left,
        "all_of_search": Selection(query=query, count=found.files).signed(scope(connection)),
    }
    return htmx.page(request, "vouchers/files.html", "rows", context)


@require_POST
@client_view(Permission.VOUCHER_VIEW)
def pack(request: Request) -> HttpResponseBase:
    """The archive of what was chosen, sent while it is made."""
    connection = getattr(request.client, "connection", None)
    if connection is None:
        return htmx.page(request, "vouchers/unconnected.html", "rows")
    try:
        chosen = posted(request.POST, scope(connection), Query)
    except Void:
        return _back(request, _("Select files in the list first."))
    count = listing.count(connection, chosen)
    if not count:
        return _back(request, _("None of these files is there any more."))
    if count > archive.MOST:
        text = _("%(count)s files are too many for one archive: %(most)s at most. Narrow the search down, by dates.")
        return _back(request, text % {"count": grouped(count), "most": grouped(archive.MOST)})
    try:
        turn = turns.Turn(request.user)
    except turns.Busy:
        return _back(request, _("Other archives are being made at this moment. Wait until one of them is there."))
    activity.record(Kind.FILES_DOWNLOADED, client=request.client, by=request.user, count=count)
    return _sent(connection, chosen, turn)


def scope(connection: Connection) -> list[Any]:
    """Return what a selection of this list is good for."""
    return ["files", connection.pk, str(connection.organization_id)]


def _sent(connection: Connection, chosen: Selection[Query], turn: turns.Turn) -> StreamingHttpResponse:
    entries = listing.chosen_entries(connection, chosen)
    content = archive.stream(connection, entries, language=get_language() or "de")
    response = StreamingHttpResponse(turns.Content(content, turn), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, archive.file_name(connection)) or "attachment"
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # a proxy that collects it first would hold it whole
    return response


def _rows(entries: list[Entry]) -> list[Row]:
    seen: set[int] = set()
    rows = []
    for entry in entries:
        kind = kinds.kind_text(entry.voucher.kind)
        rows.append(Row(entry, kind, words.content(entry.file), entry.voucher.pk not in seen))
        seen.add(entry.voucher.pk)
    return rows


def _back(request: Request, text: str) -> HttpResponse:
    """Return to the list as it was, and say why."""
    messages.warning(request, text)
    query = QueryDict(request.POST.get("back", "")).urlencode()
    listed = reverse("files:list", args=[request.client.slug])
    return htmx.go(request, f"{listed}?{query}" if query else listed)
