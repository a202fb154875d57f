"""Pages of the review queue: the list over all clients, and one receipt after the other beside its image."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lexweb.clients.access import client_view
from lexweb.files.models import File
from lexweb.firm import roles
from lexweb.firm.access import staff_view
from lexweb.firm.models import Staff
from lexweb.firm.roles import Permission
from lexweb.review import choosing, forms, presenting, queue, services
from lexweb.review import tabs as tabbing
from lexweb.review.filters import Filters
from lexweb.review.models import View
from lexweb.ui import htmx
from lexweb.ui.http import Request
from lexweb.vouchers import assigning, kinds, selectors
from lexweb.vouchers import services as vouchers
from lexweb.vouchers.duplicates import twins
from lexweb.vouchers.form import editor
from lexweb.vouchers.models import TO_REVIEW, Voucher

SEE_OTHER = 303


@staff_view(Permission.VOUCHER_VIEW)
def index(request: Request) -> HttpResponse:
    """The list: tabs, search, filters, order and page, all in the address."""
    of, filters = queue.scope(request.user), Filters.read(request.GET)
    people = _people(request.user)
    tabs = tabbing.of(of, filters, tabbing.views(request.user))
    page = queue.page(of, filters, number=request.GET.get("page"), count=min(tabs.found, queue.CAP))
    context = {
        "of": of,
        "filters": filters,
        "tabs": tabs,
        "page": page,
        "rows": presenting.rows(page, of, people, filters),
        "chips": presenting.chips(filters, of, people),
        "form": forms.FilterForm(request.GET, filters, people.items()),
        "as_of": presenting.data_as_of(of, filters),
        "cap": queue.CAP,
    } | choosing.context(request.user, page, filters)
    response = htmx.page(request, "review/list.html", "rows", context)
    if htmx.wants_fragment(request) and any(not value for value in request.GET.values()):
        response["HX-Push-Url"] = _list_url(filters)  # what a form leaves empty need not stand in the address
    return response


@staff_view(Permission.VOUCHER_VIEW)
def count(request: Request) -> HttpResponse:
    """How many receipts wait, for the rail of every page."""
    context = {"count": queue.badge(request.user), "most": queue.BADGE_CAP}
    return htmx.page(request, "review/count.html", "count", context, keeps_toasts=True)


@staff_view(Permission.VOUCHER_VIEW)
def clients(request: Request) -> HttpResponse:
    """Choose the clients whose receipts are shown."""
    of, filters = queue.scope(request.user), Filters.read(request.GET)
    counts = queue.by_client(of)
    places = [(place, counts.get(key, 0)) for key, place in of.places.items()]
    shown = [(place, number) for place, number in places if number or place.slug in filters.client]
    kept = [(name, value) for name, value in filters.parts() if name != "client"]
    context = {"places": shown, "chosen": filters.client, "kept": kept, "back": _list_url(filters)}
    return htmx.page(request, "review/clients.html", "box", context)


@client_view(Permission.VOUCHER_VIEW)
def voucher(request: Request, voucher_id: UUID) -> HttpResponse:
    """One receipt: the list at the left, its form, its image; saved, the next one follows."""
    request.over_clients = True
    of, filters = queue.scope(request.user), Filters.read(request.GET)
    found = selectors.find(request.client, voucher_id)
    if found is None:
        messages.warning(request, _("The receipt is not there any more: it was deleted in Lexware Office."))
        return _go(request, queue.first(of, filters), of, filters)
    try:
        if request.method != "POST":
            found = vouchers.opened(found).voucher
            if found.status not in TO_REVIEW or found.archived:
                return _skip(request, found, of, filters)
        shown = _editor(request, found, of, filters)
    except vouchers.Gone:
        return _skip(request, found, of, filters)
    if isinstance(shown, HttpResponse):
        return shown
    link = kinds.deep_link(shown.voucher)
    if request.method == "POST" and htmx.wants_fragment(request):
        return htmx.page(request, "review/desk.html", "form", {"editor": shown, "deep_link": link}, status=shown.status)
    return _desk(request, shown.voucher, shown, of, filters)


def _editor(request: Request, found: Voucher, of: queue.Scope, filters: Filters) -> HttpResponse | editor.Editor:
    """Return the form, or where to go once it is saved; who may only read sees what there is to read."""
    if request.method != "POST" and not roles.may(request.user, Permission.VOUCHER_EDIT):
        return editor.Editor(found, locked=[_("Your role may look at receipts, but not change them.")])

    def done(_saved: Voucher) -> HttpResponse:
        return _go(request, queue.following(of, filters, found), of, filters)

    return editor.handle(request, found, done=done, cancel=_list_url(filters))


def _desk(request: Request, found: Voucher, shown: editor.Editor, of: queue.Scope, filters: Filters) -> HttpResponse:
    """Draw the three panes; for htmx they replace those that are there, and the address is the new one."""
    people = _people(request.user)
    around = queue.around(of, filters, found)
    number, total = queue.position(of, filters, found)
    files = _files([found, *around.after[:1]])
    context = {
        "of": of,
        "filters": filters,
        "voucher": found,
        "place": of.places.get(found.connection_id),
        "name": presenting.name(found),
        "badge": kinds.badge(found),
        "due": presenting.due(found, of.today),
        "editor": shown,
        "twins": twins.rows(found)[:1] if found.suspect else [],
        "files": files.get(found.pk, []),
        "rows": presenting.rows([*around.before, found, *around.after], of, people, filters),
        "previous": _url(around.previous, of, filters),
        "next": _url(around.next, of, filters),
        "ahead": [file for file in files.get(around.next.pk, [])[:1] if file.pages] if around.next else [],
        "ahead_slug": of.places[around.next.connection_id].slug if around.next else "",
        "number": number,
        "total": total,
        "assignee": people.get(found.assignee_id or 0, ""),
        "list_url": _list_url(filters),
        "deep_link": kinds.deep_link(found),
        "may_edit": roles.may(request.user, Permission.VOUCHER_EDIT),
    }
    response = htmx.page(request, "review/desk.html", "desk", context, status=shown.status)
    if htmx.wants_fragment(request):
        response["HX-Retarget"], response["HX-Reswap"] = "#desk", "outerHTML show:none"
        response["HX-Push-Url"] = request.get_full_path()
    return response


@client_view(Permission.VOUCHER_EDIT)
def assign(request: Request, voucher_id: UUID) -> HttpResponse:
    """Give a receipt to somebody; the dialog of the key a."""
    found = selectors.find(request.client, voucher_id)
    if found is None:
        raise Http404
    people = assigning.people(request.user, [request.client])
    form = forms.AssignForm(request.POST or None, people, now=found.assignee_id)
    back = request.POST.get("back", "")
    if request.method == "POST" and form.is_valid():
        try:
            assigning.assign([found], form.chosen, request.user)
        except assigning.MayNotSee:
            form.add_error("assignee", _("This person does not work for the client any more."))
        else:
            return _assigned(request, found, form.chosen)
    context = {"form": form, "voucher": found, "name": presenting.name(found), "back": back}
    status = 422 if form.errors else 200
    return htmx.page(request, "review/assign.html", "box", context, status=status)


@client_view(Permission.VOUCHER_VIEW)
def assignee(request: Request, voucher_id: UUID) -> HttpResponse:
    """Who looks after a receipt, asked again when that has changed."""
    found = selectors.find(request.client, voucher_id)
    if found is None:
        raise Http404
    context = {"assignee": str(found.assignee or "")}
    return htmx.page(request, "review/assignee.html", "assignee", context, keeps_toasts=True)


def _assigned(request: Request, found: Voucher, person: Staff | None) -> HttpResponse:
    """Say so; for htmx the dialog closes, and what shows the receipt asks anew."""
    words = {"name": presenting.name(found), "client": request.client.name, "person": str(person or "")}
    text = _("%(name)s of %(client)s is now assigned to nobody.")
    if person:
        text = _("%(name)s of %(client)s is now assigned to %(person)s.")
    messages.success(request, text % words)
    if not request.htmx:
        return HttpResponseRedirect(reverse("review:list"))
    response = HttpResponse(status=204)
    response["HX-Trigger"] = '{"dialog:close": true, "review:changed": true}'
    return response


@staff_view(Permission.VOUCHER_VIEW)
def save_view(request: Request) -> HttpResponse:
    """Keep the filters of the list under a name."""
    query = request.POST.get("query", request.GET.urlencode())
    filters = Filters.of(query)
    form = forms.ViewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.save(request.user, form.cleaned_data["name"], filters)
        except services.NameTaken:
            form.add_taken()
        except services.TooMany:
            form.add_too_many()
        else:
            return htmx.done(request, _("View saved. It has a tab of its own now."), to=_list_url(filters))
    context = {"form": form, "filters": filters, "back": _list_url(filters)}
    return htmx.page(request, "review/view.html", "box", context, status=422 if form.errors else 200)


@staff_view(Permission.VOUCHER_VIEW)
def change_view(request: Request, pk: int) -> HttpResponse:
    """Give a saved view another name."""
    view = get_object_or_404(View, pk=pk, staff=request.user)
    filters = Filters.of(view.query)
    form = forms.ViewForm(request.POST or None, initial={"name": view.name})
    if request.method == "POST" and form.is_valid():
        try:
            services.rename(view, form.cleaned_data["name"])
        except services.NameTaken:
            form.add_taken()
        else:
            return htmx.done(request, _("View renamed."), to=_list_url(filters))
    context = {"form": form, "view": view, "filters": filters, "back": _list_url(filters)}
    return htmx.page(request, "review/view.html", "box", context, status=422 if form.errors else 200)


@require_POST
@staff_view(Permission.VOUCHER_VIEW)
def delete_view(request: Request, pk: int) -> HttpResponse:
    """Forget a saved view."""
    services.delete(get_object_or_404(View, pk=pk, staff=request.user))
    return htmx.done(request, _("View deleted."), to=reverse("review:list"))


def _skip(request: Request, found: Voucher, of: queue.Scope, filters: Filters) -> HttpResponse:
    """Say what became of a receipt that is not to be reviewed any more, and go on."""
    words = {"name": presenting.name(found), "client": found.connection.client.name, "state": kinds.badge(found).text}
    if found.status in TO_REVIEW and not found.archived:
        text = _("%(name)s of %(client)s was deleted in Lexware Office.")
    else:
        text = _("%(name)s of %(client)s is not to be reviewed any more (%(state)s).")
    messages.info(request, text % words)
    return _go(request, queue.following(of, filters, found), of, filters)


def _go(request: Request, voucher: Voucher | None, of: queue.Scope, filters: Filters) -> HttpResponse:
    """Go on to a receipt, or back to the list when there is none; htmx follows, and swaps the panes only."""
    url = _url(voucher, of, filters)
    if not url:
        messages.info(request, _("That was the last receipt of this list."))
        return htmx.go(request, _list_url(filters))
    return HttpResponseRedirect(url, status=SEE_OTHER)


def _url(voucher: Voucher | None, of: queue.Scope, filters: Filters) -> str:
    if voucher is None:
        return ""
    return presenting.url(voucher, of.places[voucher.connection_id], filters)


def _list_url(filters: Filters) -> str:
    return reverse("review:list") + (f"?{filters.query}" if filters.query else "")


def _people(staff: Staff) -> dict[int, str]:
    return dict(Staff.objects.filter(firm_id=staff.firm_id).order_by("name").values_list("pk", "name"))


def _files(of: list[Voucher]) -> dict[int, list[File]]:
    """Return the files of these vouchers, by the key of the voucher."""
    keys = {(voucher.connection_id, voucher.lexware_id): voucher.pk for voucher in of}
    found: dict[int, list[File]] = {}
    known = File.objects.filter(connection__in={key for key, _id in keys}, voucher_id__in=[each for _key, each in keys])
    for file in known.order_by("position"):
        if (file.connection_id, file.voucher_id) in keys:
            found.setdefault(keys[file.connection_id, file.voucher_id], []).append(file)
    return found
