"""
The form of a voucher wherever it is shown: on its own page, and beside the receipt in the review queue.

Draw what `handle` returns with `{% include editor.template %}` inside a fragment `form`; the element has the id `form`,
and what htmx posts replaces it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from lexweb.clients.troubles import Trouble
from lexweb.firm import roles
from lexweb.firm.roles import Permission
from lexweb.ui.http import Request
from lexweb.vouchers import services
from lexweb.vouchers.form import buttons, telling
from lexweb.vouchers.form.voucher_form import VoucherForm
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import editing, policies

Done = Callable[[Voucher], HttpResponse]
SAVE, BOOK, LOOKED = "save", "book", "looked"


@dataclass
class Editor:
    """
    A form to be shown, or why there is none.

    :ivar locked: why the voucher cannot be changed here; then there is no form
    :ivar status: of the answer; 422 or 409 if something was not saved
    """

    voucher: Voucher
    form: VoucherForm | None = None
    locked: list[str] = field(default_factory=list)
    status: int = 200
    action: str = ""
    cancel: str = ""
    template: str = "vouchers/_editor.html"
    may_book: bool = False
    lost: bool = False  # an image is missing: a person has to look

    @property
    def bookable(self) -> bool:
        """Say whether the button that books is offered."""
        return self.may_book and policies.bookable(self.voucher)


def handle(request: Request, voucher: Voucher, *, done: Done, cancel: str = "") -> HttpResponse | Editor:
    """
    Show the form of a voucher, or take what was posted to the same address.

    :param done: makes the answer once it is saved; a message has been left by then
    :param cancel: where the button "Cancel" leads
    :raises services.Gone: it was deleted in Lexware Office, and nothing was typed yet
    """
    roles.check_may(request.user, Permission.VOUCHER_EDIT)
    act = request.POST.get("act", SAVE) if request.method == "POST" else ""
    if act == LOOKED:
        voucher = editing.looked(voucher, by=request.user)
        act = "find" if "base" in request.POST else ""  # what was typed stays
    editor = Editor(voucher, action=request.get_full_path(), cancel=cancel)
    editor.may_book = roles.may(request.user, Permission.VOUCHER_BOOK)
    if not act:
        return _shown(editor)
    if known(voucher) is None:
        editor.voucher = services.opened(voucher).voucher
    if known(editor.voucher) is None:
        return _shown(editor)
    return _posted(request, editor, act, done)


def known(voucher: Voucher) -> dict[str, Any] | None:
    """Return the JSON of the voucher if it is here."""
    detail = getattr(voucher, "detail", None)
    return detail.raw if detail else None


def _shown(editor: Editor) -> Editor:
    """Show the form as it is now, or why there is none."""
    opened = services.opened(editor.voucher)
    editor.voucher = opened.voucher
    editor.lost = editor.voucher.images_lost
    if reason := policies.lock(editor.voucher):
        editor.locked = [str(policies.REASONS[reason])]
    elif known(editor.voucher) is None:
        words = opened.trouble.words if opened.trouble else None
        editor.locked = [f"{words.title}. {words.text}" if words else _("The details are not here yet.")]
    else:
        editor.form = _form(editor)
        if opened.trouble is not None:
            editor.form.notices.append(
                _("It could not be read anew just now; you see the last state. Saving is safe all the same.")
            )
        editor.form.focus_first_open()
    return editor


def _form(editor: Editor, data: Any = None) -> VoucherForm:
    voucher = editor.voucher
    locked = not policies.bookable(voucher)  # what is booked stays what it is
    return VoucherForm(data, connection=voucher.connection, voucher=voucher, kind_locked=locked)


def _posted(request: Request, editor: Editor, act: str, done: Done) -> HttpResponse | Editor:
    form = editor.form = _form(editor, request.POST)
    if buttons.redraw(form, act):
        return editor
    if act == BOOK:
        roles.check_may(request.user, Permission.VOUCHER_BOOK)
    if form.is_valid():
        saved = _save(request, editor, form, book=act == BOOK)
        if saved is not None:
            telling.saved(request, saved, form, booked=act == BOOK)
            return done(saved)
    if form.differences and not request.htmx:
        editor.status = 409
    elif form.errors or form.notices or form.differences:
        editor.status = 422  # htmx is told to show 422 only (ui/_scripts.html)
    return editor


def _save(request: Request, editor: Editor, form: VoucherForm, *, book: bool, merged: bool = False) -> Voucher | None:
    """Save, or put into the form why not; `merged` if this is already the second try."""
    try:
        return editing.update(
            editor.voucher, values=to_save(form, book=book), version=form.version, by=request.user, book=book
        )  # fmt: skip
    except editing.Conflict as conflict:
        was, editor.voucher = editor.voucher.status, conflict.voucher
        return _merge(request, editor, form, conflict, book=book or was != conflict.voucher.status, merged=merged)
    except editing.Rejected as refusal:
        form.add_complaints(refusal.issues)
    except policies.Locked as lock:
        form.notices.append(lock.text)
    except editing.Gone:
        form.notices.append(
            _("The voucher was deleted in Lexware Office. What you typed is still here; nothing was saved.")
        )
    except editing.Unconfirmed:
        form.notices.append(
            _("Lexware Office broke off before answering. Nothing you typed is lost: save again, nothing is doubled.")
        )
    except editing.ImagesLost as loss:
        editor.voucher, editor.lost = loss.voucher, True
        form.notices.append(str(policies.REASONS["images_lost"]))
    except Trouble as trouble:
        form.notices.append(f"{trouble.words.title}. {trouble.words.text}")
    return None


def _merge(
    request: Request, editor: Editor, form: VoucherForm, conflict: editing.Conflict, *, book: bool, merged: bool
) -> Voucher | None:  # fmt: skip
    """
    Merge with the newer state; save at once if nothing collides, else show the form with the choices.

    Nothing is booked that nobody has seen: a booking is asked for once more.
    """
    raw = known(conflict.voucher)
    if raw is None or merged:
        form.notices.append(_("Somebody is changing this voucher right now. Look at the differences and save again."))
        return None
    result = form.offer_newer(raw)
    form.redraw_lines()
    if reason := policies.lock(conflict.voucher):
        form.notices.append(str(policies.REASONS[reason]))
        return None
    if result.collisions:
        return None
    form.recheck()
    if form.errors:
        return None
    if book:  # or somebody else has booked it: a person looks first
        form.notices.append(str(conflict.text))
        return None
    return _save(request, editor, form, book=False, merged=True)


def to_save(form: VoucherForm, *, book: bool) -> dict[str, Any]:
    """Return the values to send: a line that was only proposed, and that nobody has touched, is none."""
    values = form.values()
    if not book and form.seen.get("proposed") and values["lines"] == form.seen["proposed"]:
        values["lines"] = form.seen["lines"]
    return values
