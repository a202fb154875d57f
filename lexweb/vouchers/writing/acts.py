"""
Writes of vouchers that may wait: how the outbox sends them, and looks up what became of them.

Put in with `outbox.services.put(connection, CHANGE | BOOK, [Wanted(voucher.target, label)], wish=Wish(…).stored, …)`.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Literal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lexweb.clients.gateway import Office
from lexweb.firm.roles import Permission
from lexweb.lexware import errors
from lexweb.outbox.acts import Keep, Note, Refused, register
from lexweb.outbox.models import Item
from lexweb.vouchers import mirror
from lexweb.vouchers.models import Voucher
from lexweb.vouchers.writing import categories, common, complaints, fields, policies, sums, wishes
from lexweb.vouchers.writing.categories import Category
from lexweb.vouchers.writing.complaints import Complaint
from lexweb.vouchers.writing.wishes import Wish

Payload = dict[str, Any]

CHANGE, BOOK = "voucher.change", "voucher.book"  # the second one needs VOUCHER_BOOK, and takes Wish("book")
TRIES = 3  # to be the first to save
PROBLEMS: dict[str, Promise] = {
    "same": _("already as wished"),
    "unread": _("not read completely yet"),
    "no_lines": _("without lines, so there is nothing that could get a category"),
    "incomplete": _("something is still missing or does not add up"),
    "kind": _("a document that only Lexware Office itself can change"),
    "archived": _("archived"),
    "blank": _("still being read by Lexware Office"),
    "voided": _("voided"),
    "transferred": _("handed over"),
    "sepadebit": _("a direct debit is under way"),
    "state": _("in a state that does not allow it"),
    "booked": _("booked already"),
    "images_lost": _("an image is missing, which somebody has to look after first"),
}


class Write:
    """Change a voucher, or book it: the wish is merged with what it holds by then."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    def describe(self, wish: Any) -> str:
        return Wish.of(wish).words

    def explain(self, code: str, source: str) -> str:
        return str(policies.REASONS.get(code) or complaints.explain(code, source))

    def send(self, office: Office, item: Item, note: Note) -> Keep:
        wish, connection = Wish.of(item.wish), item.connection
        earlier = item.sent  # by a try that surely was not carried out, unless it came through late
        for _try in range(TRIES):
            shown = _read(office, item)
            _check_debt(item, shown)
            if earlier and _came_through(shown.payload, earlier):
                return _over(item, shown, earlier)
            book = wish.change == wishes.BOOK and self.permission == Permission.VOUCHER_BOOK
            values = _wished(item, shown, wish, book=book)
            if not values and not book:
                return _keep(item, shown)
            draft, before = common.draft(shown.payload, values), fields.read(shown.payload)
            sent = {
                "version": shown.payload["version"], "files": shown.payload.get("files", []), "book": book,
                "before": {name: before[name] for name in values}, "after": values,
            }  # fmt: skip
            note(sent)
            try:
                answer = common.send(office, connection, shown.payload, draft, book=book)
            except errors.Conflict:
                continue
            except errors.NotFound:
                raise _gone(item) from None
            except errors.Rejected as refusal:
                raise _rejected(complaints.of_issues(refusal.issues), _keep(item, shown)) from refusal
            return _over(item, answer, sent)
        raise Refused("busy")

    def look(self, office: Office, item: Item) -> Keep | Literal[False] | None:
        now = _read(office, item)
        # What may still be under way behind the gateway comes too late for its version once something else is saved.
        return _over(item, now, item.sent) if _came_through(now.payload, item.sent) else False


def start() -> None:
    """Make the acts known to the outbox."""
    register(CHANGE, Write(Permission.VOUCHER_EDIT))
    register(BOOK, Write(Permission.VOUCHER_BOOK))


def problem(voucher: Voucher, wish: Wish, known: Mapping[str, Category] | None = None) -> str:
    """
    Return why the wish cannot be carried out as far as we know, a key of `PROBLEMS`; "" if it can.

    For the preview. Needs `detail`.

    :param known: `categories.every`, so that it is not asked for again and again
    """
    if reason := policies.lock(voucher):
        return reason
    detail = getattr(voucher, "detail", None)
    if detail is None or detail.raw is None:
        return "unread"
    book = wish.change == wishes.BOOK
    if book and voucher.status != policies.UNCHECKED:
        return "booked"
    before, proposed = fields.read(detail.raw), sums.sure_lines(detail.raw)
    if wish.change == wishes.CATEGORY and not (before["lines"] or proposed):
        return "no_lines"
    values = wish.values(before, proposed)
    if not values and not book:
        return "same"
    known = categories.every(voucher.connection) if known is None else known
    booked = book or voucher.status != policies.UNCHECKED
    return "incomplete" if complaints.check(before | values, known, booked=booked) else ""


