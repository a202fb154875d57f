"""Perhaps there twice: in words, and side by side."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexweb.clients.mirroring import amount
from lexweb.clients.troubles import Trouble
from lexweb.files import invoices, services
from lexweb.files.models import File
from lexweb.vouchers import kinds, presenting
from lexweb.vouchers.duplicates import finding, matching
from lexweb.vouchers.duplicates.likeness import Reason
from lexweb.vouchers.kinds import Badge
from lexweb.vouchers.models import Detail, Voucher

WORDS = {
    Reason.HASH: gettext_lazy("the same file"),
    Reason.NUMBER: gettext_lazy("same number"),
    Reason.NEAR: gettext_lazy("nearly the same number"),
    Reason.AMOUNT: gettext_lazy("same amount within three days"),
}


@dataclass(frozen=True)
class Row:
    """A document that looks like another one, for vouchers/_twins.html."""

    voucher: Voucher
    kind: str
    badge: Badge
    why: str
    url: str
    compare_url: str


@dataclass(frozen=True)
class Value:
    """One value of two documents; `kind` is text, day or money."""

    label: str
    left: Any
    right: Any
    kind: str = "text"

    @property
    def differs(self) -> bool:
        """Say whether to mark it."""
        return bool(self.left != self.right)


def rows(voucher: Voucher) -> list[Row]:
    """Return what a document is perhaps a duplicate of; what the queue says of it is put right on the way."""
    found = finding.of_voucher(voucher)
    if voucher.suspect != (bool(found) and finding.to_review(voucher)):
        finding.judge(voucher.connection, [voucher])
    slug = voucher.connection.client.slug
    return [
        Row(
            twin.voucher, kinds.kind_text(twin.voucher.kind), kinds.badge(twin.voucher), reason_words(twin.reasons),
            reverse("vouchers:detail", args=[slug, twin.voucher.lexware_id]),
            reverse("vouchers:compare", args=[slug, voucher.lexware_id, twin.voucher.lexware_id]),
        )
        for twin in found
    ]  # fmt: skip


def reason_words(reasons: tuple[Reason, ...]) -> str:
    """Return why in words."""
    return ", ".join(str(WORDS[reason]) for reason in reasons)


def compared(left: Voucher, right: Voucher) -> list[Value]:
    """Return what is said of both, line by line."""
    raws = [_raw(voucher) for voucher in (left, right)]

    def both(of: Callable[[Voucher, dict[str, Any]], Any]) -> tuple[Any, Any]:
        return of(left, raws[0]), of(right, raws[1])

    found = [
        Value(_("Kind"), *both(lambda v, _raw: kinds.kind_text(v.kind))),
        Value(_("Status"), *both(lambda v, _raw: kinds.badge(v).text)),
        Value(_("Number"), *both(lambda v, _raw: v.number)),
        Value(_("Date"), *both(lambda v, _raw: v.voucher_on), "day"),
        Value(_("Due"), *both(lambda v, _raw: v.due_on), "day"),
        Value(_("Contact"), *both(lambda v, _raw: v.contact_name)),
        Value(_("Total"), *both(lambda v, _raw: v.total_amount), "money"),
        Value(_("VAT"), *both(lambda _v, raw: amount(raw.get("totalTaxAmount"))), "money"),
        Value(_("Currency"), *both(lambda v, _raw: v.currency)),
        Value(_("Lines"), *both(lambda v, raw: "\n".join(_line(line) for line in presenting.lines(v, raw)))),
        Value(_("Remark"), *both(lambda _v, raw: raw.get("remark") or "")),
        Value(_("Created"), *both(lambda v, _raw: v.created_at), "moment"),
    ]
    return [value for value in found if value.left not in ("", None) or value.right not in ("", None)]


def _line(line: presenting.Line) -> str:
    return f"{line.name} {line.tax}".strip()


def files(voucher: Voucher) -> list[File]:
    """Return the files of a document."""
    mine = File.objects.filter(connection=voucher.connection_id, voucher_id=voucher.lexware_id)
    return list(mine.select_related("blob").order_by("position"))


def invoice_total(voucher: Voucher) -> Decimal | None:
    """Return the total in euros of the e-invoice in a document's files; only what is here is looked into."""
    for file in files(voucher):
        if file.profile and file.blob_id:
            with suppress(Trouble, services.Gone, invoices.Unreadable):
                invoice = invoices.of_file(file)
                if invoice is not None and (total := matching.total(invoice)) is not None:
                    return total
    return None


def _raw(voucher: Voucher) -> dict[str, Any]:
    known: Detail | None = getattr(voucher, "detail", None)
    return (known.raw or {}) if known else {}
