"""Pages of a client's contacts."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from lexweb.activity import presenters
from lexweb.activity import selectors as history
from lexweb.clients.access import client_view
from lexweb.clients.troubles import Trouble
from lexweb.contacts import fields, forms, hints, policies, presenting, selectors, services
from lexweb.contacts.models import Contact
from lexweb.contacts.selection import scope
from lexweb.firm import roles
from lexweb.firm.roles import Permission
from lexweb.outbox import selectors as outbox
from lexweb.outbox.selection import Selection
from lexweb.ui import htmx, rawdata
from lexweb.ui.http import Request


@client_view(Permission.CONTACT_VIEW)
def index(request: Request) -> HttpResponse:
    """The list: search, filters, sort and page, all in the address."""
    connection = getattr(request.client, "connection", None)
    if connection is None:
        return htmx.page(request, "contacts/unconnected.html", "rows")
    form = forms.ListForm(request.GET)
    form.is_valid()
    typed = {name: form.cleaned_data.get(name) for name in ("role", "archived", "sort")}
    query = selectors.Query(
        text=form.cleaned_data.get("q", ""),
        role=typed["role"] or "",
        archived=bool(typed["archived"]),
        sort=typed["sort"] or "name",
    )
    page = selectors.listing(connection, query, page=request.GET.get("page"))
    context = {"connection": connection, "page": page, "query": query} | _choosing(request, page, query)
    return htmx.page(request, "contacts/list.html", "rows", context)


def _choosing(request: Request, page: Page[Contact], query: selectors.Query) -> dict[str, object]:
    """Return what selecting rows needs, and which of them are being changed at this moment."""
    connection = request.client.connection
    under_way = outbox.under_way(connection, [contact.target for contact in page])
    may = roles.may(request.user, Permission.CONTACT_EDIT) and connection.is_connected and not query.archived
    return {
        "selectable": may,
        "all_of_search": Selection(query=query, count=page.paginator.count).signed(scope(connection)) if may else "",
        "under_way": under_way,
        "waiting": [contact.lexware_id for contact in page if contact.target in under_way],
    }


@client_view(Permission.CONTACT_VIEW)
def detail(request: Request, contact_id: UUID) -> HttpResponse:
    """Everything that Lexware Office returns about a contact."""
    contact = _get(request, contact_id)
    entries = history.of_target(request.client.pk, contact.target)[:20]
    context = {
        "contact": contact,
        "facts": presenting.facts(contact, language=get_language() or "de"),
        "locks": policies.long_lists(contact),
        "under_way": outbox.under_way(contact.connection, [contact.target]),
        "deep_link": presenting.deep_link(contact),
        "history": [presenters.present(entry) for entry in entries],
    }
    return htmx.page(request, "contacts/detail.html", "contact", context)


@client_view(Permission.CONTACT_VIEW)
def raw(request: Request, contact_id: UUID) -> HttpResponse:
    """The JSON of the contact as the mirror holds it: what Lexware Office sent, without members that are null."""
    listed = reverse("contacts:list", args=[request.client.slug])
    return rawdata.page(request, _get(request, contact_id), parent=_("Contacts"), parent_url=listed)


@client_view(Permission.CONTACT_EDIT)
def create(request: Request) -> HttpResponse:
    """A new contact. The button that switches between company and person keeps what was typed."""
    connection = getattr(request.client, "connection", None)
    if connection is None:
        return htmx.page(request, "contacts/unconnected.html", "rows")
    company = request.POST.get("switch", request.GET.get("kind", request.POST.get("kind"))) != "person"
    switching = "switch" in request.POST
    form = forms.ContactForm(
        request.POST or None,
        company=company,
        countries=selectors.countries(get_language() or "de"),
        role=request.GET.get("role", ""),
    )
    if request.method == "POST" and switching:
        form.errors.clear()
    elif request.method == "POST" and form.is_valid() and (response := _create(request, form)):
        return response
    context = {"form": form, "company": company, "connection": connection}
    if _in_dialog(request):
        form.fields["company_name" if company else "last_name"].widget.attrs["autofocus"] = True
        return htmx.page(request, "contacts/create_dialog.html", "dialog", context, status=_status(request, form))
    return htmx.page(request, "contacts/create.html", "form", context, status=_status(request, form))


def _in_dialog(request: Request) -> bool:
    """Say whether the form stands in the dialog of another page, such as that of a voucher."""
    return bool(request.htmx) and request.htmx.target == "dialog"


def _create(request: Request, form: forms.ContactForm) -> HttpResponse | None:
    try:
        contact = services.create(
            request.client, values=form.values(), key=form.cleaned_data["key"], by=request.user
        )  # fmt: skip
    except services.Rejected as refusal:
        form.add_issues(refusal.issues)
    except (services.Unconfirmed, services.Gone):
        form.notices.append(
            _(
                "Lexware Office broke off, and the contact cannot be found there. It was probably not created. "
                "Nothing you typed is lost: save again, and it is looked up once more before it is sent."
            )
        )
    except services.CreatedBefore as found:
        form.notices.append(_created_before(found.contact))
    except services.Spent as spent:
        form.renew_key()
        form.notices.append(_spent(spent.contact))
    except services.InFlight:
        form.notices.append(_("This contact is being saved at this moment. Wait a few seconds, then save again."))
    except Trouble as trouble:
        form.notices.append(f"{trouble.words.title}. {trouble.words.text}")
    else:
        return _handed_over(contact) if _in_dialog(request) else _saved(request, contact, form, _("Contact created."))
    return None


def _handed_over(contact: Contact) -> HttpResponse:
    """Close the dialog, and tell the page below it which contact there is now."""
    response = HttpResponse(status=204)
    trigger_client_event(
        response,
        "contact:created",
        {"id": str(contact.lexware_id), "name": contact.listed_as, "text": _("Contact created.")},
    )
    return trigger_client_event(response, "dialog:close", {})


def _created_before(contact: Contact) -> str:
    address = reverse("contacts:edit", args=[contact.connection.client.slug, contact.lexware_id])
    link = format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', address, contact.name)
    text = _(
        "The first try did create the contact, with what you had typed then: %(contact)s. "
        "What you changed since has not been sent. Open the contact and change it there."
    )
    return format_html(text.replace("%(contact)s", "{}"), link)


def _spent(contact: Contact | None) -> str:
    if contact is None:
        return _("This form has already created a contact, which was deleted since. Save again to create another one.")
    return _("This form has already created the contact “%(name)s”. Save again to create this one as well.") % {
        "name": contact.name
    }


@client_view(Permission.CONTACT_EDIT)
def edit(request: Request, contact_id: UUID) -> HttpResponse:
    """Change a contact; when somebody saved first, merge and let the person choose."""
    contact = _get(request, contact_id)
    locks, deep_link = policies.long_lists(contact), presenting.deep_link(contact)
    if locks and request.method != "POST":
        context = {"contact": contact, "locks": locks, "deep_link": deep_link}
        return htmx.page(request, "contacts/locked.html", "form", context, status=409)
    form = forms.ContactForm(
        request.POST or None,
        company=contact.is_company,
        countries=selectors.countries(get_language() or "de"),
        contact=contact,
    )
    form.locks = locks
    if request.method == "POST" and form.is_valid() and (response := _save(request, contact, form)):
        return response
    context = {
        "form": form,
        "contact": contact,
        "company": contact.is_company,
        "connection": contact.connection,
        "deep_link": deep_link,
    }
    return htmx.page(request, "contacts/edit.html", "form", context, status=_status(request, form))


def _save(request: Request, contact: Contact, form: forms.ContactForm, *, merged: bool = False) -> HttpResponse | None:
    """Save, or put into the form why not; `merged` if this is already the second try."""
    try:
        if form.locks:
            contact = services.refresh(contact)  # somebody may have tidied it up over there
        saved = services.update(contact, values=form.values(), version=form.version, by=request.user)
        return _saved(request, saved, form, _("Contact saved."))
    except services.Conflict:
        if not merged:
            return _merge(request, contact, form)
        form.notices.append(_("Somebody is changing this contact right now. Look at the differences and save again."))
    except services.Rejected as refusal:
        form.add_issues(refusal.issues)
    except services.Locked as lock:
        form.locks = lock.lists
    except services.Gone:
        return _gone(request)
    except services.Unconfirmed:
        form.notices.append(
            _("Lexware Office broke off before answering. Nothing you typed is lost: save again, nothing is doubled.")
        )
    except Trouble as trouble:
        form.notices.append(f"{trouble.words.title}. {trouble.words.text}")
    return None


def _merge(request: Request, contact: Contact, form: forms.ContactForm) -> HttpResponse | None:
    """Merge with the newer version; save at once if nothing collides, else show the form with the choices."""
    try:
        newer = services.refresh(contact)
    except Trouble as trouble:
        form.notices.append(f"{trouble.words.title}. {trouble.words.text}")
        return None
    except services.Gone:
        return _gone(request)
    merged = form.offer_newer(newer.raw)
    form.locks = policies.long_lists(newer)
    if merged.collisions or form.locks:
        return None
    form.recheck()
    return None if form.errors else _save(request, newer, form, merged=True)


def _gone(request: Request) -> HttpResponse:
    messages.error(request, _("The contact was deleted in Lexware Office."))
    return htmx.go(request, reverse("contacts:list", args=[request.client.slug]))


def _saved(request: Request, contact: Contact, form: forms.ContactForm, text: str) -> HttpResponse:
    if form.taken:
        names = ", ".join(_(difference.label) for difference in form.taken)
        messages.info(request, _("Somebody saved first. Taken over from there: %(fields)s.") % {"fields": names})
    for remark in hints.of(fields.read(contact.raw)).values():
        messages.warning(request, remark)
    return htmx.done(request, text, to=contact.url)


@client_view(Permission.CONTACT_EDIT)
def check(request: Request) -> HttpResponse:
    """The remark about a VAT id while it is typed."""
    remark = hints.vat_id(request.GET.get("vat_id", ""))
    return htmx.page(request, "contacts/check.html", "remark", {"remark": remark})


def _get(request: Request, contact_id: UUID) -> Contact:
    contact = selectors.find(request.client, contact_id)
    if contact is None:
        raise Http404
    return contact


def _status(request: Request, form: forms.ContactForm) -> int:
    if form.differences or form.locks:
        return 422 if request.htmx else 409  # htmx is told to show 422 only (ui/_scripts.html)
    return 422 if form.is_bound and (form.errors or form.notices) else 200
