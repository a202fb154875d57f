"""Pages of uploads: what waits for whom, what is to become of it, and the button that sends it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lexweb.clients import troubles
from lexweb.clients.access import client_view
from lexweb.clients.models import Connection
from lexweb.files import invoices, originals, pictures, store
from lexweb.firm import roles
from lexweb.firm.access import staff_view
from lexweb.firm.roles import Permission
from lexweb.outbox import presenting as outbox
from lexweb.ui import htmx
from lexweb.ui.http import Request
from lexweb.uploads import acts, comparing, presenting, selectors, services
from lexweb.uploads.models import Upload
from lexweb.vouchers import kinds
from lexweb.vouchers import selectors as vouchers

SHOWN_PAGES = 20  # of one upload


@client_view(Permission.VOUCHER_VIEW)
def index(request: Request) -> HttpResponse:
    """What came in: what waits for a person, what is on its way, what is over."""
    connection = getattr(request.client, "connection", None)
    if connection is None:
        return htmx.page(request, "uploads/unconnected.html", "rows")
    services.bring_home(connection)
    counts = selectors.counts(connection)
    group = request.GET.get("state", "")
    if group not in selectors.GROUPS:
        group = "sending" if counts.queued and not counts.waiting else "waiting"
    page = selectors.listing(connection, group, page=request.GET.get("page"))
    batches = selectors.under_way(connection)
    context = {
        "connection": connection,
        "group": group,
        "counts": counts,
        "page": page,
        "rows": presenting.uploads(connection, page.object_list),
        "batches": batches,
        "polling": any(counted.open for _batch, counted in batches),
        "may_act": roles.may(request.user, Permission.VOUCHER_EDIT),
    }
    return htmx.page(request, "uploads/list.html", "rows", context)


@staff_view(Permission.VOUCHER_VIEW)
def firm(request: Request) -> HttpResponse:
    """What waits over all clients one may see; with `?choices`, only the clients that one can choose from."""
    choices = selectors.connected(request.user) if roles.may(request.user, Permission.VOUCHER_EDIT) else []
    if "choices" in request.GET:
        return TemplateResponse(request, "uploads/_choices.html", {"choices": choices})
    context = {"rows": selectors.of_firm(request.user), "choices": choices}
    return htmx.page(request, "uploads/firm.html", "rows", context)


@client_view(Permission.VOUCHER_VIEW)
def detail(request: Request, upload_id: UUID) -> HttpResponse:
    """One upload: how it looks, what the e-invoice in it says, beside what it may be a duplicate of."""
    connection, upload = _found(request, upload_id)
    [shown] = presenting.uploads(connection, [upload])
    context = _invoice(upload) | {
        "connection": connection,
        "upload": upload,
        "shown": shown,
        "pages": range(1, min(upload.pages or 0, SHOWN_PAGES) + 1) if upload.blob else [],
        "may_act": roles.may(request.user, Permission.VOUCHER_EDIT),
    }
    return htmx.page(request, "uploads/detail.html", "upload", context)


@client_view(Permission.VOUCHER_VIEW)
def picture(request: Request, upload_id: UUID, number: int) -> HttpResponseBase:
    """A page of it as a picture."""
    _connection, upload = _found(request, upload_id)
    if upload.blob is None:
        raise Http404
    try:
        return pictures.respond(request, upload.blob, number)
    except store.Lost as lost:
        raise Http404 from lost


@client_view(Permission.VOUCHER_VIEW)
def original(request: Request, upload_id: UUID) -> HttpResponseBase:
    """The file as it was brought in, as long as it is here: perhaps nobody else has it, such as a photo just taken."""
    _connection, upload = _found(request, upload_id)
    if upload.blob is None:
        raise Http404
    try:
        return originals.respond(upload.blob, acts.file_name(upload), upload.media_type)
    except store.Lost as lost:
        raise Http404 from lost


@require_POST
@client_view(Permission.VOUCHER_EDIT)
def decide(request: Request) -> HttpResponse:
    """Do with the chosen ones what the pressed button says."""
    connection = _connection(request)
    chosen = selectors.chosen(connection, _ids(request))
    if not chosen:
        messages.warning(request, _("Select files in the list first. Nothing was changed."))
        return _back(request)
    name = request.POST.get("do", "")
    if name in DECISIONS:
        text, count = DECISIONS[name](connection, chosen)
        messages.success(request, text % {"count": count})
    return _back(request)


@require_POST
@client_view(Permission.VOUCHER_EDIT)
def send(request: Request) -> HttpResponse:
    """Name what it means, then put the chosen ones into the outbox."""
    connection = _connection(request)
    batch_id = _id(request.POST.get("batch", ""))
    chosen = selectors.ready(connection) if "all" in request.POST else selectors.chosen(connection, _ids(request))
    if batch_id:
        try:
            batch = services.send(connection, chosen, by=request.user, batch_id=batch_id)
        except services.NothingReady:
            messages.warning(request, _("Nothing was sent: somebody else has decided about these files meanwhile."))
            return htmx.go(request, _list(request))
        messages.success(
            request, outbox.on_the_way([batch]), extra_tags=reverse("outbox:undo", args=[batch.pk])
        )  # fmt: skip
        return htmx.go(request, f"{_list(request)}?state=sending")
    asked = comparing.look_again(connection, chosen)
    ready = [each for each in chosen if each.state == Upload.State.READY and each.pk not in asked][: selectors.AT_ONCE]
    if not ready:
        messages.warning(request, _("None of these can be sent: decide first about what may be a duplicate."))
        return _back(request)
    context = {
        "connection": connection,
        "uploads": presenting.uploads(connection, ready),
        "new": sum(each.target_id is None for each in ready),
        "attached": sum(each.target_id is not None for each in ready),
        "left_out": len(chosen) - len(ready),
        "batch_id": uuid4(),
    }
    return htmx.page(request, "uploads/send.html", "question", context)


@client_view(Permission.VOUCHER_EDIT)
def attach(request: Request, upload_id: UUID) -> HttpResponse:
    """Choose the voucher it is to be attached to."""
    connection, upload = _found(request, upload_id)
    if request.method == "POST":
        voucher = vouchers.find(request.client, _id(request.POST.get("voucher", "")) or uuid4())
        if voucher is None or voucher.kind not in kinds.RECEIPTS:
            messages.warning(request, _("Choose a voucher from the list. Nothing was changed."))
        elif services.attach(connection, [upload], voucher.lexware_id):
            messages.success(request, _("It will be attached to %(name)s.") % {"name": presenting.name_of(voucher)})
        else:
            messages.warning(request, _("It is on its way already; nothing was changed."))
        return htmx.go(request, _list(request))
    text = request.GET.get("q", "").replace("\0", " ")
    found = selectors.candidates(connection, text)
    context = {
        "upload": upload,
        "q": text,
        "choices": [(each, presenting.name_of(each)) for each in found],
    }
    partial = "choices" if request.headers.get("HX-Target") == "choices" else "question"
    return htmx.page(request, "uploads/attach.html", partial, context)


Done = tuple[str, int]


def _allow(connection: Connection, chosen: list[Upload]) -> Done:
    count = services.allow(connection, chosen)
    return ngettext("%(count)s file may be sent now.", "%(count)s files may be sent now.", count), count


def _discard(connection: Connection, chosen: list[Upload]) -> Done:
    count = services.discard(connection, chosen)
    return ngettext("%(count)s file was discarded.", "%(count)s files were discarded.", count), count


def _detach(connection: Connection, chosen: list[Upload]) -> Done:
    count = services.attach(connection, chosen, None)
    return ngettext("%(count)s file becomes a new voucher.", "%(count)s files become new vouchers.", count), count


DECISIONS: dict[str, Callable[[Connection, list[Upload]], Done]] = {
    "allow": _allow,
    "discard": _discard,
    "new": _detach,
}


def _connection(request: Request) -> Connection:
    connection: Connection | None = getattr(request.client, "connection", None)
    if connection is None:
        raise Http404
    return connection


def _found(request: Request, upload_id: UUID) -> tuple[Connection, Upload]:
    connection = _connection(request)
    upload = selectors.find(connection, upload_id)
    if upload is None:
        raise Http404
    return connection, upload


def _invoice(upload: Upload) -> dict[str, Any]:
    """Return what files/_invoice.html shows; nothing if it is no e-invoice, or not here any more."""
    if upload.blob is None:
        return {}
    try:
        found = invoices.of_blob(upload.blob, upload.media_type, upload.profile)
    except troubles.Trouble as trouble:
        return {"trouble": trouble.words}
    except invoices.Unreadable:
        return {"unreadable": True}
    except store.Lost:
        return {}
    return invoices.context(found) if found else {}


def _ids(request: Request) -> list[UUID]:
    found = (_id(text) for text in request.POST.getlist("id")[: selectors.AT_ONCE])
    return [each for each in found if each]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _list(request: Request) -> str:
    return reverse("uploads:list", args=[request.client.slug])


def _back(request: Request) -> HttpResponse:
    state = request.POST.get("state", "")
    return htmx.go(request, f"{_list(request)}?state={state}" if state in selectors.GROUPS else _list(request))
