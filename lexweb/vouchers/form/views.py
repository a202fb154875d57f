"""Pages on which a voucher is changed or created."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from lexweb.clients.access import client_view
from lexweb.clients.troubles import Trouble
from lexweb.files import inspecting
from lexweb.files.models import File
from lexweb.firm.roles import Permission
from lexweb.ui import bodies, htmx
from lexweb.ui.http import Request
from lexweb.vouchers import kinds, selectors, services
from lexweb.vouchers.form import buttons, contact_choice, copying, editor, telling
from lexweb.vouchers.form.new_form import NewVoucherForm
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import creating, editing, fields


@client_view(Permission.VOUCHER_EDIT)
def edit(request: Request, voucher_id: UUID) -> HttpResponse:
    """Change a voucher beside its image; when somebody saved first, merge and let the person choose."""
    voucher = _get(request, voucher_id)
    here = _address(voucher)
    try:
        answer = editor.handle(request, voucher, done=lambda saved: htmx.go(request, here), cancel=here)
    except services.Gone:
        messages.error(request, _("The voucher was deleted in Lexware Office."))
        return htmx.go(request, reverse("vouchers:list", args=[request.client.slug]))
    if not isinstance(answer, editor.Editor):
        return answer
    found = File.objects.filter(connection=voucher.connection, voucher_id=voucher.lexware_id)
    context = {
        "editor": answer,
        "voucher": answer.voucher,
        "kind": kinds.kind_text(answer.voucher.kind),
        "badge": kinds.badge(answer.voucher),
        "here": here,
        "deep_link": kinds.deep_link(answer.voucher),
        "files": list(found.order_by("position")),
    }
    return htmx.page(request, "vouchers/edit.html", "form", context, status=answer.status)


@csrf_exempt  # checked below: by then the form may bring a file along
@client_view(Permission.VOUCHER_BOOK)
def create(request: Request) -> HttpResponse:
    """A new voucher with its image; it is booked at once."""
    bodies.take_one(request, most=inspecting.MOST)
    return _create_page(request)


@csrf_protect
def _create_page(request: Request) -> HttpResponse:
    connection = getattr(request.client, "connection", None)
    if connection is None:
        return htmx.page(request, "vouchers/unconnected.html", "rows")
    if request.method != "POST":
        kind = request.GET.get("kind", "")
        form = NewVoucherForm(connection=connection, values={"type": kind} if kind in fields.KINDS else {})
        return _new(request, form)
    form = NewVoucherForm(request.POST, request.FILES, connection=connection)
    act = request.POST.get("act", "")
    if act == "drop-image":
        form.forget_image()
        form.calm()
        if key := form.cleaned_data.get("key"):
            creating.forget_image(connection, key)
    elif not buttons.redraw(form, act) and form.is_valid() and (response := _create(request, form)):
        return response
    return _new(request, form)


@client_view(Permission.VOUCHER_BOOK)
def copy(request: Request, voucher_id: UUID) -> HttpResponse:
    """A new voucher that begins with what an earlier one says."""
    try:
        opened = services.opened(_get(request, voucher_id))
    except services.Gone:
        raise Http404 from None
    voucher = opened.voucher
    if voucher.kind not in fields.KINDS or editor.known(voucher) is None:
        messages.error(request, _("This voucher cannot be copied: it is no receipt, or its details are not here."))
        return htmx.go(request, _address(voucher))
    form = NewVoucherForm(connection=voucher.connection, values=copying.values_of(voucher))
    return _new(request, form, source=voucher)


@client_view(Permission.VOUCHER_EDIT)
def contacts(request: Request) -> HttpResponse:
    """The contacts that fit what is typed into the field, for its script."""
    connection = getattr(request.client, "connection", None)
    if connection is None:
        raise Http404
    purchase = request.GET.get("kind", "") in fields.PURCHASES
    found = contact_choice.find(connection, request.GET.get("q", "")[:100], purchase=purchase)
    rows = [
        {"value": str(each.lexware_id), "label": each.listed_as, "note": contact_choice.note(each)} for each in found
    ]
    return JsonResponse({"options": rows})


@client_view(Permission.VOUCHER_EDIT)
def earlier(request: Request) -> HttpResponse:
    """Earlier vouchers of the contact, to take their lines over."""
    connection = getattr(request.client, "connection", None)
    found = contact_choice.earlier(connection, request.GET.get("contact_id", "")) if connection else []
    return htmx.page(request, "vouchers/earlier.html", "earlier", {"earlier": found})


def _new(request: Request, form: NewVoucherForm, *, source: Voucher | None = None) -> HttpResponse:
    if not form.is_bound:
        form.focus_first_open()
    wrong = form.is_bound and (form.errors or form.notices)
    context = {
        "form": form,
        "action": reverse("vouchers:create", args=[request.client.slug]),
        "connection": form.connection,
        "source": source,
        "listed": reverse("vouchers:list", args=[request.client.slug]),
    }
    return htmx.page(request, "vouchers/create.html", "form", context, status=422 if wrong else 200)


def _create(request: Request, form: NewVoucherForm) -> HttpResponse | None:
    """Create it, or put into the form why not."""
    try:
        voucher = creating.create(
            request.client,
            values=form.values(),
            image=form.blob,
            image_name=form.image_name,
            key=form.cleaned_data["key"],
            by=request.user,
        )
    except editing.Rejected as refusal:
        form.add_complaints(refusal.issues)
    except creating.Unconfirmed:
        form.notices.append(
            _(
                "Lexware Office broke off, and it is not certain that the voucher was created. Nothing you typed is "
                "lost: save again, and it is looked up once more before it is sent."
            )
        )
    except creating.InFlight:
        form.notices.append(_("This voucher is being saved at this moment. Wait a few seconds, then save again."))
    except creating.CreatedBefore as found:
        form.notices.append(
            _link(
                _(
                    "The first try did create the voucher, with what you had typed then: %(voucher)s. What you changed "
                    "since has not been sent. Open the voucher and change it there."
                ),
                found.voucher,
            )
        )
    except creating.Spent as spent:
        form.renew_key()
        form.notices.append(_spent(spent.voucher))
    except creating.ImageRefused as refusal:
        texts = " ".join(complaint.text for complaint in refusal.issues)
        form.forget_image()
        form.add_error("image", texts)
        text = _("The voucher is created and booked: %(voucher)s. Only its image was not taken: choose another file.")
        form.notices.append(_link(text, refusal.voucher))
    except creating.ImageElsewhere as found:
        if found.voucher is not None:
            form.forget_image()  # it is over
        form.notices.append(_elsewhere(found))
    except Trouble as trouble:
        form.notices.append(f"{trouble.words.title}. {trouble.words.text}")
    else:
        telling.created(request, voucher)
        return htmx.go(request, _address(voucher))
    return None


def _spent(voucher: Voucher | None) -> str:
    if voucher is None:
        return _("This form has already created a voucher, which was deleted since. Save again to create another one.")
    return _link(
        _("This form has already created the voucher %(voucher)s. Save again to create this one as well."), voucher
    )


def _elsewhere(found: creating.ImageElsewhere) -> str:
    parts = []
    if found.voucher is not None:
        parts.append(_link(_("The voucher is created and booked, without its image: %(voucher)s."), found.voucher))
    if found.other is not None:
        parts.append(_link(_("The same image already belongs to %(voucher)s."), found.other))
    else:
        parts.append(_("The same image already belongs to another voucher of this client."))
    return format_html(" ".join("{}" for _part in parts), *parts)


def _link(text: str, voucher: Voucher) -> str:
    """Return the sentence with a link to the voucher where it says %(voucher)s."""
    name = f"{kinds.kind_text(voucher.kind)} {voucher.number}".strip()
    link = format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', _address(voucher), name)
    return format_html(text.replace("%(voucher)s", "{}"), link)


def _address(voucher: Voucher) -> str:
    return reverse("vouchers:detail", args=[voucher.connection.client.slug, voucher.lexware_id])


def _get(request: Request, voucher_id: UUID) -> Voucher:
    voucher = selectors.find(request.client, voucher_id)
    if voucher is None:
        raise Http404
    return voucher