def _wished(item: Item, shown: common.Answer, wish: Wish, *, book: bool) -> fields.Values:
    """
    Return the values to send; none if it is as it should be.

    :raises Refused: it cannot be changed like that
    """
    payload, keep = shown.payload, _keep(item, shown)
    voucher, before = _find(item), fields.read(payload)
    files = len(payload.get("files") or ())
    if voucher is not None and voucher.file_count is not None and files < voucher.file_count:
        raise _images_fewer(item, shown, voucher.file_count - files)
    status = payload.get("voucherStatus", "")
    reason = policies.lock_of_status(status) or ("archived" if voucher and voucher.archived else "")
    values = {} if reason else wish.values(before, sums.sure_lines(payload))
    if book and not reason and status != policies.UNCHECKED:
        reason = "booked"
    if reason:
        raise Refused(reason, keep=keep)
    if values or book:
        known, booked = categories.every(item.connection), book or status != policies.UNCHECKED
        if wrong := complaints.check(before | values, known, booked=booked):
            raise _rejected(wrong, keep)
    return values


def _check_debt(item: Item, shown: common.Answer) -> None:
    """Raise if images are missing since a write of ours, and nobody has looked: not even what it did is settled."""
    voucher, files = _find(item), len(shown.payload.get("files") or ())
    if voucher is not None and voucher.images_owed is not None and files < voucher.images_owed:
        raise _images_lost(item, replace(shown, missing=voucher.images_owed - files))


def _came_through(now: Payload, sent: Any) -> bool:
    return common.came_through(now, version=sent["version"], wished=sent["after"], book=sent["book"])


def _over(item: Item, answer: common.Answer, sent: Any) -> Keep:
    """
    Return how to keep what a write has led to.

    :raises Refused: images are missing now; nothing more is written until a person has looked
    """
    if answer.verified:
        answer = replace(answer, missing=common.missing(sent["files"], answer.payload))
    if answer.missing:
        raise _images_lost(item, answer)

    def keep() -> None:
        with suppress(common.Gone):
            voucher = common.settle(item.connection, answer, by=item.batch.staff)
            before = fields.read(voucher.detail.raw) | sent["before"]
            common.tell(voucher, before=before, by=item.batch.staff, booked=sent["book"])

    return keep


def _keep(item: Item, shown: common.Answer) -> Keep:
    """Return how to store what Lexware Office has shown, without any change of ours."""

    def keep() -> None:
        with suppress(common.Gone):
            common.store(item.connection, shown)

    return keep


def _images_lost(item: Item, answer: common.Answer) -> Refused:
    def keep() -> None:
        with suppress(common.Gone):
            common.store(item.connection, answer, by=item.batch.staff)
        if item.sent:  # told: after a person has looked, what is there now is all that there has to be
            item.sent |= {"files": answer.payload.get("files", [])}
            item.save(update_fields=["sent"])

    return Refused("images_lost", keep=keep)


def _images_fewer(item: Item, answer: common.Answer, missing: int) -> Refused:
    def keep() -> None:
        with suppress(common.Gone):
            common.store_fewer(item.connection, answer, missing=missing)

    return Refused("images_fewer", keep=keep)


def _rejected(wrong: list[Complaint], keep: Keep) -> Refused:
    return Refused("rejected", [[each.source, each.code] for each in wrong], keep=keep)


def _gone(item: Item) -> Refused:
    def keep() -> None:
        mirror.forget(item.connection, _id(item))

    return Refused("gone", keep=keep)


def _read(office: Office, item: Item) -> common.Answer:
    try:
        return common.read(office, _id(item))
    except errors.NotFound:
        raise _gone(item) from None


def _find(item: Item) -> Voucher | None:
    return Voucher.objects.filter(connection=item.connection, lexware_id=_id(item)).first()


def _id(item: Item) -> UUID:
    return UUID(item.target.removeprefix("voucher:"))
