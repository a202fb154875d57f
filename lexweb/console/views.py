"""The page "API call by hand": write a call, confirm what changes something, read the answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lexweb.clients.access import client_view
from lexweb.clients.troubles import Trouble
from lexweb.console import forms, keeping, operations, presenting, selectors, services
from lexweb.console.models import Call
from lexweb.firm import roles
from lexweb.firm.roles import Permission
from lexweb.ui import htmx
from lexweb.ui.http import Request

PER_PAGE = 50
LATEST = 8
FILLED = ("verb", "path", "query")  # what an address may fill in: never a body


@client_view(Permission.API_CONSOLE)
def index(request: Request) -> HttpResponse:
    """The empty form, or one filled by the address; sending it asks first if something may change."""
    if request.method == "POST":
        return _post(request)
    filled = {name: request.GET[name][:2000] for name in FILLED if request.GET.get(name)}
    if "?" in filled.get("path", "") and "query" not in filled:
        filled["path"], _mark, query = filled["path"].partition("?")
        filled["query"] = query.replace("&", "\n")
    return _page(request, _form(request, filled))


def _post(request: Request) -> HttpResponse:
    if request.POST.get("verb") in forms.WRITES:
        roles.check_may(request.user, Permission.API_CONSOLE_WRITE)
    form = forms.CallForm(request.POST, writing=_may_write(request))
    if not form.is_valid():
        return _page(request, form, status=422)
    if "edit" in request.POST:
        return _page(request, _form(request, {**form.draft.typed, "key": form.key_value}))
    if form.draft.changes_data and "confirmed" not in request.POST:
        return _page(request, form, asking={"key": form.key_value} | presenting.question(form.draft))
    return _send(request, form)


def _send(request: Request, form: forms.CallForm) -> HttpResponse:
    if getattr(request.client, "connection", None) is None:
        return _page(request, form, status=422)
    try:
        call = services.send(request.client, form.draft, key=form.key_value, by=request.user)
    except services.SentBefore as before:
        messages.warning(request, _("This form was sent before. Nothing was sent a second time."))
        call = before.call
    except Trouble as trouble:
        form.add_error(None, f"{trouble.words.title}. {trouble.words.text}")
        return _page(request, form, status=422)
    if not htmx.wants_fragment(request):
        return htmx.go(request, call.url)
    request.client.connection.refresh_from_db()  # the call may have shown that the access is no longer accepted
    response = _page(request, _form(request, form.draft.typed), call=call)
    response["HX-Push-Url"] = call.url
    return response


@require_safe
@client_view(Permission.API_CONSOLE)
def call(request: Request, key: UUID) -> HttpResponse:
    """A call of mine: its form filled to send it again, and the answer while it is kept."""
    found = _get(request, key)
    draft = keeping.draft_of(found)
    typed = draft.typed if draft else {"verb": found.method, "path": found.path}
    return _page(request, _form(request, typed), call=found)


@require_safe
@client_view(Permission.API_CONSOLE)
def download(request: Request, key: UUID) -> HttpResponse:
    """The answer as a file, never shown in the browser; gone when it is no longer kept."""
    found = _get(request, key)
    answer = keeping.answer_of(found)
    if answer is None:
        raise Http404(_("The answer is no longer kept. Send the call again."))
    media_type = presenting.media(answer)
    safe = media_type if media_type in presenting.SAFE_TO_NAME else "application/octet-stream"
    name = presenting.file_name(found, media_type)
    return HttpResponse(
        answer.body, content_type=safe, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_safe
@client_view(Permission.API_CONSOLE)
def history(request: Request) -> HttpResponse:
    """My calls for this client, the newest first."""
    page = Paginator(selectors.calls(request.client, request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "calls": presenting.listed(page), "most": keeping.NEWEST, "days": keeping.AGE.days}
    return htmx.page(request, "console/history.html", "calls", context)


def _page(
    request: Request,
    form: forms.CallForm,
    *,
    call: Call | None = None,
    asking: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    writing = _may_write(request)
    context = {
        "form": form,
        "connection": getattr(request.client, "connection", None),
        "writing": writing,
        "asking": asking,
        "shown": presenting.shown(call) if call else None,
        "pace": selectors.remaining(request.client),
        "groups": operations.groups(writing=writing),
        "paths": operations.paths(writing=writing),
        "calls": presenting.listed(selectors.calls(request.client, request.user)[:LATEST]),
        "current": call,
    }
    return htmx.page(request, "console/console.html", "console", context, status=status)


def _form(request: Request, typed: dict[str, Any]) -> forms.CallForm:
    return forms.CallForm(initial=typed, writing=_may_write(request))


def _may_write(request: Request) -> bool:
    return roles.may(request.user, Permission.API_CONSOLE_WRITE)


def _get(request: Request, key: UUID) -> Call:
    found = selectors.find(request.client, request.user, key)
    if found is None:
        raise Http404
    return found
