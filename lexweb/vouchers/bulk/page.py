"""
The page between a list of vouchers and the outbox: choose what, see what that means for each, confirm.

It comes with what was chosen in the list, then with what is to be done, then with the word to do it. The list of one
client and the review queue over all clients both lead here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lexweb.outbox import plans, presenting, selection
from lexweb.outbox import selectors as outbox
from lexweb.outbox.models import Batch
from lexweb.outbox.selection import Selection, Void
from lexweb.ui import htmx
from lexweb.ui.http import Request
from lexweb.ui.templatetags.words import grouped
from lexweb.vouchers import assigning
from lexweb.vouchers.bulk import planning
from lexweb.vouchers.bulk.form import BulkForm
from lexweb.vouchers.models import Voucher

Query = TypeVar("Query")


@dataclass(frozen=True)
class Origin(Generic[Query]):
    """
    The list in which vouchers are chosen.

    :param scope: whose it is, see `selection.Selection.signed`
    :param query: makes its filters from what was signed
    :param vouchers: finds what was chosen, among what the person may see
    :param here: the address of the page itself
    :param listed: the address of the list
    :param undo: the address that takes an assignment back
    """

    scope: list[Any]
    query: Callable[..., Query]
    vouchers: Callable[[Selection[Query]], QuerySet[Voucher]]
    title: str
    here: str
    listed: str
    undo: Callable[[UUID], str]

    def back(self, request: Request) -> str:
        """Return the list as it was: its filters travel along."""
        query = QueryDict(request.POST.get("back", "")).urlencode()
        return f"{self.listed}?{query}" if query else self.listed


def respond(request: Request, origin: Origin[Query]) -> HttpResponse:
    """Show the page, or do what was confirmed."""
    try:
        chosen = selection.posted(request.POST, origin.scope, origin.query, selection.number)
    except Void:
        return _refuse(request, origin, _("Select the vouchers in the list first. Nothing was changed."))
    agreed = request.POST.get("agreed", "")
    if made := plans.started(agreed, by=request.user):
        return _started(request, origin, made)
    vouchers = origin.vouchers(chosen)
    found = vouchers.count()
    if found > planning.MOST:
        most = grouped(planning.MOST)
        text = _("At most %(most)s vouchers at once: narrow the list down. Nothing was changed.") % {"most": most}
        return _refuse(request, origin, text)
    form = _form(request, vouchers)
    plan = planning.plan(vouchers, form.wish, assignee=form.person) if form.is_valid() else None
    changed = False
    if plan and plan.count and request.POST.get("step") == "confirm":
        try:
            return _confirmed(request, origin, form, plan, agreed)
        except plans.Changed:
            changed = True
    context = {
        "origin": origin,
        "back": origin.back(request),
        "filters": request.POST.get("back", ""),
        "form": form,
        "selection": chosen,
        "chosen": chosen.signed(origin.scope),
        "found": found,
        "plan": plan,
        "change": form.wish.change if plan else "",
        "agreed": plan.signed(uuid4()) if plan else "",
        "changed": changed,
    }
    return htmx.page(request, "vouchers/bulk.html", "form", context, status=_status(request, form, changed=changed))


def undo(request: Request, move: UUID, *, listed: str) -> HttpResponse:
    """Take an assignment back."""
    count = assigning.undo(move, request.user)
    text = ngettext("%(count)s voucher is as it was before.", "%(count)s vouchers are as they were before.", count)
    messages.success(request, text % {"count": grouped(count)})
    return htmx.back(request, listed)


def _form(request: Request, vouchers: QuerySet[Voucher]) -> BulkForm:
    return BulkForm(
        request.POST if "step" in request.POST else None,
        staff=request.user,
        connections=planning.connections(vouchers),
        kinds=list(vouchers.order_by().values_list("kind", flat=True).distinct()),
        initial={"change": request.POST.get("change", ""), "assignee": str(request.user.pk)},
    )


def _confirmed(
    request: Request, origin: Origin[Query], form: BulkForm, plan: planning.VoucherPlan, agreed: str
) -> HttpResponse:
    """
    Do it.

    :raises Changed: it is not what the person has seen
    """
    if form.wish.change != planning.ASSIGN:
        return _started(request, origin, plans.start(plan, agreed=agreed, by=request.user))
    plans.check(plan, agreed)
    vouchers = Voucher.objects.filter(pk__in=plan.keys).select_related("connection")
    try:
        done = assigning.assign(vouchers, form.person, request.user)
    except assigning.MayNotSee:
        raise plans.Changed from None
    return _assigned(request, origin, form, done)


def _assigned(request: Request, origin: Origin[Query], form: BulkForm, done: assigning.Assigned) -> HttpResponse:
    words = {"count": grouped(done.count), "person": str(form.person or "")}
    text = ngettext(
        "%(count)s voucher is assigned to nobody.", "%(count)s vouchers are assigned to nobody.", done.count
    )
    if form.person:
        text = ngettext(
            "%(count)s voucher is assigned to %(person)s.", "%(count)s vouchers are assigned to %(person)s.", done.count
        )
    messages.success(request, text % words, extra_tags=origin.undo(done.move))
    return htmx.go(request, origin.back(request))


def _started(request: Request, origin: Origin[Query], batch: Batch) -> HttpResponse:
    """Say what is on its way, and go back to the list."""
    batches, undo = [batch], reverse("outbox:undo", args=[batch.pk])
    if batch.group:
        batches = outbox.members(request.user, [batch.group])
        undo = reverse("outbox:undo_group", args=[batch.group])
    messages.success(request, presenting.on_the_way(batches), extra_tags=undo)
    return htmx.go(request, origin.back(request))


def _refuse(request: Request, origin: Origin[Query], text: str) -> HttpResponse:
    messages.warning(request, text)
    return htmx.go(request, origin.back(request))


def _status(request: Request, form: BulkForm, *, changed: bool) -> int:
    if changed:
        return 422 if request.htmx else 409  # htmx is told to show 422 only (ui/_scripts.html)
    return 422 if form.is_bound and form.errors else 200
