"""Pages of the firm's clients: list, switcher, overview, settings, history."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lexweb.activity import presenters
from lexweb.activity import selectors as history_of
from lexweb.clients import forms, guardian, selectors, services
from lexweb.clients.access import client_view
from lexweb.clients.models import COLORS
from lexweb.firm.access import staff_view
from lexweb.firm.roles import Permission
from lexweb.ui import htmx
from lexweb.ui.http import Request

PER_PAGE = 50
ALWAYS = ("connected", "reconnect", "disconnected", "none")  # choices of the list's filter even if there are none


@staff_view(Permission.CLIENT_VIEW)
def index(request: Request) -> HttpResponse:
    """Every client I may see, with connection state, data age and counts."""
    form = forms.SearchForm(request.GET)
    form.is_valid()
    text, state, sort = (form.cleaned_data.get(name, "") for name in ("q", "state", "sort"))
    clients = selectors.search(request.user, text=text, state=state, sort=sort or "name")
    page = Paginator(clients, PER_PAGE).get_page(request.GET.get("page"))
    states = selectors.state_counts(request.user)
    context = {
        "page": page,
        "states": states,
        "chips": _chips(states, state),
        "q": text,
        "state": state,
        "filtered": bool(text or state),
    }
    return htmx.page(request, "clients/list.html", "rows", context)


def _chips(states: dict[str, int], chosen: str) -> list[tuple[str, str, int]]:
    """Return the choices of the filter: the usual ones, those that somebody has, and the one that is chosen."""
    shown = {*ALWAYS, *states, chosen}
    codes = ["connected", *(code for code in guardian.CODES if code in shown and code != "connected")]
    return [(code, str(guardian.LOOKS[code].label), states.get(code, 0)) for code in codes]


@staff_view(Permission.CLIENT_VIEW)
def switch(request: Request) -> HttpResponse:
    """The list behind the client switcher; without htmx the list of clients."""
    if not htmx.wants_fragment(request):
        return redirect("clients:list")
    form = forms.SearchForm(request.GET)
    form.is_valid()
    clients = selectors.search(request.user, text=form.cleaned_data.get("q", ""))[:20]
    return htmx.page(request, "clients/switch.html", "options", {"clients": clients})


@staff_view(Permission.CLIENT_CREATE)
def create(request: Request) -> HttpResponse:
    """Add a client, then go on to connect it."""
    form = forms.ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            client = services.create(**form.cleaned_data, by=request.user)
        except services.NumberTaken:
            form.add_number_taken()
        else:
            return htmx.done(request, _("Client created. Now connect it."), to=f"{client.url}connect/")
    return htmx.page(request, "clients/create.html", "form", {"form": form}, status=422 if form.errors else 200)


@client_view(Permission.CLIENT_VIEW)
def detail(request: Request) -> HttpResponse:
    """One client at a glance: its connection, its data, what happened last."""
    entries = history_of.of_client(request.client.pk)[:6]
    context = {
        "connection": getattr(request.client, "connection", None),
        "history": [presenters.present(entry) for entry in entries],
        "question": selectors.open_questions(request.client, request.user).first(),
    }
    return htmx.page(request, "clients/detail.html", "overview", context)


@client_view(Permission.CLIENT_EDIT)
def edit(request: Request) -> HttpResponse:
    """Name, number and colour."""
    form = forms.ClientSettingsForm.of(request.client, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.change(request.client, **form.changed(), by=request.user)
        except services.NumberTaken:
            form.add_number_taken()
        else:
            return htmx.done(request, _("Client saved."), to=request.client.url)
    context = {"form": form, "colors": range(1, COLORS + 1)}
    return htmx.page(request, "clients/edit.html", "form", context, status=422 if form.errors else 200)


@client_view(Permission.HISTORY_VIEW)
def history(request: Request) -> HttpResponse:
    """Who connected, created, changed what and when, in sentences."""
    page = Paginator(history_of.of_client(request.client.pk), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "history": [presenters.present(entry) for entry in page]}
    return htmx.page(request, "clients/history.html", "entries", context)
